import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { whoseWords } from '../acting/whose-words.ts';
import { heldAt, heldFor } from '../reading/role-holders.ts';

interface LineHeld {
  readonly issueId: string;
  readonly roundId: string;
  readonly personId: string;
  readonly role: Role | null;
  /** The measures it is about; empty for the issue as a whole. */
  readonly measures: readonly number[];
  /** For whom he stood in when he was written to; null when for nobody. */
  readonly onBehalfOf: string | null;
  readonly now: IsoInstant;
}

/** Whether who was written to may still speak for the role by which he was: his own, or by a delegation that runs. */
export async function holdsLine(ledger: Ledger, line: LineHeld): Promise<'held' | 'passedOn'> {
  const { issueId, roundId, personId, role, measures, onBehalfOf, now } = line;
  if (onBehalfOf !== null) {
    const { forHandler, forOther } = await whoseWords(ledger, { issueId, roundId, personId, now });
    return [forHandler, forOther].includes(onBehalfOf) ? 'held' : 'passedOn';
  }
  if (role === null) return 'held';
  const own = await ledger.assignment.findMany({
    where: { personId, role, ...heldFor(roundId, [issueId]), ...heldAt(now) },
    select: { measure: true },
  });
  const fits = own.some(({ measure }) => measure === null || measures.length === 0 || measures.includes(measure));
  return fits ? 'held' : 'passedOn';
}
