import type { Ledger } from '../../prisma/client.ts';
import { standIn } from '../../workflows/rules/delegation.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { readRunningDelegations } from './running-delegations.ts';

/**
 * The holder for whom this person stands in now (委托); undefined when he stands in for none of them. Nothing above the
 * handler is delegated to a handler of the same issues: nobody judges his own work.
 */
export async function absentHolder(
  ledger: Pick<Ledger, 'delegation'>,
  holders: readonly { readonly personId: string; readonly role: Role }[],
  { by, now, handlers }: { readonly by: string; readonly now: IsoInstant; readonly handlers: readonly string[] },
): Promise<string | undefined> {
  const delegations = await readRunningDelegations(ledger, now);
  const barredFrom = (role: Role) => new Set(role === 'handler' ? [] : handlers);
  return holders.find(({ personId, role }) => standIn(delegations, personId, now, barredFrom(role)).personId === by)
    ?.personId;
}
