import { standsFor } from '../../workflows/rules/delegation.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { compared } from '../../workflows/rules/compared.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { readClocks } from './clocks.ts';
import { findPersonId } from './find.ts';
import { readAttested } from './leader-attested.ts';
import { type ClimbingLine, climbingDays, readClimbing } from './leader-climbing.ts';
import { litIssue, type LitIssueReading } from './leader-lights.ts';
import {
  type HeldScope,
  type LeaderIssue,
  leaderIssueFields,
  type LeaderRoles,
  leaderRoles,
  leadingRoles,
  readDelegations,
  scopeWords,
} from './leader-roles.ts';
import { leaderUnits, type LeaderUnit, shownRate } from './leader-units.ts';
import { type RunningIssue, waitingFor, type WaitingItem } from './leader-waiting.ts';
import { type StandInReading, standInsOf } from './leader-stand-ins.ts';
import { heldAt, readRoleHolders } from './role-holders.ts';
import { storedIssue } from './stored.ts';
import { shortRoleNames } from './words.ts';

/** What one leader has to know this week, of the rounds of his clock; by the roles that he holds now. */
export interface LeaderReading {
  readonly person: { readonly id: string; readonly name: string; readonly unit: string; readonly position: string };
  readonly clockId: string;
  readonly now: IsoInstant;
  readonly today: IsoDate;
  /** The answer in one line: `3项红灯，1件等您审核`. */
  readonly title: string;
  readonly roles: readonly string[];
  readonly standIns: readonly StandInReading[];
  readonly counts: {
    readonly red: number;
    readonly yellow: number;
    readonly green: number;
    /** Closed, of all that are to be closed. */
    readonly done: number;
    readonly of: number;
  };
  readonly waiting: readonly WaitingItem[];
  /** Red ones that have been red longest first. */
  readonly red: readonly LitIssueReading[];
  readonly yellow: readonly LitIssueReading[];
  /** Codes of the green ones, of which nothing is asked of him. */
  readonly green: readonly string[];
  readonly climbing: readonly ClimbingLine[];
  /** How many days ahead that looks. */
  readonly climbingDays: number;
  readonly units: readonly LeaderUnit[];
}

/**
 * Reads it in a fixed number of questions, however many issues there are, and only of issues that he holds a role for or
 * stands in for. Texts of findings and measures are not read.
 *
 * @param ref a person's id, mail address or name
 * @throws RefusedError `UnknownPerson`, `AmbiguousPerson`
 */
export async function readLeader(ledger: Ledger, ref: string): Promise<LeaderReading> {
  const [clocks, person] = await Promise.all([
    readClocks(ledger),
    findPersonId(ledger, ref).then((id) =>
      ledger.person.findUniqueOrThrow({
        where: { id },
        select: { id: true, name: true, unit: true, position: true, scope: true },
      }),
    ),
  ]);
  const { scope: clockId, ...named } = person;
  const now = clocks.now(clockId);
  const today = dayOf(now);
  const { delegations, names } = await readDelegations(ledger, { clockId, now });
  const held = await ledger.assignment.findMany({
    where: {
      personId: { in: standsFor(delegations, person.id, now) },
      role: { in: [...leadingRoles] },
      round: { clockId, state: 'launched' },
      ...heldAt(now),
    },
    select: {
      roundId: true,
      issueId: true,
      bodyId: true,
      role: true,
      personId: true,
      round: { select: { name: true } },
      body: { select: { name: true } },
    },
    orderBy: [{ role: 'asc' }, { roundId: 'asc' }],
  });
  const roundIds = [...new Set(held.map(({ roundId }) => roundId))];
  const [issues, holders] = await Promise.all([
    ledger.issue.findMany({
      where: within(held),
      select: leaderIssueFields,
      orderBy: [{ roundId: 'asc' }, { number: 'asc' }],
    }),
    readRoleHolders(
      ledger,
      roundIds.map((id) => ({ id, now })),
    ),
  ]);
  const roles = leaderRoles(holders, delegations, names, now);
  const his = issues.flatMap((issue) => hisRunning(issue, roles, person.id));
  const running = his.map(({ one }) => one);
  const [climbing, attested] = await Promise.all([
    readClimbing(ledger, clocks, { personId: person.id, clockId, now, roundIds, issues: within(held), running }),
    readAttested(ledger, running),
  ]);
  const lights = his.map(({ one, onBehalfOf }) => litIssue(one, roles, now, onBehalfOf));
  const of = (colour: string) => lights.filter(({ light }) => light.colour === colour);
  const red = of('red').sort((one, other) => compared(one.redSince ?? '', other.redSince ?? ''));
  const waiting = waitingFor(person.id, running, roles, today, attested);
  const rate = shownRate(running);
  return {
    person: named,
    clockId,
    now,
    today,
    title: titleOf(running.length, red.length, waiting),
    roles: roleWords(held.filter(({ personId }) => personId === person.id)),
    standIns: standInsOf(person.id, delegations, names, now),
    counts: { red: red.length, yellow: of('yellow').length, green: of('green').length, done: rate.done, of: rate.of },
    waiting,
    red,
    yellow: of('yellow').sort((one, other) => compared(one.light.dueOn ?? '', other.light.dueOn ?? '')),
    green: of('green')
      .filter(({ issueId }) => waiting.every((item) => item.issueId !== issueId))
      .map(({ code }) => code),
    climbing,
    climbingDays,
    units: leaderUnits(running, now, today),
  };
}

/** Issues for which something is held, for a body of which, or for the round of which. */
function within(
  held: readonly { readonly roundId: string; readonly issueId: string | null; readonly bodyId: string | null }[],
): Prisma.IssueWhereInput {
  const wide = held.filter(({ issueId, bodyId }) => issueId === null && bodyId === null);
  return {
    OR: [
      { id: { in: held.flatMap(({ issueId }) => issueId ?? []) } },
      { bodyId: { in: held.flatMap(({ bodyId }) => bodyId ?? []) } },
      { roundId: { in: wide.map(({ roundId }) => roundId) } },
    ],
  };
}

/** The issue if it is his: what is held for the issue goes before what is held for its body or for the round. */
function hisRunning(
  issue: LeaderIssue,
  roles: LeaderRoles,
  personId: string,
): { readonly one: RunningIssue; readonly onBehalfOf: string | null }[] {
  const stored = storedIssue(issue);
  const his = roles.leading(issue).filter(({ person }) => person.id === personId);
  const [first] = his;
  if (stored === undefined || first === undefined) return [];
  const isOwn = his.some(({ onBehalfOf }) => onBehalfOf === null);
  return [{ one: { issue, ...stored }, onBehalfOf: isOwn ? null : (first.onBehalfOf?.name ?? null) }];
}

function titleOf(issues: number, red: number, waiting: readonly WaitingItem[]): string {
  const verbs = new Set(waiting.map(({ verb }) => verb));
  const [verb] = verbs;
  const parts = [
    ...(red > 0 ? [`${String(red)}项红灯`] : []),
    ...(verb === undefined ? [] : [`${String(waiting.length)}件等您${verbs.size === 1 ? verb : '办理'}`]),
  ];
  if (parts.length > 0) return parts.join('，');
  return issues === 0 ? '眼下没有由您负责的问题' : '没有红灯，没有等您办的事';
}

/** `责任领导（岭南市城管局巡察整改，3项）`, each role of each round once. */
function roleWords(
  held: readonly (HeldScope & { readonly role: Role; readonly round: { readonly name: string } })[],
): string[] {
  const together = groupBy(held, ({ role, round }) => `${shortRoleNames[role]}（${round.name}`);
  return [...together].map(([key, same]) => `${key}，${scopeWords(same)}）`);
}
