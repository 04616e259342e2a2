import type { Prisma } from '../../prisma/generated/client.ts';
import { RefusedError } from '../refused-error.ts';

/**
 * Locks a draft until the transaction ends, so that of two changes at once the second sees the first. Once any issue
 * has been launched, nothing of the round's make-up changes.
 *
 * @param act what is done only to drafts: `删除`
 * @throws RefusedError `UnknownRound`, `Launched`
 */
export async function lockDraft(tx: Prisma.TransactionClient, roundId: string, act: string): Promise<void> {
  const [round] = await tx.$queryRaw<{ state: string; launched: boolean }[]>`
    SELECT r.state::text, EXISTS (SELECT 1 FROM "Issue" i WHERE i."roundId" = r.id AND i.terms IS NOT NULL) AS launched
    FROM "Round" r WHERE r.id = ${roundId} FOR UPDATE`;
  if (round === undefined) throw new RefusedError('UnknownRound', '没有这个轮次');
  if (round.state !== 'draft' || round.launched)
    throw new RefusedError('Launched', `这个轮次已经交办，不能${act}；只有草稿可以${act}`);
}
