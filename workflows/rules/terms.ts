import type { Calendar } from './calendar.ts';
import type { IsoDate, IsoInstant } from './instants.ts';
import type { Policy } from './policy.ts';

/** How much an issue weighs (重要程度): a major one passes more levels and is always looked back at, where the policy says so. */
export type IssueWeight = 'ordinary' | 'major';

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
  /** Done once (a default), a rule to be written (建章立制), somebody to be held to account (confidential), or kept up (长期). */
  readonly kind?: MeasureKind;
}

/** What kind of thing a measure does. */
export type MeasureKind = 'once' | 'rule' | 'accountability' | 'keepUp';

/** What was agreed when the issue was launched. Policy and calendar change only by being adopted. */
export interface IssueTerms {
  readonly issueId: string;
  readonly roundId: string;
  readonly kind: IssueKind;
  /** A major issue (重大问题) passes more levels and is always looked back at. */
  readonly weight?: IssueWeight;
  /** The closed issue of an earlier round that this one repeats, confirmed by the office before the launch. */
  readonly recurrenceOf?: string;
  /** 整改时限 of the first cycle, inclusive: the latest deadline of its measures. */
  readonly deadline: IsoDate;
  /** Never empty: an issue without measures owes one evidence of its own, under number 0. */
  readonly measures: readonly MeasureTerms[];
  /** Ids of the sub-ledger's items (子台账条目) that stood in the ledger before the launch: they enter with it. */
  readonly itemIds?: readonly string[];
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly clock: ClockKind;
  /** The moment the round was launched, by its own clock. */
  readonly launchedAt: IsoInstant;
  /** `now` when the office asked that the assignment leaves at once, whatever the hour. */
  readonly firstMail: 'inHours' | 'now';
}

/** An inspected body (被巡察单位) of a round. Its place in the round's list, from 1, is its number. */
export interface BodyTerms {
  readonly id: string;
  readonly name: string;
}

/** A round (轮次) as far as its workflow cares. */
export interface RoundTerms {
  readonly roundId: string;
  /** Last day of the concentrated period (集中整改期), inclusive. */
  readonly concentratedEndsOn: IsoDate;
  readonly clock: ClockKind;
  readonly launchedAt: IsoInstant;
  /** What a round of an earlier form does not have: without them it owes nothing as a whole. */
  readonly feedbackOn?: IsoDate;
  /**
   * By when what is asked for once (整改方案、报告、评估) is owed where its own day had passed before the launch; without it,
   * as in rounds of an earlier form, that is not asked for any more.
   */
  readonly lateDutiesDueOn?: IsoDate;
  readonly policy?: Policy;
  readonly calendar?: Calendar;
  /** Where several bodies have issues: they owe what the policy asks of each. One body alone is the whole round. */
  readonly bodies?: readonly BodyTerms[];
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
