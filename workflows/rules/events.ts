import type { IsoDate, IsoInstant } from './instants.ts';
import type { ObligationKind, Role } from './policy.ts';

export type IssuePhase = 'assignment' | 'rectification' | 'closureReview' | 'longTerm' | 'lookBack' | 'archived';

/** Something somebody owes by a day (义务). */
export interface Obligation {
  /** Unique within its cycle: the kind, the measure if any, and an ordinal where it can open again. */
  readonly id: string;
  readonly kind: ObligationKind;
  readonly role: Role;
  /** For evidence: the measure's number, 0 for the issue itself. For a decision on a proposal: none. */
  readonly measure?: number;
  /** For a decision on a proposal: which. */
  readonly proposalId?: string;
  /** Inclusive. */
  readonly dueOn: IsoDate;
  readonly openedAt: IsoInstant;
  readonly overdue: 'no' | 'recorded';
  /** Rungs that have already asked the office to decide something. */
  readonly proposedRungs: readonly string[];
}

/** How an issue is closed: done (完成) or kept up under attestation (长期坚持). */
export type ClosureOutcome = 'done' | 'longTerm';

/** What can happen to an issue. The first group follows from rules and time, the second from people. */
export type IssueFact =
  | {
      readonly type: 'obligationOpened';
      readonly obligationId: string;
      readonly kind: ObligationKind;
      readonly role: Role;
      readonly measure?: number;
      readonly proposalId?: string;
      readonly dueOn: IsoDate;
    }
  | { readonly type: 'obligationOverdue'; readonly obligationId: string }
  /** Its time is over without an answer; the next one of its kind takes its place. */
  | { readonly type: 'obligationLapsed'; readonly obligationId: string }
  | {
      readonly type: 'proposalRaised';
      readonly proposalId: string;
      readonly measure: 'talk';
      readonly obligationId: string;
      readonly rungId: string;
    }
  | { readonly type: 'acknowledged' }
  | { readonly type: 'progressReported'; readonly noteId: string }
  /** Evidence of which nobody has said what measure it proves carries none, and meets nothing. */
  | {
      readonly type: 'evidenceReceived';
      readonly evidence: readonly { readonly evidenceId: string; readonly measure?: number }[];
      readonly noteId?: string;
    }
  | { readonly type: 'closureProposed'; readonly outcome: ClosureOutcome; readonly stateHash: string }
  | { readonly type: 'closureReturned'; readonly reason: string; readonly measures: readonly number[] }
  | {
      readonly type: 'closureApproved';
      readonly outcome: ClosureOutcome;
      readonly stateHash: string;
      readonly acceptedEvidence: readonly string[];
    }
  | {
      readonly type: 'proposalDecided';
      readonly proposalId: string;
      readonly decision: 'accepted' | 'declined';
      readonly reason: string;
    }
  | { readonly type: 'lookBackHeld'; readonly finding: string }
  /** Opens the next cycle, with a new deadline; the closed cycle never changes. */
  | { readonly type: 'rebounded'; readonly finding: string; readonly deadline: IsoDate };

/** A fact with its number, its moment and its author. Events are appended to the ledger and never changed. */
export type IssueEvent = {
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly at: IsoInstant;
  /** The person who acted; null when a rule did. */
  readonly by: string | null;
  /** The incoming mail's id, `page`, `commandLine` or `practice`; null when a rule acted. */
  readonly source: string | null;
  /** The request it answers, by which a second delivery is recognised; null when a rule acted. */
  readonly requestId: string | null;
} & IssueFact;
