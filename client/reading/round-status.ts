import { conditionOfSight, everything, issuesInSight, seesWhole, type Sight } from '../access/sight.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import type { Policy, PolicyPhase, Role } from '../../workflows/rules/policy.ts';
import { RefusedError } from '../refused-error.ts';
import { readClocks } from './clocks.ts';
import { type BurnDown, readBurnDown } from './burn-down.ts';
import { type ComingDay, comingDays, comingSpan, readComingLines } from './coming-mails.ts';
import { heldAt, personFields, type PersonReading } from './role-holders.ts';
import { readRoundFigures } from './round-figures.ts';
import { type RoundSummary, roundFields, summaryOf } from './round-summary.ts';
import { shortRoleNames } from './words.ts';

/** A person of a round with the roles he holds in it. */
export interface RoundPerson extends PersonReading {
  readonly roles: readonly {
    readonly role: Role;
    readonly roleName: string;
    /** Held one by one; null for who holds it for the whole round. */
    readonly issues: number | null;
    /** Names of the bodies for all of whose issues he holds it. */
    readonly bodies: readonly string[];
  }[];
}

/** A round (轮次) with all that its page shows beside the list of issues. */
export interface RoundStatus extends RoundSummary {
  readonly bodies: readonly string[];
  readonly noticeFileName: string | null;
  readonly policyVersion: number;
  readonly policyName: string | null;
  readonly calendarVersion: number;
  readonly calendar: Calendar | null;
  /** 阶段 of the policy, as it stands today; they may overlap. Both days are inclusive. */
  readonly stages: readonly (PolicyPhase & { readonly state: 'coming' | 'running' | 'over' })[];
  readonly launchedAt: IsoInstant | null;
  readonly endedAt: IsoInstant | null;
  readonly drillId: string | null;
  readonly people: readonly RoundPerson[];
  /** 问责处理结果 in figures: nobody can be told from them. */
  readonly accountability: { readonly issues: number; readonly persons: number; readonly notPursued: number };
  /** Null for a draft, and for who does not see all of the round. */
  readonly burnDown: BurnDown | null;
  /** From Monday of this week, eight weeks. */
  readonly coming: readonly ComingDay[];
  readonly comingFrom: string;
}

/**
 * Reads one round.
 *
 * @param ref the round's id, or its name where only one round bears it
 * @param sight of whoever sees a part of it: its figures are of that part, and who else is in it and what leaves is left out
 * @throws RefusedError `UnknownRound`
 */
export async function readRoundStatus(ledger: Ledger, ref: string, sight: Sight = everything): Promise<RoundStatus> {
  const round = await findRound(ledger, ref);
  const whole = seesWhole(sight, round) === 'whole';
  const clocks = await readClocks(ledger);
  const now = clocks.now(round.clockId);
  const today = dayOf(now);
  const span = comingSpan(now);
  const seen = conditionOfSight(sight)?.condition;
  const [figuresOf, assignments, policy, comingOf, outcomes, burnDown] = await Promise.all([
    readRoundFigures(ledger, [{ id: round.id, now, today }], seen),
    ledger.assignment.findMany({
      where: { roundId: round.id, ...heldAt(now), ...(seen && assignedInSight(sight, whole ? 'whole' : 'part')) },
      select: { issueId: true, role: true, body: { select: { name: true } }, person: { select: personFields } },
      orderBy: [{ role: 'asc' }, { personId: 'asc' }],
    }),
    ledger.policyVersion.findUnique({
      where: { roundId_version: { roundId: round.id, version: round.policyVersion } },
      select: { body: true },
    }),
    readComingLines(ledger, round.clockId, whole ? [round.id] : [], span, seen),
    ledger.accountabilityOutcome.findMany({
      where: {
        issue: { roundId: round.id, AND: [issuesInSight(sight)] },
        correctedBy: null,
        outcome: { not: 'struck' },
      },
      select: { issueId: true, outcome: true, persons: true },
    }),
    round.launchedAt === null || !whole
      ? null
      : readBurnDown(ledger, round.id, { from: dayOf(round.launchedAt.toISOString()), today }, seen),
  ]);
  const rules = policy?.body as unknown as Policy | undefined;
  const figures = figuresOf(round.id);
  return {
    ...summaryOf(round, figures, now),
    bodies: round.bodies.map(({ name }) => name),
    noticeFileName: round.noticeFileName,
    policyVersion: round.policyVersion,
    policyName: rules?.name ?? null,
    calendarVersion: round.calendarVersion,
    calendar: figures.rules?.calendar ?? null,
    stages: (rules?.phases ?? []).map((phase) => ({
      ...phase,
      state: today < phase.from ? 'coming' : today > phase.to ? 'over' : 'running',
    })),
    launchedAt: round.launchedAt?.toISOString() ?? null,
    endedAt: round.endedAt?.toISOString() ?? null,
    drillId: round.drill?.id ?? null,
    people: peopleOf(assignments),
    accountability: {
      issues: new Set(outcomes.map(({ issueId }) => issueId)).size,
      persons: outcomes.reduce((sum, { persons }) => sum + (persons ?? 0), 0),
      notPursued: outcomes.filter(({ outcome }) => outcome === 'notPursued').length,
    },
    burnDown,
    coming: whole ? comingDays(comingOf(round.id)) : [],
    comingFrom: span.from,
  };
}

/** Who is in a round: of whole sight everybody but those of issues out of it. */
function assignedInSight(sight: Sight, of: 'whole' | 'part'): Prisma.AssignmentWhereInput {
  const ofIssues = { issue: issuesInSight(sight) };
  return of === 'part' ? ofIssues : { OR: [{ issueId: null }, ofIssues] };
}

async function findRound(ledger: Ledger, ref: string) {
  const found = await ledger.round.findMany({
    where: { OR: [{ id: ref }, { name: ref }] },
    select: {
      ...roundFields,
      noticeFileName: true,
      policyVersion: true,
      calendarVersion: true,
      launchedAt: true,
      endedAt: true,
      drill: { select: { id: true } },
    },
  });
  const exact = found.find(({ id }) => id === ref);
  const [first, second] = exact ? [exact] : found;
  if (first === undefined) throw new RefusedError('UnknownRound', `没有“${ref}”这个轮次。`);
  if (second === undefined) return first;
  throw new RefusedError(
    'AmbiguousRound',
    `叫“${ref}”的轮次有${String(found.length)}个，请改用编号：${found.map(({ id }) => id).join('、')}。`,
  );
}

function peopleOf(
  assignments: readonly {
    issueId: string | null;
    role: Role;
    body: { name: string } | null;
    person: PersonReading;
  }[],
): RoundPerson[] {
  type Held = { whole: boolean; issues: Set<string>; bodies: Set<string> };
  const people = new Map<string, { person: PersonReading; roles: Map<Role, Held> }>();
  for (const { issueId, role, body, person } of assignments) {
    const entry = people.get(person.id) ?? { person, roles: new Map<Role, Held>() };
    people.set(person.id, entry);
    const held = entry.roles.get(role) ?? { whole: false, issues: new Set<string>(), bodies: new Set<string>() };
    entry.roles.set(role, held);
    if (issueId !== null) held.issues.add(issueId);
    else if (body !== null) held.bodies.add(body.name);
    else held.whole = true;
  }
  return [...people.values()].map(({ person, roles }) => ({
    ...person,
    roles: [...roles].map(([role, { whole, issues, bodies }]) => ({
      role,
      roleName: shortRoleNames[role],
      issues: whole ? null : issues.size,
      bodies: [...bodies],
    })),
  }));
}
