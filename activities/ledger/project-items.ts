import type { LedgerTransaction } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';

/** Projects where the sub-ledger's items (子台账条目) stand now; only what has changed is written. */
export async function projectItems(
  tx: LedgerTransaction,
  before: IssueProgress,
  { items = [], phaseSince, itemsInSince }: IssueProgress,
  at: IsoInstant | undefined,
): Promise<void> {
  if (items === before.items) return;
  const known = new Map((before.items ?? []).map((item) => [item.id, item]));
  for (const item of items) {
    const { id, state, askedAt } = item;
    const earlier = known.get(id);
    if (earlier === item || (earlier?.state === state && earlier.askedAt === askedAt)) continue;
    await tx.ledgerItem.updateMany({
      where: { id },
      data: {
        state,
        askedAt: askedAt ?? null,
        leftAt: state === 'left' ? (at ?? null) : null,
        ...(earlier === undefined && { enteredAt: itemsInSince ?? phaseSince }),
      },
    });
  }
}
