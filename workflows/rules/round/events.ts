import type { EventHead, Obligation } from '../events.ts';
import type { EvaluationGrade } from '../evaluation.ts';
import type { IsoDate } from '../instants.ts';
import type { ObligationKind, Role } from '../policy.ts';

/**
 * The measures that alone are a unit's, by their issue's id: another unit answers for the rest. Whose issue is not named
 * here answers for it as a whole.
 */
export type MeasuresOfIssues = Readonly<Record<string, readonly number[]>>;

/** Whose an obligation of a round is, where it is not the whole round's. */
export interface RoundScope {
  /** 责任部门 */
  readonly unit?: string;
  /** It goes to whoever holds the role for these issues. */
  readonly issueIds?: readonly string[];
  readonly measures?: MeasuresOfIssues;
  readonly commentId?: string;
  /** The inspected body (被巡察单位) that owes it: it goes to whoever holds the role for the body. */
  readonly bodyId?: string;
  /** The body that it is about and that does not owe it itself: nobody evaluates his own body. */
  readonly judgedBodyId?: string;
}

/** Something that is owed about the round as a whole (周检查, 月调度, 整改方案 …), by a body, or by a unit in a supervision batch. */
export interface RoundObligation extends Obligation {
  /** What it is called: `第3次周检查`. */
  readonly title: string;
  readonly scope?: RoundScope;
  /** The policy's duty that brought it about; a batch, a comment or a returned plan has none. */
  readonly dutyId?: string;
}

/** One unit's part of a supervision batch (督办批次). */
export interface BatchUnit {
  readonly unit: string;
  readonly issueIds: readonly string[];
  readonly measures?: MeasuresOfIssues;
}

/** The points of an evaluation's parts; null where nothing was judged. */
export interface EvaluationScores {
  readonly organisation: number | null;
  readonly responsibility: number | null;
  readonly completion: number | null;
  readonly satisfaction: number | null;
  /** Out of 100. */
  readonly total: number;
}

/** What follows from rules and time. */
type RoundRuleFact =
  | { readonly type: 'launched' }
  | { readonly type: 'concentratedPeriodEnded' }
  | { readonly type: 'ended' }
  | { readonly type: 'phaseStarted'; readonly phaseId: string }
  | { readonly type: 'phaseEnded'; readonly phaseId: string }
  | {
      readonly type: 'obligationOpened';
      readonly obligationId: string;
      readonly kind: ObligationKind;
      readonly role: Role;
      /** The number of the duty among those of its kind, or of the batch. */
      readonly measure?: number;
      readonly dueOn: IsoDate;
      readonly title: string;
      readonly scope?: RoundScope;
      readonly dutyId?: string;
    }
  | { readonly type: 'obligationOverdue'; readonly obligationId: string }
  /** Its time is over without an answer; the next one of its kind takes its place. */
  | { readonly type: 'obligationLapsed'; readonly obligationId: string };

/** What people say and do. */
type RoundPersonFact =
  | { readonly type: 'dutyReported'; readonly obligationId: string; readonly noteId?: string }
  | {
      readonly type: 'planDecided';
      readonly decision: 'approved' | 'returned';
      readonly reason: string;
      /** The body whose own plan it is. */
      readonly bodyId?: string;
    }
  | {
      readonly type: 'batchIssued';
      /** Within the round, from 1. */
      readonly number: number;
      readonly title: string;
      readonly task: string;
      readonly dueOn: IsoDate;
      readonly units: readonly BatchUnit[];
    }
  | {
      readonly type: 'batchCorrected';
      /** The batch that was told wrongly. */
      readonly number: number;
      /** What is otherwise than it was told; what is left out stands. */
      readonly task?: string;
      readonly dueOn?: IsoDate;
      readonly issueIds?: readonly string[];
      /** Obligations that are owed in their old form no more. */
      readonly closes: readonly string[];
      /** What is owed instead, by whom; who has answered is not asked again about the same. */
      readonly asks: readonly BatchUnit[];
      readonly reason: string;
    }
  | {
      readonly type: 'commentReceived';
      readonly commentId: string;
      readonly dueOn: IsoDate;
      readonly issueId?: string;
    }
  | {
      readonly type: 'commentCorrected';
      readonly commentId: string;
      /** The words as they should have been registered stand in the ledger under this id. */
      readonly wordingId?: string;
      /** What it is about, where that is otherwise; null: no issue. */
      readonly issueId?: string | null;
      /** The obligation to answer it, where it is owed about another issue now. */
      readonly closes: readonly string[];
      readonly reason: string;
    }
  | { readonly type: 'commentAnswered'; readonly commentId: string; readonly answer: string }
  /** How many the draw (抽取回头看) named and left out; who, stands in the ledger under its id. */
  | { readonly type: 'lookBacksDrawn'; readonly drawId: string; readonly drawn: number; readonly left: number }
  | {
      readonly type: 'evaluated';
      /** The one inspected body (被巡察单位) that was judged; without it the whole round. */
      readonly bodyId?: string;
      /**
       * The body has duties of its own: its evaluation is met, and a bad one asks it for a plan again. Without it, as in
       * rounds of an earlier form, one body's evaluation stands on record alone.
       */
      readonly meets?: 'bodyDuty';
      readonly scores: EvaluationScores;
      readonly grade: EvaluationGrade;
      /** 二次整改 */
      readonly secondRectification: 'needed' | 'notNeeded';
      readonly note: string;
    }
  | { readonly type: 'policyAdopted'; readonly version: number }
  | { readonly type: 'calendarAdopted'; readonly version: number };

/** What can happen to a round. */
export type RoundFact = RoundRuleFact | RoundPersonFact;

/** A fact with its number, its moment and its author. Events are appended to the ledger and never changed. */
export type RoundEvent = EventHead & RoundFact;

export type RoundFactOf<Type extends RoundFact['type']> = Extract<RoundFact, { readonly type: Type }>;
