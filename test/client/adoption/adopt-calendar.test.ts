import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adoptCalendar, previewCalendar } from '../../../client/adoption/adopt-calendar.ts';
import { publishCalendar } from '../../../client/calendar/publish-calendar.ts';
import { sliceOf } from '../../../workflows/rules/calendar.ts';
import { addDays, at, type IsoDate, weekdayOf } from '../../../workflows/rules/instants.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';
import { cast } from '../../support/cast.ts';
import { holidayYearFor, sample2027 } from '../calendar/holidays.ts';
import { AdoptionWorld } from './adoption-world.ts';

const office = { by: cast.wang, source: 'commandLine' };
const year = holidayYearFor(sample2027);
let world: AdoptionWorld;

beforeAll(async () => {
  world = await AdoptionWorld.create();
  await world.launch(2, {
    launchedAt: at('2026-10-12', '08:00'),
    deadline: '2027-03-05',
    measures: [
      { number: 1, deadline: '2027-02-26' },
      { number: 2, deadline: '2027-03-05' },
      { number: 3, deadline: '2026-11-20' },
    ],
    calendar: sliceOf(bundledCalendar, '2026-08-13', '2029-10-12'),
  });
  await world.advance(at('2026-12-02', '10:00'));
}, 120_000);
afterAll(async () => {
  await world.close();
});

const doors = () => ({ ledger: world.ledger, issues: world.issues, rounds: world.rounds });

/** Days off and weekends worked as two plain lists, so that nothing of the calendar's own counting is used. */
interface PlainDays {
  readonly off: ReadonlySet<IsoDate>;
  readonly worked: ReadonlySet<IsoDate>;
}

const without2027: PlainDays = { off: new Set(bundledCalendar.daysOff), worked: new Set(bundledCalendar.makeUpDays) };
const with2027: PlainDays = {
  off: new Set([...bundledCalendar.daysOff, ...year.daysOff]),
  worked: new Set([...bundledCalendar.makeUpDays, ...year.makeUpDays]),
};

function isWorked({ off, worked }: PlainDays, day: IsoDate): boolean {
  return worked.has(day) || (weekdayOf(day) % 6 !== 0 && !off.has(day));
}

function step(days: PlainDays, from: IsoDate, workdays: number): IsoDate {
  let day = from;
  for (let left = Math.abs(workdays); left > 0; left -= isWorked(days, day) ? 1 : 0)
    day = addDays(day, Math.sign(workdays));
  return day;
}

/** The days of a rung from the row's own words about itself, day by day. */
function daysOfRung(days: PlainDays, { dueOn, workdays, repeatEveryWorkdays }: Because, count: number): IsoDate[] {
  let day = dueOn;
  if (workdays <= 0) while (!isWorked(days, day)) day = addDays(day, -1);
  const all = [step(days, day, workdays)];
  while (repeatEveryWorkdays !== undefined && all.length < count)
    all.push(step(days, all.at(-1)!, repeatEveryWorkdays));
  return all;
}

interface Because {
  readonly dueOn: IsoDate;
  readonly from: 'due' | 'opened';
  readonly workdays: number;
  readonly repeatEveryWorkdays?: number;
}

/** Lines that repeat without end are written five months ahead. */
const writtenThrough = '2027-05-01';

/** Which planned rows the year moves, and where to, counted from the rows alone. */
async function expectedMoves(): Promise<string[]> {
  const rows = await world.ledger.outboxRow.findMany({
    where: { roundId: world.roundId, kind: 'reminder', state: 'planned' },
    select: { key: true, because: true },
  });
  return rows.flatMap(({ key, because }) => {
    const reason = because as unknown as Because;
    const place = key.slice(0, -'/2027-01-01'.length);
    const day = key.slice(-10);
    const before = daysOfRung(without2027, reason, 60);
    const after = daysOfRung(with2027, reason, 60);
    const ordinal = before.indexOf(day);
    if (reason.from !== 'due' || ordinal < 0) throw new Error(`${key} is counted otherwise`);
    return after[ordinal] === day ? [] : [`${place}: ${day} → ${after[ordinal]!}`];
  });
}

describe('the next year is published in the middle of a round', () => {
  let expected: string[] = [];

  test('publishing alone moves nothing', async () => {
    const before = await world.planned();
    expected = await expectedMoves();
    const published = await publishCalendar(world.ledger, { year, source: '样例', mode: 'write' });

    expect(published).toMatchObject({ written: 'yes', version: 2 });
    expect(published.provisionalRows).toBeGreaterThan(0);
    expect(await world.planned()).toEqual(before);
  });

  test('a preview names exactly the reminders that an independent count moves, and why', async () => {
    const { rounds, version } = await previewCalendar(world.ledger, undefined, { clockId: world.drillId });

    expect(version).toBe(2);
    const [round] = rounds;
    const moves = round!.move.map(({ from, to }) => `${from.key.slice(0, -11)}: ${from.plannedOn} → ${to.plannedOn}`);
    const isWritten = (move: string) => move.slice(-10) <= writtenThrough;
    expect(moves.sort()).toEqual(expected.filter(isWritten).sort());
    expect(round!.later.map(({ key }) => `${key.slice(0, -11)}: ${key.slice(-10)}`).sort()).toEqual(
      expected
        .filter((move) => !isWritten(move))
        .map((move) => move.slice(0, -' → 2027-01-01'.length))
        .sort(),
    );
    expect(round).toMatchObject({ vanish: [], appear: [] });
    expect(moves.length).toBeGreaterThan(20);
    expect(round).toMatchObject({ issues: 2, already: 0, proposalsSilenced: 0, alter: [] });
    const first = round!.move.find(({ from }) => from.code === 'CS-01' && from.rungId === 'before-10');
    expect(first!.words).toBe(
      '2027-02-13由周末休息改为调休上班，CS-01 措施1佐证到期前第10个工作日，提醒，责任人：2月12日(周五)→2月13日(周六)',
    );
    const festival = round!.move.find(({ because }) => because.includes('放假（春节）'));
    expect(festival!.because).toMatch(/2027-02-\d\d等\d天由上班改为放假（春节）/u);
    expect(round!.move.every(({ because }) => because.startsWith('2027-'))).toBe(true);
  });

  test('adopting moves exactly these, keeps the days that were given, and leaves what was sent', async () => {
    const before = await world.planned();
    const sent = await world.sent();
    const { rounds } = await previewCalendar(world.ledger, undefined, { clockId: world.drillId });
    const { move, vanish, appear, later } = rounds[0]!;

    const adopted = await adoptCalendar(doors(), undefined, office, { clockId: world.drillId });

    expect(adopted).toMatchObject({ version: 2, state: 'adopted' });
    expect(adopted.rounds[0]!.outcomes.map(({ outcome }) => outcome)).toEqual(['adopted', 'adopted']);
    expect(adopted.rounds[0]!.moved).toEqual(move);
    const gone = new Set([...vanish, ...later, ...move.map(({ from }) => from)].map(({ key }) => key));
    const come = [...appear, ...move.map(({ to }) => to)].map(({ key }) => key);
    expect(await world.planned()).toEqual([...new Set([...before.filter((key) => !gone.has(key)), ...come])].sort());
    expect(await world.sent()).toEqual(sent);
    const owed = await world.ledger.obligation.findMany({
      where: { issueId: `${world.roundId}-i1`, kind: 'evidence', closedAt: null },
      orderBy: { measure: 'asc' },
    });
    expect(owed.map(({ dueOn }) => dueOn.toISOString().slice(0, 10))).toEqual([
      '2027-02-26',
      '2027-03-05',
      '2026-11-20',
    ]);
    expect(await world.ledger.round.findUnique({ where: { id: world.roundId } })).toMatchObject({ calendarVersion: 2 });
  }, 60_000);

  test('adopting once more moves nothing, and real rounds are another matter', async () => {
    const before = await world.planned();
    const again = await adoptCalendar(doors(), 2, office, { clockId: world.drillId });
    expect(again.rounds[0]!.outcomes.map(({ outcome }) => outcome)).toEqual(['already', 'already']);
    expect(again.rounds[0]!.moved).toEqual([]);
    expect(await world.planned()).toEqual(before);
    expect(await previewCalendar(world.ledger)).toEqual({ version: 2, rounds: [] });
    await expect(previewCalendar(world.ledger, 7)).rejects.toMatchObject({ code: 'UnknownCalendar' });
  });
});
