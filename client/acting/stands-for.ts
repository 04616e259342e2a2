import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';

/** The person, and everybody for whom he may be standing in (委托), also through others. */
export async function standsFor(ledger: Ledger, personId: string, now: IsoInstant): Promise<string[]> {
  const delegations = await ledger.delegation.findMany({
    where: {
      OR: [{ revokedAt: null }, { revokedAt: { gt: now } }],
      ...{ fromAt: { lte: now }, untilAt: { gt: now } },
    },
    select: { fromPersonId: true, toPersonId: true },
  });
  const found = new Set([personId]);
  // A set that grows while it is walked is walked to its end.
  for (const id of found) {
    for (const { fromPersonId, toPersonId } of delegations) if (toPersonId === id) found.add(fromPersonId);
  }
  return [...found];
}
