import type { Ledger } from '../../prisma/client.ts';
import type { Delegation } from '../../workflows/rules/delegation.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { toDelegation } from '../reading/line-readers.ts';

/** The delegations (委托) that hold at the moment. */
export async function readRunningDelegations(
  ledger: Pick<Ledger, 'delegation'>,
  now: IsoInstant,
): Promise<Delegation[]> {
  const rows = await ledger.delegation.findMany({
    where: { OR: [{ revokedAt: null }, { revokedAt: { gt: now } }], fromAt: { lte: now }, untilAt: { gt: now } },
  });
  return rows.map(toDelegation);
}
