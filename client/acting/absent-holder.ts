import type { Ledger } from '../../prisma/client.ts';
import { standIn } from '../../workflows/rules/delegation.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';

/** The holder for whom this person stands in now (委托); undefined when he stands in for none of them. */
export async function absentHolder(
  ledger: Ledger,
  holders: readonly string[],
  { by, now }: { readonly by: string; readonly now: IsoInstant },
): Promise<string | undefined> {
  const windows = await ledger.delegation.findMany({
    where: { revokedAt: null, fromAt: { lte: now }, untilAt: { gt: now } },
  });
  const delegations = windows.map(({ fromPersonId, toPersonId, fromAt, untilAt }) => ({
    from: fromPersonId,
    to: toPersonId,
    fromAt: fromAt.toISOString(),
    untilAt: untilAt.toISOString(),
  }));
  return holders.find((holder) => standIn(delegations, holder, now, new Set()).personId === by);
}
