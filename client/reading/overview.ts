import type { Ledger } from '../../prisma/client.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import {
  addDays,
  dayOf,
  type IsoDate,
  type IsoInstant,
  startOfDay,
  weekdayOf,
} from '../../workflows/rules/instants.ts';
import { type Clocks, readClocks } from './clocks.ts';
import { type ComingDay, readComingMails } from './coming-mails.ts';
import { type Duties, readDuties } from './duties.ts';
import {
  byRed,
  type RoundSummary,
  roundFields,
  summaryIssueFields,
  summaryOf,
  type UnitLights,
} from './round-summary.ts';
import { type LightCounts, noLights } from './issue-counts.ts';
import { storedIssue } from './stored.ts';
import { type Traffic, readTraffic } from './traffic.ts';

/** A drill (演练) in one row. */
export interface DrillSummary {
  readonly id: string;
  readonly roundId: string;
  readonly roundName: string;
  readonly staff: string;
  readonly secondsPerDay: number;
  readonly today: IsoDate;
  readonly state: 'running' | 'ended';
}

/** What the office sees first: what it owes, how things stand, what will leave. All of one clock. */
export interface Overview {
  readonly clockId: string;
  readonly now: IsoInstant;
  readonly today: IsoDate;
  readonly duties: Duties;
  readonly dutyCount: number;
  readonly rounds: readonly RoundSummary[];
  readonly units: readonly UnitLights[];
  /** Of all issues, each once. */
  readonly lights: LightCounts;
  /** From Monday of this week, eight weeks. */
  readonly coming: readonly ComingDay[];
  readonly comingFrom: IsoDate;
  readonly calendar: Calendar | null;
  readonly traffic: Traffic;
  readonly drills: readonly DrillSummary[];
}

const weeksAhead = 8;

/**
 * Reads the overview of one clock: the one asked for, else the real one if it has a round, else the last drill's.
 */
export async function readOverview(ledger: Ledger, { clockId: wanted }: { clockId?: string } = {}): Promise<Overview> {
  const [clocks, all, drills] = await Promise.all([
    readClocks(ledger),
    ledger.round.findMany({ select: { ...roundFields, createdAt: true }, orderBy: { createdAt: 'desc' } }),
    readDrills(ledger),
  ]);
  const clockId = wanted ?? (all.some((round) => round.clockId === 'real') ? 'real' : (all[0]?.clockId ?? 'real'));
  const now = clocks.now(clockId);
  const today = dayOf(now);
  const rows = all.filter((round) => round.clockId === clockId);
  const comingFrom = addDays(today, -((weekdayOf(today) + 6) % 7));
  const [issues, duties, coming, traffic] = await Promise.all([
    ledger.issue.findMany({ where: { round: { clockId } }, select: summaryIssueFields }),
    readDuties(ledger, clockId, now),
    readComingMails(ledger, { clockId, now, from: comingFrom, to: addDays(comingFrom, weeksAhead * 7 - 1) }),
    readTraffic(ledger, clockId, { since: startOfDay(today), now }),
  ]);
  const rounds = rows.map((round) =>
    summaryOf(
      round,
      issues.filter(({ roundId }) => roundId === round.id),
      clocks.now(round.clockId),
    ),
  );
  return {
    clockId,
    now,
    today,
    duties,
    dutyCount: countDuties(duties),
    rounds,
    units: summed(rounds),
    lights: lightsOf(rounds),
    coming,
    comingFrom,
    calendar: issues.map(storedIssue).find((issue) => issue !== undefined)?.terms.calendar ?? null,
    traffic,
    drills: drills.map((drill) => drillSummary(drill, clocks)),
  };
}

function countDuties(duties: Duties): number {
  const { closures, proposals, lookBacks, unverified, unreachable, prints } = duties;
  return [closures, proposals, lookBacks, unverified, unreachable, prints].reduce((sum, { length }) => sum + length, 0);
}

/** Drills, the last one first. */
async function readDrills(ledger: Ledger) {
  return ledger.drill.findMany({
    select: {
      id: true,
      roundId: true,
      staff: true,
      secondsPerDay: true,
      endedAt: true,
      round: { select: { name: true } },
    },
    orderBy: { startedAt: 'desc' },
    take: 20,
  });
}

function drillSummary(drill: Awaited<ReturnType<typeof readDrills>>[number], clocks: Clocks): DrillSummary {
  const { id, roundId, staff, secondsPerDay, endedAt, round } = drill;
  const state = endedAt === null ? 'running' : 'ended';
  return { id, roundId, roundName: round.name, staff, secondsPerDay, today: clocks.today(id), state };
}

function lightsOf(rounds: readonly RoundSummary[]): LightCounts {
  const sum = (colour: keyof LightCounts) => rounds.reduce((count, { lights }) => count + lights[colour], 0);
  return { red: sum('red'), yellow: sum('yellow'), green: sum('green'), none: sum('none') };
}

/** The units of several rounds together: the same unit in two rounds is one row. */
function summed(rounds: readonly RoundSummary[]): UnitLights[] {
  const units = new Map<string, ReturnType<typeof noLights>>();
  for (const { unit, lights } of rounds.flatMap((round) => round.units)) {
    const of = units.get(unit) ?? noLights();
    units.set(unit, of);
    of.red += lights.red;
    of.yellow += lights.yellow;
    of.green += lights.green;
  }
  return [...units]
    .map(([unit, lights]) => ({ unit, lights, open: lights.red + lights.yellow + lights.green }))
    .sort(byRed);
}
