import type { Ledger } from '../../prisma/client.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { dayOf, type IsoDate, type IsoInstant, startOfDay } from '../../workflows/rules/instants.ts';
import { type KeptReadings, type OfRound, readAnew } from '../live/kept-readings.ts';
import { type Clocks, readClocks, shownClock } from './clocks.ts';
import { type ComingDay, comingDays, comingSpan, readComingLines } from './coming-mails.ts';
import { countDuties, type Duties, readDuties } from './duties.ts';
import type { LightCounts } from './issue-counts.ts';
import { readRoundFigures } from './round-figures.ts';
import { type RoundSummary, roundFields, summaryOf, type UnitLights, unitLights } from './round-summary.ts';
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

/**
 * Reads the overview of one clock: the one asked for, else the real one if it has a round, else the last drill's.
 *
 * @param kept where figures of rounds of which nothing has changed since are kept; without it all are counted anew
 */
export async function readOverview(
  ledger: Ledger,
  {
    clockId: wanted,
    kept = readAnew,
  }: { clockId?: string | undefined; kept?: Pick<KeptReadings, 'ofRounds'> | undefined } = {},
): Promise<Overview> {
  const [clocks, all, drills] = await Promise.all([
    readClocks(ledger),
    ledger.round.findMany({ select: { ...roundFields, createdAt: true }, orderBy: { createdAt: 'desc' } }),
    readDrills(ledger),
  ]);
  const clockId = shownClock(all, wanted);
  const now = clocks.now(clockId);
  const today = dayOf(now);
  const rows = all.filter((round) => round.clockId === clockId);
  const span = comingSpan(now);
  const keeper = keeperOf(rows, kept, today);
  const [figuresOf, duties, comingOf, traffic] = await Promise.all([
    keeper('figures', (ids) =>
      readRoundFigures(
        ledger,
        ids.map((id) => ({ id, now, today })),
      ),
    ),
    readDuties(ledger, clockId, now),
    keeper('coming', (ids) => readComingLines(ledger, clockId, ids, span)),
    readTraffic(ledger, clockId, { since: startOfDay(today), now }),
  ]);
  const rounds = rows.map((round) => summaryOf(round, figuresOf(round.id), now));
  return {
    clockId,
    now,
    today,
    duties,
    dutyCount: countDuties(duties),
    rounds,
    units: summed(rounds),
    lights: lightsOf(rounds),
    coming: comingDays(rows.flatMap(({ id }) => comingOf(id))),
    comingFrom: span.from,
    calendar: rows.map(({ id }) => figuresOf(id).rules?.calendar).find((known) => known !== undefined) ?? null,
    traffic,
    drills: drills.map((drill) => drillSummary(drill, clocks)),
  };
}

/** A draft is changed by whoever has it before him, who tells nobody: it is read anew. */
function keeperOf(
  rounds: readonly { readonly id: string; readonly state: string }[],
  kept: Pick<KeptReadings, 'ofRounds'>,
  today: IsoDate,
) {
  const idsOf = (which: 'drafts' | 'others') =>
    rounds.flatMap(({ id, state }) => ((state === 'draft') === (which === 'drafts') ? id : []));
  const [drafts, others] = [idsOf('drafts'), idsOf('others')];
  return async <Reading>(name: string, read: (ids: readonly string[]) => Promise<OfRound<Reading>>) => {
    if (drafts.length === 0) return kept.ofRounds(name, { ids: others, today }, read);
    const [ofDraft, ofOther] = await Promise.all([
      readAnew.ofRounds(name, { ids: drafts, today }, read),
      kept.ofRounds(name, { ids: others, today }, read),
    ]);
    return (id: string) => (drafts.includes(id) ? ofDraft(id) : ofOther(id));
  };
}

/** Drills, the last one first. */
export async function readDrillSummaries(ledger: Ledger): Promise<DrillSummary[]> {
  const [clocks, drills] = await Promise.all([readClocks(ledger), readDrills(ledger)]);
  return drills.map((drill) => drillSummary(drill, clocks));
}

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

export function lightsOf(rounds: readonly RoundSummary[]): LightCounts {
  const sum = (colour: keyof LightCounts) => rounds.reduce((count, { lights }) => count + lights[colour], 0);
  return { red: sum('red'), yellow: sum('yellow'), green: sum('green'), none: sum('none') };
}

/** The units of several rounds together: the same unit in two rounds is one row. */
function summed(rounds: readonly RoundSummary[]): UnitLights[] {
  return unitLights(rounds.flatMap(({ units }) => units.map(({ unit, lights }) => ({ unit, ...lights }))));
}
