import type { Ledger } from '../../prisma/client.ts';
import { RefusedError } from '../refused-error.ts';

/**
 * Takes a draft away, with all that was read and assigned in it. A round that has been launched is never taken away.
 *
 * @throws RefusedError `Launched`
 */
export async function discardDraft(ledger: Ledger, roundId: string): Promise<void> {
  await ledger.$transaction(async (tx) => {
    const [round] = await tx.$queryRaw<{ state: string; launched: boolean }[]>`
      SELECT r.state::text, EXISTS (SELECT 1 FROM "Issue" i WHERE i."roundId" = r.id AND i.terms IS NOT NULL) AS launched
      FROM "Round" r WHERE r.id = ${roundId} FOR UPDATE`;
    if (round?.state !== 'draft' || round.launched) {
      throw new RefusedError('Launched', '这个轮次已经交办，不能删除；只有草稿可以删除');
    }
    await tx.assignment.deleteMany({ where: { roundId } });
    await tx.ledgerItem.deleteMany({ where: { issue: { roundId } } });
    await tx.accountabilityOutcome.deleteMany({ where: { issue: { roundId } } });
    await tx.issueLink.deleteMany({ where: { issue: { roundId } } });
    await tx.measure.deleteMany({ where: { issue: { roundId } } });
    await tx.issue.deleteMany({ where: { roundId } });
    await tx.body.deleteMany({ where: { roundId } });
    await tx.policyVersion.deleteMany({ where: { roundId } });
    await tx.round.delete({ where: { id: roundId } });
  });
}
