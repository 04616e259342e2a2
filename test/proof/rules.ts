import { commitmentTo } from '../../workflows/rules/commitment.ts';
import { planned } from '../../workflows/rules/planner.ts';
import { record } from '../../workflows/rules/record.ts';
import type { RequestRule } from '../../workflows/rules/refusal.ts';
import { type IssueRequestName, requestRules } from '../../workflows/rules/requests/index.ts';

/** The rules as the simulator is handed them: the real ones, or with a fault planted in one. */
export interface Rules {
  readonly planned: typeof planned;
  readonly record: typeof record;
  readonly commitmentTo: typeof commitmentTo;
  readonly requests: Readonly<Record<IssueRequestName, RequestRule<object>>>;
  /** Whether this request has been handled before. */
  readonly isHandled: (handled: ReadonlySet<string>, requestId: string) => boolean;
}

export const realRules: Rules = {
  planned,
  record,
  commitmentTo,
  requests: requestRules as unknown as Rules['requests'],
  isHandled: (handled, requestId) => handled.has(requestId),
};
