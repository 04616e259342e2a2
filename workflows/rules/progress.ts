import type { ClosureOutcome, IssuePhase, Obligation } from './events.ts';
import type { IsoDate, IsoInstant } from './instants.ts';
import type { IssueTerms } from './terms.ts';

export interface EvidenceProgress {
  readonly evidenceId: string;
  readonly by: string | null;
  readonly state: 'received' | 'returned' | 'accepted';
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
  readonly measure: 'talk';
  readonly obligationId: string;
  readonly raisedAt: IsoInstant;
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
  /** The proposal under review, or the last one. */
  readonly closure?: {
    readonly proposedBy: string | null;
    readonly proposedAt: IsoInstant;
    readonly outcome: ClosureOutcome;
    readonly stateHash: string;
  };
  readonly closed?: { readonly approvedBy: string | null; readonly at: IsoInstant; readonly outcome: ClosureOutcome };
  /** When the office last returned the closure. */
  readonly returnedAt?: IsoInstant;
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
  };
}

/** Whether the issue's story is over. */
export function hasEnded(progress: IssueProgress): boolean {
  return progress.phase === 'archived';
}

/** The measures of this cycle that have no evidence but what was returned. */
export function measuresWithoutEvidence(progress: IssueProgress): readonly MeasureProgress[] {
  return progress.measures.filter(({ evidence }) => evidence.every(({ state }) => state === 'returned'));
}
