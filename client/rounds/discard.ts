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
    await tx.issueSecrecyChange.deleteMany({ where: { issue: { roundId } } });
    await tx.issue.deleteMany({ where: { roundId } });
    await tx.body.deleteMany({ where: { roundId } });
    await tx.policyVersion.deleteMany({ where: { roundId } });
    await tx.round.delete({ where: { id: roundId } });
  });
}

/** What goes with a draft; nothing of it has been taken away. */
export interface DiscardPreview {
  readonly written: 'preview';
  readonly round: string;
  readonly bodies: number;
  readonly issues: number;
  readonly measures: number;
  readonly items: number;
  readonly assignments: number;
  readonly policyVersions: number;
}

/** Counts what goes with a draft. @throws RefusedError as taking it away would be refused */
export async function previewDiscard(ledger: Ledger, roundId: string): Promise<DiscardPreview> {
  return ledger.$transaction(async (tx) => {
    await lockDraft(tx, roundId, '删除');
    const { name } = await tx.round.findUniqueOrThrow({ where: { id: roundId }, select: { name: true } });
    return {
      written: 'preview',
      round: name,
      bodies: await tx.body.count({ where: { roundId } }),
      issues: await tx.issue.count({ where: { roundId } }),
      measures: await tx.measure.count({ where: { issue: { roundId } } }),
      items: await tx.ledgerItem.count({ where: { issue: { roundId } } }),
      assignments: await tx.assignment.count({ where: { roundId } }),
      policyVersions: await tx.policyVersion.count({ where: { roundId } }),
    };
  });
}
