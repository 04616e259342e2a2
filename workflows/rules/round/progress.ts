import type { EvaluationGrade } from '../evaluation.ts';
import type { IsoDate, IsoInstant } from '../instants.ts';
import type { BatchUnit, RoundObligation } from './events.ts';

interface PlanProgress {
  readonly state: 'submitted' | 'approved' | 'returned' | 'askedAgain';
  readonly by: string | null;
  readonly at: IsoInstant;
}

/** A supervision batch (督办批次) as it stands. */
export interface Batch {
  readonly number: number;
  readonly title: string;
  readonly dueOn: IsoDate;
  readonly issuedAt: IsoInstant;
  /** In the order in which they are asked; what a correction took back keeps its place. */
  readonly units: readonly (BatchUnit & { readonly correction?: 'brought' | 'tookBack' })[];
}

/** What has happened to a round so far: all that the rules need in order to say what comes next. */
export interface RoundProgress {
  /** The number of the last event; 0 before the first. */
  readonly sequence: number;
  readonly stage: 'launching' | 'concentrated' | 'afterwards' | 'ended';
  /** Open obligations only, in the order they opened. */
  readonly obligations: readonly RoundObligation[];
  /** How often `weekly-check-1`, `plan-approval` … has opened: the next ordinal is one more. */
  readonly opened: Readonly<Record<string, number>>;
  /** By the duty's key (`dutyKey`): its number among those of its kind, given when it is first seen, and the day it was last due. */
  readonly duties: Readonly<
    Record<
      string,
      { readonly number: number; readonly kind: string; readonly lastDueOn: IsoDate; readonly bodyId?: string }
    >
  >;
  /** By the phase's id. */
  readonly phases: Readonly<Record<string, 'running' | 'over'>>;
  /** 整改方案: the last that happened to it. `askedAgain` by an evaluation (二次整改). */
  readonly plan?: PlanProgress;
  /** The same of each body that owes its own, by its id. */
  readonly bodyPlans?: Readonly<Record<string, PlanProgress>>;
  /** 督办批次, in their order; the numbers are theirs within the round. */
  readonly batches: readonly Batch[];
  /** 群众意见 that wait for their answer. */
  readonly comments: readonly {
    readonly id: string;
    readonly dueOn: IsoDate;
    readonly receivedAt: IsoInstant;
    readonly issueId?: string;
    /** What its answer was owed as, before it was corrected to be about another issue. */
    readonly title?: string;
  }[];
  /** Ids of the look-back draws. */
  readonly draws: readonly string[];
  readonly evaluations: readonly {
    readonly at: IsoInstant;
    readonly total: number;
    readonly grade: EvaluationGrade;
    /** The one body that was judged; without it the whole round. */
    readonly bodyId?: string;
  }[];
  /** The day a changed policy was last adopted: what it newly asks for is counted from then. */
  readonly policyAdoptedOn?: IsoDate;
}

/** A duty's place in the progress: its own id, and the body's that owes it. */
export function dutyKey(dutyId: string, bodyId: string | undefined): string {
  return bodyId === undefined ? dutyId : `${dutyId}/${bodyId}`;
}

/** The plan of the whole round, or of one body. */
export function planOf({ plan, bodyPlans }: RoundProgress, bodyId: string | undefined): PlanProgress | undefined {
  return bodyId === undefined ? plan : bodyPlans?.[bodyId];
}

/** A round that is being launched. */
export const newRound: RoundProgress = {
  sequence: 0,
  stage: 'launching',
  obligations: [],
  opened: {},
  duties: {},
  phases: {},
  batches: [],
  comments: [],
  draws: [],
  evaluations: [],
};

/** A round goes on from what an earlier run handed over; an earlier form knew number and stage alone. */
export function resumedRound(
  carried: Pick<RoundProgress, 'sequence' | 'stage'> & Partial<RoundProgress> = newRound,
): RoundProgress {
  return { ...newRound, ...carried };
}
