import type { Calendar } from './calendar.ts';
import type { IsoDate, IsoInstant } from './instants.ts';
import type { Policy } from './policy.ts';

/** `ordinary` (一般), `immediate` (立行立改) or `longTerm` (长期坚持). */
export type IssueKind = 'ordinary' | 'immediate' | 'longTerm';

/** Who tells the time: the world, or the conductor of a drill. */
export type ClockKind = { readonly kind: 'real' } | { readonly kind: 'drill'; readonly drillId: string };

/** A measure (整改措施) as far as the rules care: its words stay in the ledger. */
export interface MeasureTerms {
  /** From 1; 0 stands for the issue itself where it has no measures. */
  readonly number: number;
  /** Inclusive. */
  readonly deadline: IsoDate;
}

/** What was agreed when the issue was launched. Fixed while it is open. */
export interface IssueTerms {
  readonly issueId: string;
  readonly roundId: string;
  readonly kind: IssueKind;
  /** 整改时限 of the first cycle, inclusive: the latest deadline of its measures. */
  readonly deadline: IsoDate;
  /** Never empty: an issue without measures owes one evidence of its own, under number 0. */
  readonly measures: readonly MeasureTerms[];
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly clock: ClockKind;
  /** The moment the round was launched, by its own clock. */
  readonly launchedAt: IsoInstant;
  /** `now` when the office asked that the assignment leaves at once, whatever the hour. */
  readonly firstMail: 'inHours' | 'now';
}

/** A round (轮次) as far as its workflow cares. */
export interface RoundTerms {
  readonly roundId: string;
  /** Last day of the concentrated period (集中整改期), inclusive. */
  readonly concentratedEndsOn: IsoDate;
  readonly clock: ClockKind;
  readonly launchedAt: IsoInstant;
}

/** A drill (演练) as far as its conductor cares. */
export interface DrillTerms {
  readonly drillId: string;
  /** Real seconds for each day of the drill; 0 goes as fast as the work is done. */
  readonly secondsPerDay: number;
}

/** The clock's name in the ledger: `real`, or the drill's id. */
export function clockIdOf(clock: ClockKind): string {
  return clock.kind === 'real' ? 'real' : clock.drillId;
}
