import type { IsoDate, IsoInstant } from './instants.ts';
import type { ObligationKind, Punishment, Role } from './policy.ts';

export type IssuePhase =
  | 'assignment' // 交办·认领
  | 'rectification' // 整改
  | 'closureReview' // 销号审核
  | 'longTerm' // 长期坚持
  | 'lookBack' // 已销号,等回头看
  | 'archived' // 已归档
  | 'withdrawn' // 已撤销
  | 'merged'; // 已并入

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
  /** Rungs that have already asked the office to decide something, or that an adopted policy brought too late to ask. */
  readonly proposedRungs: readonly string[];
}

/** An open obligation that gets another day. */
export interface MovedObligation {
  readonly obligationId: string;
  readonly dueOn: IsoDate;
}

/** A measure's new 整改时限, inclusive. */
export interface MovedMeasure {
  readonly measure: number;
  readonly deadline: IsoDate;
}

/** How an issue is closed: done (完成), basically done with a remainder that is still chased (基本完成), or kept up under attestation (长期坚持). */
export type ClosureOutcome = 'done' | 'basicallyDone' | 'longTerm';

/** Why the clock of an issue stands still (中止). */
export type SuspensionKind =
  | 'transferred' // 已移交
  | 'litigation' // 诉讼、复议
  | 'disaster' // 灾害
  | 'otherAuthority'; // 待其他机关研定

/** How the people concerned take what was done (群众满意度). */
export type Satisfaction = 'satisfied' | 'basicallySatisfied' | 'unsatisfied';

/** Where a sub-ledger item (子台账条目, 黑点) stands: asking to leave is not leaving. */
export type ItemState = 'entered' | 'inWork' | 'askedToLeave' | 'left';

/** What follows from rules and time. */
type RuleFact =
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
      readonly measure: Punishment;
      readonly obligationId: string;
      readonly rungId: string;
    }
  /** What was promised (承诺) is in, or its day has passed. */
  | { readonly type: 'commitmentKept'; readonly until: IsoDate }
  | { readonly type: 'commitmentBroken'; readonly until: IsoDate };

/** What a handler, or somebody for him, says and does. */
type HandlerFact =
  | { readonly type: 'acknowledged' }
  | { readonly type: 'progressReported'; readonly noteId: string }
  /** A promise to be done by a day (inclusive): the ladder of these obligations rests until then, never past their due day. */
  | {
      readonly type: 'committed';
      readonly until: IsoDate;
      readonly obligations: readonly string[];
      readonly noteId?: string;
      /** About what it does not cover the handler goes on reporting; in promises of old, all reports rest. */
      readonly rests?: 'covered';
    }
  /** Evidence of which nobody has said what measure it proves carries none, and meets nothing. */
  | {
      readonly type: 'evidenceReceived';
      readonly evidence: readonly { readonly evidenceId: string; readonly measure?: number }[];
      readonly noteId?: string;
    }
  | {
      readonly type: 'closureProposed';
      readonly outcome: ClosureOutcome;
      readonly stateHash: string;
      /** For `basicallyDone`: the measures that outlive the closure, with their new days. */
      readonly remainder?: readonly MovedMeasure[];
    }
  | { readonly type: 'closureWithdrawn'; readonly reason: string }
  | {
      readonly type: 'extensionRequested';
      readonly until: IsoDate;
      /** Empty: all of the issue. */
      readonly measures: readonly number[];
      readonly reason: string;
      readonly progress: string;
    }
  | { readonly type: 'disputed'; readonly reason: string }
  | { readonly type: 'itemsEntered'; readonly itemIds: readonly string[] }
  | { readonly type: 'itemsMoved'; readonly itemIds: readonly string[]; readonly to: 'inWork' | 'askedToLeave' };

/** What office, leaders and reviewers decide. */
type DecisionFact =
  | {
      readonly type: 'evidenceJudged';
      readonly accepted: readonly string[];
      readonly returned: readonly string[];
      readonly reason: string;
    }
  | { readonly type: 'satisfactionNoted'; readonly satisfaction: Satisfaction; readonly noteId: string }
  | { readonly type: 'closureReturned'; readonly reason: string; readonly measures: readonly number[] }
  /** One level of several has approved; the last one's approval is `closureApproved`. */
  | {
      readonly type: 'closureLevelApproved';
      readonly level: number;
      readonly stateHash: string;
      readonly acceptedEvidence: readonly string[];
    }
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
  | {
      readonly type: 'extensionGranted';
      readonly deadline: IsoDate;
      readonly days: number;
      readonly measures: readonly MovedMeasure[];
      readonly moved: readonly MovedObligation[];
      readonly reason: string;
    }
  | { readonly type: 'extensionRefused'; readonly reason: string }
  | { readonly type: 'disputeRejected'; readonly reason: string }
  | { readonly type: 'suspended'; readonly kind: SuspensionKind; readonly authority: string; readonly reason: string }
  | {
      readonly type: 'resumed';
      /** How long the clock stood still. */
      readonly workdays: number;
      /** The day of a promise (承诺) that was open, moved like the others. */
      readonly promisedUntil?: IsoDate;
      readonly deadline: IsoDate;
      readonly measures: readonly MovedMeasure[];
      readonly moved: readonly MovedObligation[];
      readonly reason: string;
    }
  | { readonly type: 'suspensionReviewed'; readonly finding: string }
  | { readonly type: 'statusAsked'; readonly noteId: string }
  | {
      readonly type: 'itemsRechecked';
      readonly left: readonly string[];
      readonly back: readonly string[];
      readonly finding: string;
    }
  | { readonly type: 'attestationEndorsed' }
  /** The only end of 长期坚持. */
  | { readonly type: 'longTermEnded'; readonly reason: string }
  | { readonly type: 'lookBackHeld'; readonly finding: string }
  | { readonly type: 'lookBackPartlyHeld'; readonly finding: string; readonly againOn: IsoDate }
  /** Opens the next cycle, with a new deadline; the closed cycle never changes. */
  | { readonly type: 'rebounded'; readonly finding: string; readonly deadline: IsoDate }
  /** The draw (抽取) named it, or left it out on record. */
  | { readonly type: 'lookBackDrawn'; readonly drawId: string; readonly because: 'major' | 'failedUnit' | 'drawn' }
  | { readonly type: 'lookBackLeftOut'; readonly drawId: string }
  | { readonly type: 'withdrawn'; readonly reason: string; readonly because: 'disputeUpheld' | 'office' }
  | {
      readonly type: 'mergedInto';
      readonly issueId: string;
      readonly reason: string;
      readonly carried?: readonly CarriedMeasure[];
    };

/** A measure of a merged issue (并入), and the measure of the other that takes it on; 0 is that issue as a whole. */
export interface CarriedMeasure {
  readonly measure: number;
  readonly into: number;
}

/** What the office changes about an issue under way. */
type ChangeFact =
  | {
      readonly type: 'handedOver';
      readonly role: Role;
      readonly measure?: number;
      /** Person ids. */
      readonly from: readonly string[];
      readonly to: readonly string[];
      readonly reason: string;
      /** Where it was wrong from the start (更正): the handover's event that was, or 0 for the assignment at the launch. */
      readonly corrects?: number;
      /** Whoever has it now takes it on (认领) himself, even where the one before him had not done so yet. */
      readonly acknowledgement?: 'anew';
    }
  | {
      readonly type: 'policyAdopted';
      readonly version: number;
      /** Rungs whose day had passed when the policy was adopted: they ask for nothing any more. */
      readonly passed: readonly { readonly obligationId: string; readonly rungIds: readonly string[] }[];
    }
  /** 责任部门、配合部门: the ledger keeps whose it is now; earlier figures and letters stay as they were. */
  | {
      readonly type: 'unitChanged';
      readonly what: 'unit' | 'assistingUnits';
      readonly measure?: number;
      readonly from: string;
      readonly to: string;
      readonly reason: string;
    }
  | { readonly type: 'calendarAdopted'; readonly version: number }
  | { readonly type: 'recurrenceConfirmed'; readonly earlierIssueId: string }
  /** Evidence that was filed wrongly: it belongs to another measure, or to none. */
  | {
      readonly type: 'evidenceCorrected';
      readonly evidenceId: string;
      readonly measure: number | null;
      readonly reason: string;
      /** Whose the piece is; what counted for a measure before keeps what is known of it. */
      readonly handedIn?: HandedIn;
    }
  /** What was entered (代录) under another's name than his who said it or handed it in. */
  | {
      readonly type: 'personCorrected';
      /** The numbers of the events that bear the wrong name: all of one recording. */
      readonly corrected: readonly number[];
      /** Person ids. */
      readonly from: string;
      readonly to: string;
      /** The handler for whom the right one stood in (委托). */
      readonly toStandsInFor?: string;
      /** The pieces that count for a measure. */
      readonly evidence: readonly { readonly evidenceId: string; readonly measure: number }[];
      /** Those of them that had been accepted, as another's work. */
      readonly judgedAnew: readonly string[];
      readonly reason: string;
    }
  | {
      readonly type: 'deadlineCorrected';
      readonly deadline: IsoDate;
      readonly measures: readonly MovedMeasure[];
      readonly moved: readonly MovedObligation[];
      readonly reason: string;
    }
  /** The office takes back its last step, on which nobody has acted. */
  | { readonly type: 'undone'; readonly undoneSequence: number; readonly reason: string };

/** Whose a piece of evidence is. */
export interface HandedIn {
  readonly by: string | null;
  /** Who entered it for him (代录). */
  readonly recordedBy?: string;
  /** For whom he handed it in (委托). */
  readonly onBehalfOf?: string;
  /** Who has said since that it is his. */
  readonly correctedBy?: readonly string[];
}

/** What can happen to an issue. The first group follows from rules and time, the others from people. */
export type IssueFact = RuleFact | HandlerFact | DecisionFact | ChangeFact;

/** Who acted, when and from where: the same for an issue's events and a round's. */
export interface EventHead {
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly at: IsoInstant;
  /** The person who acted; null when a rule did. */
  readonly by: string | null;
  /** The incoming mail's id, `page`, `commandLine` or `practice`; null when a rule acted. */
  readonly source: string | null;
  /** The request it answers, by which a second delivery is recognised; null when a rule acted. */
  readonly requestId: string | null;
  /** Who entered it for the person who acted (代录). */
  readonly recordedBy?: string;
  /** For whom the person acted, by delegation (委托). */
  readonly onBehalfOf?: string;
}

/** A fact with its number, its moment and its author. Events are appended to the ledger and never changed. */
export type IssueEvent = EventHead & IssueFact;

/**
 * The event of a fact that rules and time have brought about, without a person. The head stands first: a copy of the
 * fact that grows afterwards takes many times as long, and a rehearsal makes hundreds of thousands.
 */
export function byRule<Fact extends object>(fact: Fact, sequence: number, at: IsoInstant): EventHead & Fact {
  return { sequence, at, by: null, source: null, requestId: null, ...fact };
}

export type FactOf<Type extends IssueFact['type']> = Extract<IssueFact, { readonly type: Type }>;
