/** The marker form on which the issues of a notice stand, as people print it. */
export type IssueLevel = '一、' | '（一）' | '1.' | '（1）';

/** What a notice says about its round; days are `YYYY-MM-DD`, and null wherever the notice does not say it in full. */
export interface RoundFacts {
  readonly bodyName: string | null;
  readonly team: string | null;
  readonly inspectedFrom: string | null;
  readonly inspectedTo: string | null;
  readonly feedbackOn: string | null;
  readonly signedOn: string | null;
  readonly signedBy: string | null;
  readonly commentFrom: string | null;
  readonly commentTo: string | null;
  /** The words of the comment window (公开期限) as printed, for a window that names no days. */
  readonly commentText: string | null;
  readonly phones: readonly string[];
  readonly postalAddress: string | null;
  readonly emails: readonly string[];
}

/** One aspect (方面) under which issues are gathered; villages and other bodies are none. */
export interface NoticeAspect {
  readonly number: number;
  readonly title: string;
}

/** One feedback issue (反馈问题) as the notice reports it. */
export interface NoticeIssue {
  readonly number: number;
  /** The first sentence of the heading, without its marker. */
  readonly title: string;
  /** The number of the aspect it stands under, or null. */
  readonly aspect: number | null;
  /** The heading between aspect and issue, or the body (村、社区) it concerns, or null. */
  readonly group: string | null;
  readonly longTerm: boolean;
  /** All that stands under the issue, heading included; paragraphs are separated by a line feed. */
  readonly text: string;
  /** The texts of its measures (整改措施), without their markers. */
  readonly measures: readonly string[];
  /** Line of the file as stored, 1-based; the paragraph's number in Word. */
  readonly line: number;
}

/** A total the notice states about itself; `found` is null where the notice gives nothing to count. */
export interface NoticeClaim {
  readonly what: string;
  readonly claimed: number;
  readonly found: number | null;
}

/** Something a person must look at: what is wrong, where, and what to do. */
export interface NoticeProblem {
  readonly code: string;
  readonly line: number;
  readonly message: string;
}

/** Puts one question about a fact that is missing or malformed. */
export type Ask = (code: string, line: number, message: string) => void;

/** A published notice (通报) as read; the shape is a contract (design.md section 11). */
export interface NoticeReading {
  readonly round: RoundFacts;
  readonly level: IssueLevel | null;
  readonly aspects: readonly NoticeAspect[];
  readonly issues: readonly NoticeIssue[];
  readonly claims: readonly NoticeClaim[];
  readonly problems: readonly NoticeProblem[];
  /** How many paragraphs, cut by a page break, were joined to the one before. */
  readonly joins: number;
}

/** What a user may choose about how a notice is read. */
export interface ReadNoticeOptions {
  /** The level of the issues, where the user has chosen another than the reader would. */
  readonly level?: IssueLevel;
}

/** The file is no notice that can be read; the message is one Chinese sentence that says why and what to do. */
export class UnreadableNotice extends Error {
  override readonly name = 'UnreadableNotice';
}
