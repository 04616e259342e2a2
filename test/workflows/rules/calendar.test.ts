import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarWorkdays } from '../../../client/commands/calendar.ts';
import { MisuseError } from '../../../client/misuse-error.ts';
import {
  addWorkdays,
  festivalOf,
  isProvisional,
  isWorkday,
  nextWorkday,
  sliceOf,
  workdays,
  workdaysBetween,
  type Calendar,
} from '../../../workflows/rules/calendar.ts';
import { addDays, daysBetween, weekdayOf } from '../../../workflows/rules/instants.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';

const published = fc.integer({ min: 0, max: 3286 }).map((n) => addDays('2018-01-01', n));
const anyDay = fc.integer({ min: -1000, max: 5000 }).map((n) => addDays('2018-01-01', n));

describe('the State Council’s notices', () => {
  it.each([
    '2018-12-29 2019-02-02 2019-02-03 2019-04-28 2019-05-05 2019-10-12',
    '2020-01-19 2020-04-26 2020-06-28 2020-09-27 2020-10-10',
    '2023-01-28 2023-01-29 2023-06-25 2023-10-07 2023-10-08',
    '2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12',
    '2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11',
    '2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10',
  ])('weekends are worked: %s', (days) => {
    for (const day of days.split(' ')) {
      expect(weekdayOf(day) % 6, day).toBe(0);
      expect(isWorkday(bundledCalendar, day), day).toBe(true);
    }
  });

  it.each([
    ['春节 2020, extended to 02-02', '2020-01-24', '2020-02-02'],
    ['劳动节 2019, published anew', '2019-05-01', '2019-05-04'],
    ['元旦 2019, from December on', '2018-12-30', '2019-01-01'],
    ['中秋节 and 国庆节 2023', '2023-09-29', '2023-10-06'],
    ['春节 2024', '2024-02-10', '2024-02-17'],
    ['国庆节 and 中秋节 2025', '2025-10-01', '2025-10-08'],
    ['春节 2026', '2026-02-15', '2026-02-23'],
  ])('%s has no workday, and work before and after it', (_, first, last) => {
    expect(workdays(bundledCalendar, first, last)).toEqual([]);
    expect(daysBetween(addWorkdays(bundledCalendar, first, -1), first)).toBeLessThanOrEqual(2);
    expect(daysBetween(last, addWorkdays(bundledCalendar, last, 1))).toBeLessThanOrEqual(2);
  });

  it('the weekend that was to be worked in 2020 is off after the extension', () => {
    expect(isWorkday(bundledCalendar, '2020-02-01')).toBe(false);
    expect(isWorkday(bundledCalendar, '2020-02-03')).toBe(true);
  });

  it('has the workdays of each year', () => {
    const count = (year: number) => workdays(bundledCalendar, `${year}-01-01`, `${year}-12-31`).length;
    expect([2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026].map(count)).toEqual([
      250, 250, 249, 250, 249, 249, 251, 248, 248,
    ]);
  });

  it('days off are weekdays, worked days are weekends, each once and in order', () => {
    const { daysOff, makeUpDays } = bundledCalendar;
    expect(daysOff.filter((day) => weekdayOf(day) % 6 === 0)).toEqual([]);
    expect(makeUpDays.filter((day) => weekdayOf(day) % 6 !== 0)).toEqual([]);
    for (const days of [daysOff, makeUpDays]) expect([...new Set(days)].sort()).toEqual([...days]);
  });

  it('names the seven festivals of every year, also where two share their days', () => {
    for (let year = 2018; year <= 2026; year += 1) {
      for (const name of ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节']) {
        expect(festivalOf(bundledCalendar, year, name)?.lastDayOff.slice(0, 4), `${year} ${name}`).toBe(String(year));
      }
    }
    expect(bundledCalendar.festivals).toHaveLength(63);
    expect(festivalOf(bundledCalendar, 2027, '国庆节')).toBeUndefined();
  });
});

describe('counting workdays', () => {
  it.each([
    ['2024-03-29', 1, '2024-04-01'],
    ['2024-03-30', 1, '2024-04-01'],
    ['2024-03-31', 1, '2024-04-01'],
    ['2024-04-01', -1, '2024-03-29'],
    ['2024-03-31', -1, '2024-03-29'],
    ['2024-04-03', 1, '2024-04-07'], // a Sunday worked for 清明节
    ['2023-09-28', 1, '2023-10-07'],
    ['2023-10-07', -1, '2023-09-28'],
    ['2024-03-30', 0, '2024-04-01'],
    ['2024-03-29', 0, '2024-03-29'],
  ])('from %s, workday %i is %s', (day, n, expected) => {
    expect(addWorkdays(bundledCalendar, day, n)).toBe(expected);
  });

  it('counts from the day after up to and with the last', () => {
    expect(workdaysBetween(bundledCalendar, '2024-03-29', '2024-03-29')).toBe(0);
    expect(workdaysBetween(bundledCalendar, '2024-03-29', '2024-04-01')).toBe(1);
    expect(workdaysBetween(bundledCalendar, '2024-03-30', '2024-03-31')).toBe(0);
    expect(workdaysBetween(bundledCalendar, '2024-04-01', '2024-03-29')).toBe(-1);
  });

  it('has no workday when the end comes first', () => {
    expect(workdays(bundledCalendar, '2024-04-01', '2024-03-29')).toEqual([]);
  });

  it('going n workdays on is undone by counting them, and by going back from a workday', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -300, max: 300 }), (day, n) => {
        const other = addWorkdays(bundledCalendar, day, n);
        expect(isWorkday(bundledCalendar, other)).toBe(true);
        if (n !== 0) expect(workdaysBetween(bundledCalendar, day, other)).toBe(n);
        const start = nextWorkday(bundledCalendar, day);
        expect(addWorkdays(bundledCalendar, addWorkdays(bundledCalendar, start, n), -n)).toBe(start);
      }),
    );
  });

  it('a later day never gives an earlier workday, nor more workdays an earlier one', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(40), fc.integer({ min: -60, max: 60 }), (day, later, n) => {
        const here = addWorkdays(bundledCalendar, day, n);
        expect(addWorkdays(bundledCalendar, addDays(day, later), n) >= here).toBe(true);
        expect(addWorkdays(bundledCalendar, day, n + 1) > here || n === -1 || n === 0).toBe(true);
      }),
    );
  });

  it('the list holds every workday between its ends and nothing else', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(200), (from, length) => {
        const listed = new Set(workdays(bundledCalendar, from, addDays(from, length)));
        for (let n = 0; n <= length; n += 1) {
          const day = addDays(from, n);
          expect(listed.has(day), day).toBe(isWorkday(bundledCalendar, day));
        }
      }),
    );
  });

  it('refuses half a workday', () => {
    expect(() => addWorkdays(bundledCalendar, '2024-03-29', 0.5)).toThrow(RangeError);
  });
});

describe('unpublished years', () => {
  it('are provisional, with weekends as the only days off', () => {
    expect(isProvisional(bundledCalendar, '2026-12-31')).toBe(false);
    expect(isProvisional(bundledCalendar, '2027-01-01')).toBe(true);
    expect(isProvisional(bundledCalendar, '2017-12-31')).toBe(true);
    expect(isWorkday(bundledCalendar, '2027-10-01')).toBe(true);
    expect(isWorkday(bundledCalendar, '2027-10-02')).toBe(false);
  });

  it('take nothing from exceptions outside the published span', () => {
    const half: Calendar = { ...bundledCalendar, to: '2024-06-30' };
    expect(isWorkday(half, '2024-10-01')).toBe(true);
    expect(isWorkday(half, '2024-10-12')).toBe(false);
    expect(isWorkday(half, '2024-05-01')).toBe(false);
  });
});

describe('a slice', () => {
  it('agrees with the whole in its years', () => {
    fc.assert(
      fc.property(published, fc.nat(700), fc.nat(1000), (from, length, pick) => {
        const to = addDays(from, length);
        const slice = sliceOf(bundledCalendar, from, to);
        const day = addDays(from, pick % (length + 1));
        expect(isWorkday(slice, day)).toBe(isWorkday(bundledCalendar, day));
        expect(isProvisional(slice, day)).toBe(isProvisional(bundledCalendar, day));
        expect(workdaysBetween(slice, from, to)).toBe(workdaysBetween(bundledCalendar, from, to));
      }),
    );
  });

  it('survives JSON and carries only its years', () => {
    const slice = sliceOf(bundledCalendar, '2023-09-22', '2024-03-31');
    expect(slice).toMatchObject({ version: 1, from: '2023-01-01', to: '2024-12-31' });
    expect(slice.festivals).toHaveLength(14);
    expect(JSON.stringify(slice).length).toBeLessThan(2500);
    const carried = JSON.parse(JSON.stringify(slice)) as Calendar;
    expect(workdays(carried, '2024-01-01', '2024-12-31')).toEqual(
      workdays(bundledCalendar, '2024-01-01', '2024-12-31'),
    );
  });

  it('of years without data is provisional throughout', () => {
    const slice = sliceOf(bundledCalendar, '2028-03-01', '2029-03-01');
    expect(isProvisional(slice, '2028-06-01')).toBe(true);
    expect(isWorkday(slice, '2028-06-01')).toBe(true);
  });
});

describe('the command', () => {
  it('lists the workdays with both ends', () => {
    expect(calendarWorkdays('2024-04-03', '2024-04-08')).toEqual({
      from: '2024-04-03',
      to: '2024-04-08',
      workdays: ['2024-04-03', '2024-04-07', '2024-04-08'],
      provisional: false,
    });
  });

  it('is provisional as soon as one day is not published', () => {
    expect(calendarWorkdays('2026-12-31', '2026-12-31').provisional).toBe(false);
    expect(calendarWorkdays('2026-12-31', '2027-01-01').provisional).toBe(true);
    expect(calendarWorkdays('2017-12-31', '2018-01-02').provisional).toBe(true);
  });

  it.each([
    ['2024-4-3', '2024-04-08', '开始日期“2024-4-3”不是有效日期(应为 2024-03-29 之类)'],
    ['2024-04-03', '2024-02-30', '结束日期“2024-02-30”不是有效日期(应为 2024-03-29 之类)'],
    ['2024-04-08', '2024-04-03', '结束日期 2024年4月3日(周三) 早于开始日期 2024年4月8日(周一),请调换后重试'],
    ['1000-01-01', '9999-12-31', '从 1000-01-01 到 9999-12-31 超过一百年,请缩短后重试'],
  ])('%s to %s is misuse, exit code 2', (from, to, message) => {
    const misuse = expect.objectContaining({ message, exitCode: 2 }) as Error;
    expect(() => calendarWorkdays(from, to)).toThrow(misuse);
    expect(() => calendarWorkdays(from, to)).toThrow(MisuseError);
  });
});
