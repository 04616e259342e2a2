import { withReason } from '../refusal.ts';
import type { RoundEvent, RoundFactOf } from './events.ts';
import type { RoundProgress } from './progress.ts';
import { type RoundRequestRule, underWay } from './request-rule.ts';

/**
 * 更正群众意见: its words, which stand in the ledger under an id of their own beside those that were registered first, or
 * the issue it is about. The day by which it is owed its answer stays.
 */
export const correctComment: RoundRequestRule<{
  readonly commentId: string;
  readonly wordingId?: string;
  /** null: it is about none. */
  readonly issueId?: string | null;
  readonly reason: string;
}> = {
  refusals: (standing, { commentId, wordingId, issueId, reason }) => {
    const comment = standing.progress.comments.find(({ id }) => id === commentId);
    if (comment === undefined) {
      return [{ code: 'NoSuchComment', message: '没有这件待答复的群众意见；已经答复的不再更正' }];
    }
    const isMoved = issueId !== undefined && issueId !== (comment.issueId ?? null);
    return [
      ...underWay(standing, '更正群众意见'),
      ...withReason(reason, '更正群众意见'),
      ...(wordingId === undefined && !isMoved
        ? [{ code: 'NothingCorrected', message: '内容、涉及的问题都没有改动，请写明更正什么' }]
        : []),
    ];
  },
  fact: ({ progress }, { commentId, wordingId, issueId, reason }) => {
    const comment = progress.comments.find(({ id }) => id === commentId);
    const isMoved = issueId !== undefined && issueId !== (comment?.issueId ?? null);
    const owed = progress.obligations.filter(({ scope }) => scope?.commentId === commentId);
    return {
      type: 'commentCorrected',
      commentId,
      ...(wordingId !== undefined && { wordingId }),
      ...(isMoved && { issueId }),
      closes: isMoved ? owed.map(({ id }) => id) : [],
      reason,
    };
  },
};

/** The progress after a comment was corrected: of another issue, its answer is owed anew by the same day. */
export function commentCorrected(
  progress: RoundProgress,
  { commentId, issueId, closes }: RoundEvent & RoundFactOf<'commentCorrected'>,
): RoundProgress {
  if (issueId === undefined) return progress;
  const was = progress.obligations.find(({ id }) => closes.includes(id))?.title;
  return {
    ...progress,
    obligations: progress.obligations.filter(({ id }) => !closes.includes(id)),
    comments: progress.comments.map((comment) => {
      if (comment.id !== commentId) return comment;
      const { issueId: _wrong, ...rest } = comment;
      const title = was === undefined || was.endsWith(corrected) ? was : `${was}${corrected}`;
      return { ...rest, ...(title !== undefined && { title }), ...(issueId !== null && { issueId }) };
    }),
  };
}

const corrected = '（更正）';
