import type { BouncedRecipient } from './bounce/bounced-recipient.ts';
import type { UnverifiedBecause } from './sender.ts';

/** What was understood of one item of an answer, and what was done with it. */
export interface ItemVerdict {
  readonly issueId: string;
  readonly code: string;
  /** Sentences, as the person was told them. */
  readonly understood: readonly string[];
  /** Why something he asked for was not done; all reasons at once. */
  readonly refused?: string;
}

/** The same of one of the round's duties. */
export interface DutyVerdict extends Omit<ItemVerdict, 'issueId'> {
  readonly roundId: string;
  readonly obligationId: string;
}

/**
 * What a bounce brought about: nothing but its note, or that the mail counts as refused and its address as gone; the latter
 * is not held against somebody who has another address by now.
 */
export type BounceEffect = 'noted' | 'addressGone' | 'addressCorrected';

/** What became of an incoming mail. It stands in the ledger as JSON, for the office to read. */
export type IncomingVerdict =
  | {
      readonly kind: 'reply';
      readonly items: readonly ItemVerdict[];
      /** Left out where the mail was about none. */
      readonly duties?: readonly DutyVerdict[];
      readonly problems: readonly string[];
    }
  /** Written by a program: kept, without effect, never answered. */
  | { readonly kind: 'automatic'; readonly because: string }
  | {
      readonly kind: 'bounce';
      readonly because: string;
      readonly bounce: readonly BouncedRecipient[];
      /** Left out in verdicts from before a bounce had one. */
      readonly effect?: BounceEffect;
    }
  /** Token and sender do not both fit a mail of ours: kept, without effect, not answered; the office sees it. */
  | { readonly kind: 'unverified'; readonly because: UnverifiedBecause }
  | { readonly kind: 'unreadable'; readonly because: string }
  /** Handling failed; while the mail is still `stored` it is tried again, afterwards the office has to look. */
  | { readonly kind: 'problem'; readonly problem: string; readonly tries: number };
