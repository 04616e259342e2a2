import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { heldAt, heldFor } from '../reading/role-holders.ts';
import { absentHolder } from './absent-holder.ts';

/** Whose words a person's are about an issue. */
export interface WhoseWords {
  /** His own roles; empty when he has none. */
  readonly roles: readonly Role[];
  /** The handler for whom he stands in (委托), when he is none himself: what he says is that handler's. */
  readonly forHandler?: string;
  /** The holder of any other role for whom he stands in. */
  readonly forOther?: string;
}

/** By what a person speaks about an issue at a moment: by a role of his own, or for one who is away (委托). */
export async function whoseWords(
  ledger: Ledger,
  { issueId, roundId, personId, now }: { issueId: string; roundId: string; personId: string; now: IsoInstant },
): Promise<WhoseWords> {
  const holders = await ledger.assignment.findMany({
    where: { ...heldFor(roundId, [issueId]), ...heldAt(now) },
    select: { role: true, personId: true },
    orderBy: { personId: 'asc' },
  });
  const roles = holders.filter((one) => one.personId === personId).map(({ role }) => role);
  if (roles.includes('handler')) return { roles };
  const isHandler = ({ role }: { role: Role }) => role === 'handler';
  const handlers = holders.filter(isHandler);
  const acts = { by: personId, now, handlers: handlers.map((one) => one.personId) };
  const [forHandler, forOther] = await Promise.all([
    absentHolder(ledger, handlers, acts),
    absentHolder(
      ledger,
      holders.filter((one) => !isHandler(one)),
      acts,
    ),
  ]);
  return { roles, ...(forHandler !== undefined && { forHandler }), ...(forOther !== undefined && { forOther }) };
}
