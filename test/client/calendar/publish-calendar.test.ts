import { expect, onTestFinished, test } from 'vitest';
import { calendarVersions } from '../../../client/calendar/calendar-versions.ts';
import { keepBundledCalendar, latestCalendar, publishCalendar } from '../../../client/calendar/publish-calendar.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { isWorkday } from '../../../workflows/rules/calendar.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';
import { cast } from '../../support/cast.ts';
import { testDatabase } from '../../support/servers.ts';
import { announcedIn, holidayYearFor, sample2027 } from './holidays.ts';

const year = holidayYearFor(sample2027);
const source = '样例.txt';

async function freshLedger(): Promise<Ledger> {
  const { url, drop } = await testDatabase();
  const ledger = openLedger(url);
  onTestFinished(async () => {
    await ledger.$disconnect();
    await drop();
  });
  return ledger;
}

/** A planned line whose day was counted with or without published data. */
function line(key: string, calendar: string, state: 'planned' | 'sent' = 'planned'): Prisma.OutboxRowCreateManyInput {
  return {
    key,
    clockId: 'real',
    kind: 'reminder',
    plannedOn: fromIsoDate('2027-02-08'),
    earliestAt: '2027-02-08T01:00:00.000Z',
    latestAt: '2027-02-08T10:00:00.000Z',
    state,
    because: { rule: 'checkIn/first', calendar },
  };
}

test('an empty ledger has the bundled calendar', async () => {
  const ledger = await freshLedger();

  expect(await latestCalendar(ledger)).toEqual(bundledCalendar);
  expect(await ledger.calendarVersion.count()).toBe(0);
});

test('a preview tells the version, the difference and the provisional lines, and writes nothing', async () => {
  const ledger = await freshLedger();
  await ledger.outboxRow.createMany({
    data: [
      line('a', 'provisional'),
      line('b', 'published'),
      line('c', 'provisional', 'sent'),
      line('d', 'provisional'),
    ],
  });

  const preview = await publishCalendar(ledger, { year, source, mode: 'preview' });

  expect(preview).toMatchObject({ written: 'preview', version: 2, year: 2027, provisionalRows: 2 });
  expect(preview.difference).toHaveLength(year.daysOff.length + year.makeUpDays.length);
  expect(await ledger.calendarVersion.count()).toBe(0);
});

test('publishing inserts the next version behind the bundled one and moves no line', async () => {
  const ledger = await freshLedger();
  await ledger.outboxRow.create({ data: line('a', 'provisional') });

  expect(await publishCalendar(ledger, { year, source, mode: 'write' })).toMatchObject({ written: 'yes', version: 2 });

  const versions = await ledger.calendarVersion.findMany({ orderBy: { version: 'asc' } });
  expect(versions.map(({ version, body }) => [version, (body as { to?: unknown }).to])).toEqual([
    [1, '2026-12-31'],
    [2, '2027-12-31'],
  ]);
  expect(versions[1]?.source).toBe(source);
  const latest = await latestCalendar(ledger);
  expect(latest.version).toBe(2);
  expect(isWorkday(latest, '2027-02-08')).toBe(false);
  expect(await ledger.outboxRow.findMany()).toMatchObject([{ state: 'planned', plannedOn: fromIsoDate('2027-02-08') }]);
});

test('the same content twice is answered with the version that has it', async () => {
  const ledger = await freshLedger();
  await publishCalendar(ledger, { year, source, mode: 'write' });

  for (const mode of ['write', 'preview'] as const) {
    expect(await publishCalendar(ledger, { year, source: '又一次', mode })).toMatchObject({
      written: 'unchanged',
      version: 2,
      difference: [],
    });
  }
  expect(await ledger.calendarVersion.count()).toBe(2);
});

test('a year that is bundled word for word needs no version', async () => {
  const ledger = await freshLedger();
  const bundled = holidayYearFor(announcedIn(bundledCalendar, 2026));

  expect(await publishCalendar(ledger, { year: bundled, source, mode: 'write' })).toMatchObject({
    written: 'unchanged',
    version: 1,
  });
  expect(await ledger.calendarVersion.count()).toBe(0);
});

test('a corrected year is a version of its own, and the one before stays as it was', async () => {
  const ledger = await freshLedger();
  await publishCalendar(ledger, { year, source, mode: 'write' });
  const before = await ledger.calendarVersion.findMany({ orderBy: { version: 'asc' } });

  const corrected = { ...year, makeUpDays: year.makeUpDays.filter((day) => day !== '2027-10-09') };
  expect(await publishCalendar(ledger, { year: corrected, source: '更正', mode: 'write' })).toMatchObject({
    version: 3,
    difference: [{ day: '2027-10-09', becomes: 'off', words: '由调休上班改为周末休息' }],
  });

  const after = await ledger.calendarVersion.findMany({ orderBy: { version: 'asc' } });
  expect(after.slice(0, 2)).toEqual(before);
  expect(after).toHaveLength(3);
});

test('two who publish at the same moment each get what they asked for, under one number each', async () => {
  const ledger = await freshLedger();
  const corrected = { ...year, makeUpDays: year.makeUpDays.filter((day) => day !== '2027-10-09') };

  const same = await Promise.all([1, 2, 3].map(() => publishCalendar(ledger, { year, source, mode: 'write' })));
  expect(same.map(({ version }) => version)).toEqual([2, 2, 2]);
  expect(same.filter(({ written }) => written === 'yes')).toHaveLength(1);

  const next = holidayYearFor({
    year: 2028,
    holidays: sample2027.holidays.map((holiday) => ({
      ...holiday,
      first: '2028-01-03',
      last: '2028-01-03',
      makeUpDays: [],
    })),
  });
  const both = await Promise.all([
    publishCalendar(ledger, { year: corrected, source, mode: 'write' }),
    publishCalendar(ledger, { year: next, source, mode: 'write' }),
  ]);
  expect(both.map(({ version }) => version).sort()).toEqual([3, 4]);
  const latest = await latestCalendar(ledger);
  expect(latest.version).toBe(4);
  expect(isWorkday(latest, '2027-10-09')).toBe(false);
  expect(isWorkday(latest, '2028-01-03')).toBe(false);
});

test('a year behind a gap is refused and nothing is written', async () => {
  const ledger = await freshLedger();

  await expect(publishCalendar(ledger, { year: { ...year, year: 2028 }, source, mode: 'write' })).rejects.toMatchObject(
    { name: 'RefusedError', code: 'CalendarGap' },
  );
  expect(await ledger.calendarVersion.count()).toBe(0);
});

test('the bundled calendar is kept once', async () => {
  const ledger = await freshLedger();

  expect([await keepBundledCalendar(ledger), await keepBundledCalendar(ledger)]).toEqual([{ count: 1 }, { count: 0 }]);
  expect(await latestCalendar(ledger)).toEqual(bundledCalendar);
});

test('a publication says who and when; what changes nothing needs nobody, and nobody unnamed publishes', async () => {
  const ledger = await freshLedger();
  expect(await calendarVersions(ledger)).toMatchObject([{ version: 1, publishedAt: null, publishedBy: null }]);
  await ledger.person.createMany({
    data: [
      { id: cast.wang, name: '王某' },
      { id: cast.zhou, name: '周某' },
    ],
  });
  const office = { role: 'office' as const, personId: cast.wang };
  await ledger.round.create({ data: { id: 'r1', name: '轮次', codePrefix: 'LN', assignments: { create: office } } });

  const publication = { year, source, mode: 'write' as const };
  expect(await publishCalendar(ledger, { ...publication, mode: 'preview' })).toMatchObject({ written: 'preview' });
  await expect(publishCalendar(ledger, publication)).rejects.toMatchObject({ code: 'AuthorMissing' });
  await expect(publishCalendar(ledger, { ...publication, by: '周某' })).rejects.toMatchObject({ code: 'NotOffice' });
  expect(await ledger.calendarVersion.count()).toBe(0);

  await publishCalendar(ledger, { ...publication, by: '王某' });
  expect(await publishCalendar(ledger, publication)).toMatchObject({ written: 'unchanged' });
  expect(await calendarVersions(ledger)).toMatchObject([
    { version: 2, source, publishedAt: expect.any(String) as string, publishedBy: '王某' },
    { version: 1, publishedAt: null, publishedBy: null },
  ]);
});
