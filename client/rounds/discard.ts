import type { Ledger } from '../../prisma/client.ts';
import { lockDraft } from './draft.ts';

/**
 * Takes a draft away, with all that was read and assigned in it. A round that has been launched is never taken away.
 *
 * @throws RefusedError `UnknownRound`, `Launched`
 */
export async function discardDraft(ledger: Ledger, roundId: string): Promise<void> {
  await ledger.$transaction(async (tx) => {
    await lockDraft(tx, roundId, '删除');
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
