import type { Ledger } from '../../prisma/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import { mayActInRound } from '../acting/may-act-in-round.ts';

/**
 * Asks whether this person may change who holds a role for a whole round, or for one of its bodies, whether or not any
 * issue is under way that it is about.
 *
 * @throws RefusedError `NotYours`
 */
export async function mayChangeRole(
  ledger: Ledger,
  { roundId, bodyId }: { readonly roundId: string; readonly bodyId: string | null },
  by: string,
): Promise<void> {
  const { clockId } = await ledger.round.findUniqueOrThrow({ where: { id: roundId }, select: { clockId: true } });
  const now = await businessNow(ledger, clockId);
  const scope = bodyId === null ? {} : { bodyId };
  await mayActInRound(ledger, { roundId, now, by, act: '移交', roles: ['office'], scope });
}
