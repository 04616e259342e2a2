import type { Obligation } from '../../workflows/rules/events.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import { beijingDay } from './calendar-by-hand.ts';

/** Why an obligation's reminders rest at a moment, as things stand; undefined when they do not. */
export function restsBecause(progress: IssueProgress, obligation: Obligation, at: IsoInstant): string | undefined {
  const { suspension, dispute, commitment, promises } = progress;
  if (suspension !== undefined && obligation.kind !== 'suspensionReview') return 'the clock stands still';
  if (dispute !== undefined && obligation.role === 'handler') return 'the finding is disputed';
  if (commitment === undefined || obligation.role !== 'handler' || (promises?.broken ?? 0) >= 2) return undefined;
  const day = beijingDay(at);
  const isCovered =
    commitment.obligations.includes(obligation.id) && day <= commitment.until && day <= obligation.dueOn;
  return isCovered ? 'a day has been promised' : undefined;
}
