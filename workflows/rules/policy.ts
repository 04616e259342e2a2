import type { IsoDate } from './instants.ts';

/** What somebody owes (义务) is always one of these. */
export type ObligationKind = IssueObligationKind | RoundObligationKind;

/** What is owed about one issue. */
export type IssueObligationKind =
  | 'acknowledgement' // 认领
  | 'checkIn' // 报进展
  | 'evidence' // 一条措施的佐证
  | 'evidenceReview' // 销号后补交的佐证,审核
  | 'closureProposal' // 材料齐了,申请销号
  | 'closureDecision' // 销号审核,一级一项
  | 'proposalDecision' // 决定系统的提请
  | 'extensionDecision' // 决定延期
  | 'disputeDecision' // 核实异议
  | 'suspensionReview' // 中止期间定期过问
  | 'statusAnswer' // 答复领导问询
  | 'itemReport' // 子台账月报
  | 'itemRecheck' // 出库复核
  | 'attestation' // 长期坚持的定期确认
  | 'attestationEndorsement' // 责任领导对确认的复核
  | 'lookBack'; // 回头看

/** What is owed about a round, by a body, a unit or the office. */
export type RoundObligationKind =
  | 'rectificationPlan' // 报整改方案
  | 'planApproval' // 审定整改方案
  | 'weeklyCheck' // 周检查
  | 'monthlyDispatch' // 月调度
  | 'periodicDuty' // 其他定期事项:提示单、季度、年度
  | 'evaluation' // 定期评估
  | 'progressReport' // 集中整改期满报告
  | 'supervisionBatch' // 督办批次,一个责任部门一项
  | 'publicComment' // 答复群众意见
  | 'lookBackDraw'; // 抽取回头看问题

/** Who can owe something or be told of it; which persons that is, the ledger says at the time of sending. */
export type Role =
  | 'handler' // 责任人
  | 'responsibleLeader' // 责任领导
  | 'groupHead' // 组长
  | 'office' // 督办办公室
  | 'reviewer'; // 巡察办、派驻纪检组

/** The tone of a line: what kind of letter it would be on paper. */
export type Letter = 'assignment' | 'reminder' | 'urge' | 'escalation';

/** The letter a rung is written as, where the office issues one: 督导函 提示单 督办单 催办函 警示函. */
export type Paper = 'supervisionNotice' | 'workPrompt' | 'supervisionLetter' | 'urgeLetter' | 'warningLetter';

/** What becomes of a line whose sending hours passed while nothing could be sent. */
export type Missed = 'sendLate' | 'collapse' | 'skip';

/** A measure against people (提醒谈话 · 约谈 · 通报 · 问责建议): proposed by a rung, decided by the office. */
export type Punishment = 'reminderTalk' | 'talk' | 'notice' | 'accountability';

/** A step of a ladder (督促阶梯): when, to whom, in which tone. */
export interface Rung {
  /** Unique within its ladder; part of every line's key, so it never changes its meaning. */
  readonly id: string;
  readonly from: 'opened' | 'due';
  /** Workdays after (negative: before) the day the obligation opened or is due. */
  readonly workdays: number;
  readonly to: readonly Role[];
  readonly letter: Letter;
  readonly paper?: Paper;
  /** Repeats every so many workdays for as long as the obligation stays open. */
  readonly repeatEveryWorkdays?: number;
  readonly missed: Missed;
  /** The rung sends nothing: it asks the office to decide on a measure against people. */
  readonly proposal?: Punishment;
}

/** A phase (阶段) of the round; phases may overlap. */
export interface PolicyPhase {
  readonly id: string;
  readonly title: string;
  readonly from: IsoDate;
  /** Inclusive. */
  readonly to: IsoDate;
}

/** One level of the closure review (销号审核). */
export interface ClosureLevel {
  readonly role: Role;
  /** Which issues pass this level. */
  readonly of: 'all' | 'major';
}

/** How often a duty of the round comes round. */
export type DutyCadence =
  | { readonly every: 'week'; readonly weekday: 1 | 2 | 3 | 4 | 5 }
  | { readonly every: 'month' | 'quarter' | 'year'; readonly dayOfMonth: number }
  /** Once, so many days after the feedback or after the end of the concentrated period. */
  | { readonly every: 'once'; readonly after: 'feedback' | 'concentratedPeriod'; readonly months: number };

/** Something that is owed about the round as a whole, at its cadence and for as long as it says. */
export interface PolicyDuty {
  /** Unique within the policy; part of the obligation's id, so it never changes its meaning. */
  readonly id: string;
  readonly kind: Exclude<RoundObligationKind, 'planApproval' | 'supervisionBatch' | 'publicComment' | 'lookBackDraw'>;
  readonly title: string;
  readonly role: Role;
  readonly cadence: DutyCadence;
  readonly until: 'concentratedPeriod' | 'lastClosure';
  /** Whether each body of several owes its own; `policy-parts.ts` says what holds without it. */
  readonly per?: 'body' | 'round';
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
  /** Days (both inclusive) on which nothing is sent though they are worked: 高考, 大会. */
  readonly quietDays?: readonly { readonly from: IsoDate; readonly to: IsoDate }[];
  /** A kind without a ladder is owed all the same, and nobody is reminded of it. */
  readonly ladders: Readonly<Partial<Record<ObligationKind, readonly Rung[]>>>;

  // What a policy of an earlier form does not have; `policy-parts.ts` says what holds without it.
  readonly phases?: readonly PolicyPhase[];
  readonly duties?: readonly PolicyDuty[];
  readonly closure?: {
    /** In this order; each by another person. */
    readonly levels: readonly ClosureLevel[];
    /** Whose closure needs a satisfaction note (群众满意度). */
    readonly satisfaction: 'none' | 'major' | 'all';
  };
  readonly extension?: {
    /** Who decides the first, the second … extension; as many as there are may be asked for. */
    readonly decidedBy: readonly Role[];
    readonly decideWithinWorkdays: number;
    /** All extensions of a cycle together, in days. */
    readonly atMostDays: number;
  };
  readonly dispute?: { readonly decideWithinWorkdays: number };
  readonly suspension?: { readonly reviewEveryMonths: number };
  readonly statusAnswer?: { readonly withinWorkdays: number };
  readonly subLedger?: {
    readonly reportEveryMonths: number;
    readonly recheckedBy: Role;
    readonly recheckWithinWorkdays: number;
  };
  /** Who confirms an attestation after the handler. */
  readonly attestation?: { readonly endorsedBy: Role; readonly endorseWithinWorkdays: number };
  readonly lookBack?: {
    /** The share (0 to 1) of the closed issues that are neither major nor of a unit whose look-back failed. */
    readonly share: number;
    /** A draw that is not made in time leaves nobody out. */
    readonly drawWithinWorkdays: number;
    /** How long after `partly holds` it is looked at again. */
    readonly againAfterMonths: number;
  };
  readonly supervisionBatch?: { readonly withinWorkdays: number };
  /** The comment window (公开期限) and the answer to a comment, in workdays. */
  readonly publication?: { readonly windowWorkdays: number; readonly answerWithinWorkdays: number };
  /** Which of the two completion rates (完成率) is the one shown first. */
  readonly completionRate?: 'longTermCounted' | 'longTermApart';
}
