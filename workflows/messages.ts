import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Promised } from './rules/commitment.ts';
import type { IsoInstant } from './rules/instants.ts';
import type { IssueProgress } from './rules/progress.ts';
import type { IssueRequest, IssueRequestName } from './rules/requests/index.ts';

/** Who says it, from where, and under which id a second delivery is recognised. */
export interface Said {
  /** The Message-ID of a mail with the item's place in it, or an id made by the page: handled once, across runs. */
  readonly requestId: string;
  /** A person's id. */
  readonly by: string;
  /** The incoming mail's id, `page`, `commandLine` or `practice`. */
  readonly source: string;
  /** The person who entered it for `by` (代录), from a call, a chat or paper. */
  readonly recordedBy?: string;
  /** The person for whom `by` acts, by delegation (委托). */
  readonly onBehalfOf?: string;
}

/** What was said, with the moment by the round's clock. A drill's workflow learns the time from it. */
export type SaidAt = Said & { readonly at: IsoInstant };

/** The handler has taken the issue on (认领). A fact: it is never refused. */
export const acknowledged = defineSignal<[SaidAt]>('acknowledged');

/** A note on the progress stands in the ledger. A fact: it is never refused. */
export const progressReported = defineSignal<[SaidAt & { noteId: string }]>('progressReported');

/** The handler has promised a day (承诺), inclusive. A fact: what it covers, the rules say. */
export const committed = defineSignal<[SaidAt & Promised]>('committed');

/** Evidence (佐证材料) has been stored for this issue. A fact: it is never refused. */
export const evidenceReceived =
  defineSignal<[SaidAt & { evidence: readonly { evidenceId: string; measure?: number }[]; noteId?: string }]>(
    'evidenceReceived',
  );

/**
 * What a person asks for and may be refused: one update for each rule of `rules/requests/`, with its name. It answers
 * when the event and what follows from it stand in the ledger; a refusal carries the rule's code and sentences.
 */
export function issueUpdate<Name extends IssueRequestName>(name: Name) {
  return defineUpdate<void, [SaidAt & IssueRequest<Name>], Name>(name);
}

/** Tells a drill's workflow what time it is; answers when what falls due by then has been written down. */
export const momentOpened = defineUpdate<void, [IsoInstant]>('momentOpened');

/** A line has been planned for a moment before the one the post-office waits for. */
export const rowsPlanned = defineSignal<[{ earliestAt: IsoInstant }]>('rowsPlanned');

export interface IssueStatus {
  readonly progress: IssueProgress;
  readonly now: IsoInstant;
  readonly lookAgainAt: IsoInstant | null;
}

export const issueStatus = defineQuery<IssueStatus>('issueStatus');
