import type { Ledger } from '../../prisma/client.ts';
import { roundRequestRules } from '../../workflows/rules/round/requests.ts';
import { requireNoRefusal } from '../refused-error.ts';
import { listComments } from './comment-list.ts';
import { roundStandpoint } from './round-standpoint.ts';

/** What of a comment of the public (群众意见) the office registered wrongly; what it does not name stands. */
export interface CommentCorrectionOrder {
  readonly commentId: string;
  readonly text?: string;
  /** null: it is about no issue. */
  readonly issueId?: string | null;
  readonly reason: string;
}

/**
 * Keeps the words as they should have been registered, in a row of their own beside the first, if the round's rule will
 * take them. A second call finds them.
 *
 * @returns the row's id, which follows from the request's; undefined where the words are not corrected
 * @throws RefusedError as the correction itself would be refused
 */
export async function keepWording(
  ledger: Ledger,
  roundId: string,
  { text, ...order }: CommentCorrectionOrder & { readonly requestId: string; readonly by: string },
): Promise<string | undefined> {
  const { commentId, requestId } = order;
  const first = await ledger.publicComment.findUnique({ where: { id: commentId, roundId } });
  const stands = (await listComments(ledger, roundId)).find((comment) => comment.commentId === commentId);
  const isOther = text !== undefined && stands !== undefined && text !== stands.text;
  const wordingId = isOther ? `${roundId}-y-${requestId}` : undefined;
  const asked = { ...order, ...(wordingId !== undefined && { wordingId }) };
  requireNoRefusal(roundRequestRules.correctComment.refusals(await roundStandpoint(ledger, roundId), asked));
  if (wordingId === undefined || text === undefined || first === null) return undefined;
  const { issueId, receivedOn, contact } = first;
  await ledger.publicComment.createMany({
    data: { id: wordingId, roundId, issueId, receivedOn, contact, text },
    skipDuplicates: true,
  });
  return wordingId;
}
