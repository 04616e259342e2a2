import type { SuspensionKind } from '../../workflows/rules/events.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';

/** What an answer is about, so that nobody answers what has been settled meanwhile. */
export interface DutyReference {
  /** The round's id, for a duty of the round. */
  readonly issueId: string;
  readonly cycle: number;
  readonly obligationId: string;
}

/** One line of a reply: what is said about one duty, and the files that go with it. */
export interface ReplyItem {
  readonly duty: DutyReference;
  readonly text: string;
  readonly attachments: readonly { readonly fileName: string; readonly text: string }[];
}

/** How the writer's mail program puts the original below the answer. */
export type QuoteStyle = 'qq' | 'netease' | 'foxmail' | 'outlook' | 'apple' | 'none';

/** What a practice person decides about a duty, through the doors of the pages. */
export type DutyAct = { readonly duty: DutyReference } & (
  | { readonly kind: 'decideClosure'; readonly decision: 'approved' }
  | {
      readonly kind: 'decideClosure';
      readonly decision: 'returned';
      readonly reason: string;
      /** 0 to 1: which of the issue's measures lacks something. */
      readonly measurePick: number;
    }
  | { readonly kind: 'decideProposal'; readonly decision: 'accepted' | 'declined'; readonly reason: string }
  | { readonly kind: 'recordLookBack'; readonly finding: string; readonly outcome: 'held' }
  | {
      readonly kind: 'recordLookBack';
      readonly finding: string;
      readonly outcome: 'rebound';
      readonly deadline: IsoDate;
    }
  | { readonly kind: 'judgeEvidence'; readonly decision: 'accepted' | 'returned'; readonly reason: string }
  | { readonly kind: 'decideExtension'; readonly decision: 'granted' | 'refused'; readonly reason: string }
  | { readonly kind: 'decideDispute'; readonly decision: 'upheld' | 'rejected'; readonly reason: string }
  /** Of the items that ask to leave, all leave, or one of them goes back to work. */
  | { readonly kind: 'recheckItems'; readonly outcome: 'allLeave' | 'oneGoesBack'; readonly finding: string }
  | { readonly kind: 'reviewSuspension'; readonly finding: string }
  | { readonly kind: 'decidePlan'; readonly decision: 'approved' | 'returned'; readonly reason: string }
  | { readonly kind: 'recordEvaluation' }
  | { readonly kind: 'answerComment'; readonly answer: string }
  | { readonly kind: 'drawLookBacks' }
);

/** What somebody of a drill does of his own accord, at a moment fixed when the drill begins. */
export type OwnAct =
  | { readonly kind: 'startItems'; readonly issueId: string; readonly itemIds: readonly string[] }
  | { readonly kind: 'disputeFinding'; readonly issueId: string; readonly reason: string }
  | {
      readonly kind: 'suspendIssue';
      readonly issueId: string;
      readonly because: SuspensionKind;
      readonly authority: string;
      readonly reason: string;
    }
  | { readonly kind: 'resumeIssue'; readonly issueId: string; readonly reason: string }
  | {
      readonly kind: 'issueBatch';
      readonly roundId: string;
      readonly title: string;
      readonly task: string;
      readonly issueIds: readonly string[];
    };

export interface Reply {
  readonly kind: 'reply';
  readonly items: readonly ReplyItem[];
  readonly quoteStyle: QuoteStyle;
}

/** What a practice person does, and when. */
export type PracticeAct = { readonly answerAt: IsoInstant } & (Reply | DutyAct | OwnAct);
