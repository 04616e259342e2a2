import type {
  ClosureOutcome,
  IssuePhase,
  ItemState,
  MovedMeasure,
  Obligation,
  Satisfaction,
  SuspensionKind,
} from './events.ts';
import type { IsoDate, IsoInstant } from './instants.ts';
import type { Punishment } from './policy.ts';
import type { IssueTerms } from './terms.ts';

export interface EvidenceProgress {
  readonly evidenceId: string;
  readonly by: string | null;
  readonly state: 'received' | 'returned' | 'accepted';
  readonly recordedBy?: string;
  /** Whose work it is, when it was handed in by who stands in for him (委托). */
  readonly onBehalfOf?: string;
  /** Who has entered since that it is `by`'s (更正署名). */
  readonly correctedBy?: readonly string[];
}

export interface MeasureProgress {
  readonly number: number;
  /** Of the present cycle, inclusive. */
  readonly deadline: IsoDate;
  readonly evidence: readonly EvidenceProgress[];
}

/** A measure against people that the rules ask the office to decide (提请决定). */
export interface Proposal {
  readonly id: string;
  readonly measure: Punishment;
  readonly obligationId: string;
  readonly raisedAt: IsoInstant;
}

/** The closure under review, or the last one. */
export interface ClosureProgress {
  readonly proposedBy: string | null;
  readonly proposedAt: IsoInstant;
  readonly outcome: ClosureOutcome;
  readonly stateHash: string;
  readonly recordedBy?: string;
  readonly remainder?: readonly MovedMeasure[];
  /** Levels that have approved, in their order. */
  readonly approvals?: readonly {
    readonly by: string | null;
    readonly stateHash: string;
    readonly acceptedEvidence: readonly string[];
  }[];
  /** When the turn came to the level that decides now, where it is not the first. */
  readonly turnSince?: IsoInstant;
}

/** What has changed hands (移交), and whoever has it now has not yet said that he takes it on (认领). */
export interface ToTakeOn {
  readonly since: IsoInstant;
  /** Person ids. */
  readonly by: readonly string[];
  /** The one measure it is about; absent for the issue as a whole. */
  readonly measure?: number;
}

/** What has happened to an issue so far: all that the rules need in order to say what comes next. */
export interface IssueProgress {
  /** The number of the last event; 0 before the first. */
  readonly sequence: number;
  readonly phase: IssuePhase;
  readonly phaseSince: IsoInstant;
  /** From 1; a rebound opens the next. */
  readonly cycle: number;
  /** 整改时限 of this cycle, inclusive. */
  readonly deadline: IsoDate;
  readonly measures: readonly MeasureProgress[];
  /** Open obligations only, in the order they opened. */
  readonly obligations: readonly Obligation[];
  /** How often this cycle has opened `check-in`, `evidence-2` …: the next ordinal is one more. */
  readonly opened: Readonly<Record<string, number>>;
  readonly proposals: readonly Proposal[];
  /** The day the last check-in or attestation of this cycle was due or answered: the next is counted from it. */
  readonly lastReportOn?: IsoDate;
  readonly acknowledgedAt?: IsoInstant;
  readonly closure?: ClosureProgress;
  readonly closed?: {
    readonly approvedBy: string | null;
    readonly at: IsoInstant;
    readonly outcome: ClosureOutcome;
    /** Everybody who approved it, level by level. */
    readonly approvers?: readonly string[];
  };
  /** When the office last returned the closure. */
  readonly returnedAt?: IsoInstant;
  /** The last satisfaction note of this cycle. */
  readonly satisfaction?: Satisfaction;
  /** Measures that outlive a closure as basically done, still owed and reviewed one by one. */
  readonly remainder?: readonly MeasureProgress[];
  readonly extension?: {
    readonly requestedBy: string | null;
    readonly requestedAt: IsoInstant;
    readonly until: IsoDate;
    readonly measures: readonly number[];
  };
  /** Of this cycle. */
  readonly extensions?: { readonly granted: number; readonly days: number };
  readonly dispute?: { readonly by: string | null; readonly at: IsoInstant };
  readonly suspension?: {
    readonly at: IsoInstant;
    readonly kind: SuspensionKind;
    readonly authority: string;
    readonly reviewedOn: IsoDate;
  };
  /** How many workdays the clock has stood still in earlier suspensions, over all cycles. */
  readonly suspendedWorkdays?: number;
  /** A promise that stands: what it covers, and the day (inclusive) by which. */
  readonly commitment?: {
    readonly until: IsoDate;
    readonly madeAt: IsoInstant;
    readonly obligations: readonly string[];
    /** Whether reports about what it does not cover go on. */
    readonly rests?: 'covered';
  };
  /** Of this cycle. */
  readonly promises?: { readonly kept: number; readonly broken: number };
  readonly items?: readonly {
    readonly id: string;
    readonly state: ItemState;
    readonly askedBy: string | null;
    readonly askedAt?: IsoInstant;
  }[];
  /** Since when anything is in the sub-ledger. */
  readonly itemsInSince?: IsoInstant;
  /** The day the last monthly report of the sub-ledger was due or given. */
  readonly lastItemReportOn?: IsoDate;
  /** When a leader last asked how things stand, until he has been answered. */
  readonly askedAt?: IsoInstant;
  readonly toTakeOn?: readonly ToTakeOn[];
  /** When the responsibility last changed hands, as handovers of old said it: no measures, and no asking twice. */
  readonly handedOverAt?: IsoInstant;
  readonly attestedAt?: IsoInstant;
  /** Attestations missed in a row. */
  readonly missedAttestations?: number;
  /** Named by a draw, or to be made again on a day. */
  readonly lookBack?: { readonly state: 'drawn' } | { readonly state: 'again'; readonly dueOn: IsoDate };
  /** The closed issue of an earlier round that this one repeats. */
  readonly recurrenceOf?: string;
  /** The day a changed policy was last adopted: what it newly asks for is counted from then. */
  readonly policyAdoptedOn?: IsoDate;
  /** The office's last step, as long as nobody has acted on it, with how things stood before. */
  readonly undoable?: {
    readonly sequence: number;
    readonly by: string | null;
    readonly before: Omit<IssueProgress, 'undoable'>;
  };
}

/** An issue that has just been launched: nothing has happened, nobody has been told. */
export function openIssue(terms: IssueTerms, now: IsoInstant): IssueProgress {
  return {
    sequence: 0,
    phase: 'assignment',
    phaseSince: now,
    cycle: 1,
    deadline: terms.deadline,
    measures: terms.measures.map(({ number, deadline }) => ({ number, deadline, evidence: [] })),
    obligations: [],
    opened: {},
    proposals: [],
    ...(terms.recurrenceOf !== undefined && { recurrenceOf: terms.recurrenceOf }),
  };
}

/** Every piece of evidence that counts for a measure of the present cycle, whatever became of it. */
export function piecesOf({ measures }: Pick<IssueProgress, 'measures'>): readonly EvidenceProgress[] {
  return measures.flatMap(({ evidence }) => evidence);
}

/**
 * Whether one of these people handed the piece in, had it handed in for him, entered it, or entered whose it is: nobody
 * judges his own work, nor rids himself of it by another name.
 */
export function isWorkOf(piece: EvidenceProgress | undefined, people: readonly (string | undefined)[]): boolean {
  const workers = [piece?.by, piece?.recordedBy, piece?.onBehalfOf, ...(piece?.correctedBy ?? [])];
  return people.some((one) => one !== undefined && workers.includes(one));
}

/** The phases in which an issue's story is over. */
export const endedPhases: readonly IssuePhase[] = ['archived', 'withdrawn', 'merged'];

/** Whether the issue's story is over. */
export function hasEnded({ phase }: Pick<IssueProgress, 'phase'>): boolean {
  return endedPhases.includes(phase);
}

/** Whether the cycle is closed: its dates and figures never change from then on. */
export function isClosed({ phase }: Pick<IssueProgress, 'phase'>): boolean {
  return phase === 'lookBack' || phase === 'longTerm' || hasEnded({ phase });
}

/** The measures of this cycle that have no evidence but what was returned. */
export function measuresWithoutEvidence(progress: IssueProgress): readonly MeasureProgress[] {
  return progress.measures.filter(({ evidence }) => evidence.every(({ state }) => state === 'returned'));
}

/** The sub-ledger items that are still in (在库): all but those that have left. */
export function itemsIn(progress: IssueProgress): NonNullable<IssueProgress['items']> {
  return (progress.items ?? []).filter(({ state }) => state !== 'left');
}
