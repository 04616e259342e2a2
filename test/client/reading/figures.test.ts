import { beforeAll, describe, expect, test } from 'vitest';
import { readIssueList, readIssuePage, readOverview, readRoundStatus } from '../../../client/reading/index.ts';
import { lightReading } from '../../../client/reading/light-reading.ts';
import { storedIssue } from '../../../client/reading/stored.ts';
import { measuresOfOthers } from '../../../client/reading/units.ts';
import { addDays, at } from '../../../workflows/rules/instants.ts';
import type { Light } from '../../../workflows/rules/lights.ts';
import { testLedger } from '../../support/servers.ts';
import { bureauInMarch } from '../pages/told-world.ts';
import { ToldRound } from './builder.ts';

const ledger = await testLedger();
let round: ToldRound;
const colours = ['red', 'yellow', 'green', 'none'] as const;

/** With a measure of another unit, a suspension and a dispute beside what the bureau has already. */
beforeAll(async () => {
  round = await bureauInMarch(ledger);
  await ledger.measure.updateMany({ where: { issueId: round.idOf('LN-01'), number: 3 }, data: { unit: '法规科' } });
  await ledger.measure.updateMany({ where: { issueId: round.idOf('LN-02'), number: 2 }, data: { unit: '法规科' } });
  await round.tell('LN-06', '督办专责', {
    ...{ type: 'suspended', kind: 'litigation', authority: '', reason: '诉讼' },
  });
  await round.tell('LN-02', '园林绿化科经办人', { type: 'disputed', reason: '不属实' });
});

/** The figures as they follow from terms and progress of each issue, one by one. */
async function workedOut() {
  const issues = await ledger.issue.findMany({
    select: { unit: true, phase: true, terms: true, progress: true, measures: true },
    orderBy: { number: 'asc' },
  });
  const lights: Record<Light['colour'], number> = { red: 0, yellow: 0, green: 0, none: 0 };
  const units: Record<string, number[]> = {};
  const count = (unit: string, colour: Light['colour']) => {
    if (colour !== 'none') (units[unit] ??= [0, 0, 0])[colours.indexOf(colour)]! += 1;
  };
  for (const issue of issues) {
    const { colour } = lightReading(issue, round.now);
    lights[colour] += 1;
    count(issue.unit, colour);
    for (const [unit, numbers] of measuresOfOthers(issue)) {
      const progress = storedIssue(issue)!.progress;
      const obligations = progress.obligations.filter(({ measure }) => numbers.includes(measure ?? 0));
      if (obligations.length === 0) continue;
      count(unit, lightReading({ terms: issue.terms, progress: { ...progress, obligations } }, round.now).colour);
    }
  }
  return { lights, units };
}

describe('what the database counts', () => {
  test('equals what follows from each issue one by one, on any day', async () => {
    const { now } = round;
    for (let days = 0; days <= 200; days += 5) {
      round.now = at(addDays('2024-01-03', days), '10:00');
      await ledger.drill.update({ where: { id: round.clockId }, data: { now: round.now } });
      const { lights, units } = await workedOut();
      const counted = (of: Awaited<ReturnType<typeof readOverview>>['units']) =>
        Object.fromEntries(of.map(({ unit, lights: l }) => [unit, [l.red, l.yellow, l.green]]));
      const status = await readRoundStatus(ledger, round.roundId);
      const overview = await readOverview(ledger);
      expect([status.lights, overview.lights], round.now).toEqual([lights, lights]);
      expect([counted(status.units), counted(overview.units)], round.now).toEqual([units, units]);
      const rows = await readIssueList(ledger);
      for (const light of colours) {
        const page = await readIssuePage(ledger, { light });
        const fitting = rows.filter((row) => row.light.colour === light).map(({ code }) => code);
        expect(
          page.rows.map(({ code }) => code),
          `${light} ${round.now}`,
        ).toEqual(fitting);
        expect([page.counts.matching, page.counts.of]).toEqual([fitting.length, rows.length]);
      }
    }
    round.now = now;
    await ledger.drill.update({ where: { id: round.clockId }, data: { now } });
  });
});

describe('a list', () => {
  const codesOf = ({ rows }: { rows: readonly { code: string }[] }) => rows.map(({ code }) => code);

  test('is read page by page, forwards and back, each issue once', async () => {
    const all = (await readIssueList(ledger)).map(({ code }) => code);
    const forwards: string[][] = [];
    let page = await readIssuePage(ledger, {}, { limit: 3 });
    expect(page.previous).toBeUndefined();
    for (;;) {
      forwards.push(codesOf(page));
      if (page.next === undefined) break;
      page = await readIssuePage(ledger, {}, { ...page.next, limit: 3 });
    }
    expect(forwards.flat()).toEqual(all);
    const backwards = [forwards.at(-1)!];
    while (page.previous !== undefined) {
      page = await readIssuePage(ledger, {}, { ...page.previous, limit: 3 });
      backwards.unshift(codesOf(page));
    }
    expect(backwards).toEqual(forwards);
  });

  test('goes from one round into the next, and back', async () => {
    const next = await ToldRound.draft(ledger, [{ title: '甲' }, { title: '乙' }], { id: 'd2', prefix: 'DW' });
    const all = await readIssueList(ledger);
    const last = all.filter(({ roundId }) => roundId === round.roundId).at(-1)!;
    const over = await readIssuePage(ledger, {}, { after: all[all.indexOf(last) - 1]!.id, limit: 2 });
    expect(codesOf(over)).toEqual([last.code, 'DW-01']);
    expect(codesOf(await readIssuePage(ledger, {}, { before: next.idOf('DW-02'), limit: 2 }))).toEqual([
      last.code,
      'DW-01',
    ]);
    expect(codesOf(await readIssuePage(ledger, { roundId: next.roundId }))).toEqual(['DW-01', 'DW-02']);
  });

  test('counts by light what its phase lets through, and by phase what its light does', async () => {
    const filter = { roundId: round.roundId, light: 'red', phase: 'rectification' } as const;
    const rows = await readIssueList(ledger, { roundId: round.roundId });
    const { counts } = await readIssuePage(ledger, filter);
    expect(counts.lights.red).toBe(counts.phases.rectification);
    expect(counts.lights.green).toBe(
      rows.filter(({ phase, light }) => phase === 'rectification' && light.colour === 'green').length,
    );
    expect(counts).toMatchObject({ of: rows.length, matching: counts.lights.red });
  });

  test('says so when the issue from which it was to go on is gone', async () => {
    await expect(readIssuePage(ledger, {}, { after: 'gone' })).rejects.toMatchObject({ code: 'UnknownIssue' });
  });
});
