import { everything, roundsInSight, type Sight } from '../access/sight.ts';
import type { Ledger } from '../../prisma/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import { standIn } from '../../workflows/rules/delegation.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { readClocks, shownClock } from './clocks.ts';
import { leaderIssueFields, leaderRoles, readDelegations, scopeWords } from './leader-roles.ts';
import { lightReading } from './light-reading.ts';
import { heldAt, readRoleHolders } from './role-holders.ts';
import { shortRoleNames } from './words.ts';

/** Who leads what, in one row a person. */
export interface LeaderRow {
  readonly personId: string;
  readonly name: string;
  readonly unit: string;
  readonly position: string;
  /** `组长　全轮`, `责任领导　3项`. */
  readonly roles: readonly string[];
  /** As his own page counts them: those for which he stands in, too. */
  readonly red: number;
  /** Who stands in for him now; null when nobody does. */
  readonly standIn: string | null;
}

export interface LeadersReading {
  readonly clockId: string;
  readonly now: IsoInstant;
  readonly today: IsoDate;
  readonly leaders: readonly LeaderRow[];
}

const leading = ['groupHead', 'responsibleLeader'] as const satisfies readonly Role[];

/**
 * Everybody who leads in the launched rounds of a clock, heads of groups first, then by unit and name: nobody is ranked.
 *
 * @param clockId left out, or of no drill in sight: the real clock if it has a round, else the last drill's, as the overview has it
 */
export async function readLeaders(
  ledger: Ledger,
  { clockId: wanted, sight = everything }: { clockId?: string | undefined; sight?: Sight } = {},
): Promise<LeadersReading> {
  const [clocks, rounds] = await Promise.all([
    readClocks(ledger),
    ledger.round.findMany({
      where: roundsInSight(sight),
      select: { id: true, clockId: true, state: true },
      orderBy: { createdAt: 'desc' },
    }),
  ]);
  const seen = wanted === 'real' || rounds.some((round) => round.clockId === wanted) ? wanted : undefined;
  const clockId = shownClock(rounds, seen);
  // In real rounds a leader's page shows what he alone sees: of others it is the office's.
  const himself = clockId === 'real' && sight.real !== 'all' && sight.real !== 'none' ? sight.real.personId : undefined;
  const now = clocks.now(clockId);
  const today = dayOf(now);
  const roundIds = rounds.flatMap(({ id, ...round }) =>
    round.clockId === clockId && round.state === 'launched' ? [id] : [],
  );
  const inRounds = { in: roundIds };
  const [held, overdue, holders, { delegations, names }] = await Promise.all([
    ledger.assignment.findMany({
      where: {
        ...{ roundId: inRounds, role: { in: [...leading] }, ...heldAt(now) },
        ...(himself !== undefined && { personId: himself }),
      },
      select: {
        issueId: true,
        role: true,
        body: { select: { name: true } },
        person: { select: { id: true, name: true, unit: true, position: true } },
      },
      orderBy: [{ person: { unit: 'asc' } }, { person: { name: 'asc' } }, { personId: 'asc' }],
    }),
    ledger.issue.findMany({
      where: { roundId: inRounds, obligations: { some: { closedAt: null, dueOn: { lt: fromIsoDate(today) } } } },
      select: leaderIssueFields,
    }),
    readRoleHolders(
      ledger,
      roundIds.map((id) => ({ id, now })),
    ),
    readDelegations(ledger, { clockId, now }),
  ]);
  const roles = leaderRoles(holders, delegations, names, now);
  const reds = new Map<string, number>();
  for (const issue of overdue.filter((one) => lightReading(one, now).colour === 'red')) {
    const seenBy = new Set(roles.leading(issue).map(({ person }) => person.id));
    for (const id of seenBy) reds.set(id, (reds.get(id) ?? 0) + 1);
  }
  const ids = leading.flatMap((role) => held.filter((one) => one.role === role).map(({ person }) => person.id));
  const leaders = [...new Set(ids)].map((personId): LeaderRow => {
    const own = held.filter(({ person }) => person.id === personId);
    const { name, unit, position } = own[0]!.person;
    const deputy = standIn(delegations, personId, now, new Set()).personId;
    return {
      ...{ personId, name, unit, position },
      roles: [...groupBy(own, ({ role }) => role)].map(
        ([role, same]) => `${shortRoleNames[role]}　${scopeWords(same)}`,
      ),
      red: reds.get(personId) ?? 0,
      standIn: deputy === personId ? null : (names.get(deputy) ?? ''),
    };
  });
  return { clockId, now, today, leaders };
}
