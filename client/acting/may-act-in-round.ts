import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { RoundScope } from '../../workflows/rules/round/events.ts';
import { heldAt, heldFor } from '../reading/role-holders.ts';
import { RefusedError } from '../refused-error.ts';
import { absentHolder } from './absent-holder.ts';

interface RoundAct {
  readonly roundId: string;
  readonly now: IsoInstant;
  readonly by: string;
  readonly recordedBy?: string;
  /** What somebody of these roles does: `审定整改方案`. */
  readonly act: string;
  readonly roles: readonly Role[];
  /** What the act is about, where a role is held for that and not for the whole round. */
  readonly scope?: RoundScope;
}

/**
 * Whether this person may do this about the round now: by a role he holds, or for one who holds it and has delegated it
 * to him. Gives the person he stands in for; undefined when he acts for himself.
 *
 * @throws RefusedError `NotYours`, `NotOffice`
 */
export async function mayActInRound(ledger: Ledger, wanted: RoundAct): Promise<string | undefined> {
  const { roundId, now, by, recordedBy, act, roles, scope = {} } = wanted;
  const { issueIds = [], bodyId } = scope;
  // The handlers of a body's issues are its handlers.
  const ofBody = bodyId === undefined ? [] : [{ bodyId }, { issue: { bodyId }, role: 'handler' as const }];
  const known = await ledger.assignment.findMany({
    where: { roundId, OR: [heldFor(roundId, issueIds), ...ofBody], ...heldAt(now) },
    select: { role: true, personId: true, issueId: true, measure: true },
    orderBy: { personId: 'asc' },
  });
  const held = known.filter((one) => isMeant(one, known, scope));
  if (recordedBy !== undefined && !held.some(({ role, personId }) => role === 'office' && personId === recordedBy)) {
    throw new RefusedError('NotOffice', '只有督办办公室可以代录');
  }
  const holders = held.filter(({ role }) => roles.includes(role));
  if (holders.some(({ personId }) => personId === by)) return undefined;
  const handlers = held.filter(({ role }) => role === 'handler').map(({ personId }) => personId);
  const absent = await absentHolder(ledger, holders, { by, now, handlers });
  if (absent !== undefined) return absent;
  throw new RefusedError('NotYours', `只有${roles.map((role) => roleNames[role]).join('、')}可以${act}`);
}

interface Held {
  readonly role: Role;
  readonly issueId: string | null;
  readonly measure: number | null;
}

/** Of an issue of which a unit answers for some measures alone: whoever handles these, else the issue's handler. */
function isMeant({ role, issueId, measure }: Held, known: readonly Held[], { measures = {} }: RoundScope): boolean {
  const own = issueId === null ? undefined : measures[issueId];
  if (own === undefined || role !== 'handler') return true;
  if (measure !== null) return own.includes(measure);
  const handled = known.filter((one) => one.role === role && one.issueId === issueId);
  return own.some((number) => handled.every((one) => one.measure !== number));
}
