import type { Promised } from '../../workflows/rules/commitment.ts';
import type { IssueRequest, IssueRequestName } from '../../workflows/rules/requests/index.ts';

/** The facts that are never refused, with what they say. */
export interface Signals {
  readonly acknowledged: object;
  readonly progressReported: { readonly noteId: string };
  readonly committed: Promised;
  readonly evidenceReceived: {
    readonly evidence: readonly { readonly evidenceId: string; readonly measure?: number }[];
    readonly noteId?: string;
  };
}

export type Saying =
  | { [Name in keyof Signals]: { readonly name: Name; readonly body: Signals[Name] } }[keyof Signals]
  | { [Name in IssueRequestName]: { readonly name: Name; readonly body: IssueRequest<Name> } }[IssueRequestName];

export type SayingName = Saying['name'];

/** What a person says, as it travels: it may arrive late, twice, or after what was said later. */
export type Message = Saying & {
  readonly requestId: string;
  readonly by: string;
  readonly recordedBy?: string;
};
