import type { Obligation } from './events.ts';
import { endOfDay, type IsoInstant } from './instants.ts';
import type { Climb } from './ladder.ts';
import type { IssueProgress } from './progress.ts';

/** Higher than this no ladder starts: above it nobody would be left to turn to. */
const liftAtMost = 2;

/** After so many broken promises (承诺) a further one is kept on record, but no ladder rests for it. */
const promisesBelieved = 2;

/** How an issue's ladders are climbed as things stand. */
export function climbOf(issueId: string, progress: IssueProgress): Climb {
  return {
    subjectId: issueId,
    cycle: progress.cycle,
    lift: liftOf(progress),
    rests: (obligation, earliestAt) => rests(progress, obligation, earliestAt),
  };
}

/** Rebound, recurrence, a broken promise and missed attestations each make the ladder start one rung higher. */
export function liftOf({ cycle, recurrenceOf, promises, missedAttestations }: IssueProgress): number {
  const reasons = [
    cycle > 1 ? 1 : 0,
    recurrenceOf === undefined ? 0 : 1,
    promises?.broken ?? 0,
    (missedAttestations ?? 0) > 0 ? 1 : 0,
  ];
  return Math.min(
    liftAtMost,
    reasons.reduce((sum, one) => sum + one, 0),
  );
}

/** Who promised a day is left alone until then, never past the due day; who disputes the finding until it is checked. */
function rests(progress: IssueProgress, obligation: Obligation, earliestAt: IsoInstant): boolean {
  const { suspension, dispute, commitment, promises } = progress;
  // What had not left by then (an outage, one mail a day) rests as well; what had left stays sent.
  if (suspension !== undefined && obligation.kind !== 'suspensionReview') return true;
  if (obligation.role !== 'handler') return false;
  if (dispute !== undefined) return true;
  if (commitment === undefined || !commitment.obligations.includes(obligation.id)) return false;
  if ((promises?.broken ?? 0) >= promisesBelieved) return false;
  const until = commitment.until < obligation.dueOn ? commitment.until : obligation.dueOn;
  return earliestAt <= endOfDay(until);
}
