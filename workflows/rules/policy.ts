/** What somebody owes (义务) is always one of these. */
export type ObligationKind =
  | 'acknowledgement' // 认领
  | 'checkIn' // 报进展
  | 'evidence' // 一条措施的佐证
  | 'closureProposal' // 材料齐了,申请销号
  | 'closureDecision' // 销号审核
  | 'proposalDecision' // 决定系统的提请
  | 'attestation' // 长期坚持的定期确认
  | 'lookBack'; // 回头看

/** Who can owe something or be told of it; which persons that is, the ledger says at the time of sending. */
export type Role =
  | 'handler' // 责任人
  | 'responsibleLeader' // 责任领导
  | 'groupHead' // 组长
  | 'office' // 督办办公室
  | 'reviewer'; // 巡察办、派驻纪检组

/** The tone of a line: what kind of letter it would be on paper. */
export type Letter = 'assignment' | 'reminder' | 'urge' | 'escalation';

/** What becomes of a line whose sending hours passed while nothing could be sent. */
export type Missed = 'sendLate' | 'collapse' | 'skip';

/** A step of a ladder (督促阶梯): when, to whom, in which tone. */
export interface Rung {
  /** Unique within its ladder; part of every line's key, so it never changes its meaning. */
  readonly id: string;
  readonly from: 'opened' | 'due';
  /** Workdays after (negative: before) the day the obligation opened or is due. */
  readonly workdays: number;
  readonly to: readonly Role[];
  readonly letter: Letter;
  /** Repeats every so many workdays for as long as the obligation stays open. */
  readonly repeatEveryWorkdays?: number;
  readonly missed: Missed;
  /** The rung sends nothing: it asks the office to decide on a measure against people (约谈). */
  readonly proposal?: 'talk';
}

/** A round's rules as data (政策). Copied into each issue's terms at launch; a new version changes nothing by itself. */
export interface Policy {
  readonly name: string;
  readonly version: number;
  readonly concentratedMonths: number;
  /** What 立行立改 means, in days after the feedback. */
  readonly immediateWithinDays: number;
  readonly acknowledgeWithinWorkdays: number;
  readonly checkInEveryWorkdays: number;
  /** After everything is in, or after the deadline if that is later. */
  readonly proposeClosureWithinWorkdays: number;
  readonly decideClosureWithinWorkdays: number;
  readonly decideProposalWithinWorkdays: number;
  /** How long a handler has for what the office returned. */
  readonly returnedWithinWorkdays: number;
  readonly attestEveryMonths: number;
  readonly lookBackAfterMonths: number;
  /** How long before their day a look-back and an attestation open. */
  readonly openAheadWorkdays: number;
  /** The yellow light (黄灯): so many workdays, or fewer, to the deadline. */
  readonly yellowWithinWorkdays: number;
  /** Beijing wall time at which the day's mail leaves. */
  readonly sendAt: string;
  /** Beijing wall times, half-open: nothing leaves before `from` or from `to` on. */
  readonly sendingHours: { readonly from: string; readonly to: string };
  readonly ladders: Readonly<Record<ObligationKind, readonly Rung[]>>;
}
