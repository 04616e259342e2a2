import { endOfDay, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { DutySpan } from './duty-history.ts';
import type { IssueState } from './issue-state.ts';

/** A third promise is believed by nobody after two that were broken. */
const believed = 2;

/** Whether nobody is reminded of a duty by the line of a moment, though it is owed. */
export function restsAt(state: IssueState, span: DutySpan, dueOn: IsoDate, leavesAt: IsoInstant): boolean {
  const { suspendedAt, disputedAt, promise, broken } = state;
  // 中止: the clock stands still for everybody but who asks how things are.
  if (suspendedAt !== undefined && span.kind !== 'suspensionReview') return true;
  if (span.role !== 'handler') return false;
  if (disputedAt !== undefined) return true;
  if (promise === undefined || broken >= believed || !promise.covers.includes(span.obligationId)) return false;
  return leavesAt <= endOfDay(promise.until > dueOn ? dueOn : promise.until);
}
