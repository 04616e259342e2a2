import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf, extendedBy, isSameCalendar } from '../../../client/calendar/extend-calendar.ts';
import { type Calendar, festivalOf, isProvisional, isWorkday, workdays } from '../../../workflows/rules/calendar.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';
import { announcementsFor } from './announcements.ts';
import { announcedIn, type Announcement, holidayYearFor, sample2027 } from './holidays.ts';

const year2027 = holidayYearFor(sample2027);
const with2027 = extendedBy(bundledCalendar, year2027, 2);

describe('the next year', () => {
  test('is added, and what was published before stays as it was', () => {
    expect(with2027).toMatchObject({ version: 2, from: '2018-01-01', to: '2027-12-31' });
    expect(isProvisional(with2027, '2027-12-31')).toBe(false);
    expect(isWorkday(with2027, '2027-02-08')).toBe(false);
    expect(isWorkday(with2027, '2027-02-13')).toBe(true);
    expect(festivalOf(with2027, 2027, '春节')).toMatchObject({ firstDayOff: '2027-02-05', lastDayOff: '2027-02-11' });
    expect(workdays(with2027, '2018-01-01', '2026-12-31')).toEqual(
      workdays(bundledCalendar, '2018-01-01', '2026-12-31'),
    );
    expect(bundledCalendar).toMatchObject({ version: 1, to: '2026-12-31' });
  });

  test('differs in its days off and the weekends worked, each told in a word', () => {
    const difference = differenceOf(bundledCalendar, with2027, '2018-01-01');
    expect(difference.slice(0, 3)).toEqual([
      { day: '2027-01-01', becomes: 'off', words: '由上班改为放假（元旦）' },
      { day: '2027-01-31', becomes: 'worked', words: '由周末休息改为调休上班' },
      { day: '2027-02-05', becomes: 'off', words: '由上班改为放假（春节）' },
    ]);
    expect(difference.map(({ day }) => day)).toEqual([...year2027.daysOff, ...year2027.makeUpDays].sort());
    expect(differenceOf(bundledCalendar, with2027, '2027-10-08')).toMatchObject([{ day: '2027-10-09' }]);
  });

  test('may take days of the December before it', () => {
    const early = {
      ...year2027,
      festivals: [{ name: '元旦', year: 2027, firstDayOff: '2026-12-31', lastDayOff: '2027-01-02' }],
      daysOff: ['2026-12-31', '2027-01-01'],
      makeUpDays: ['2026-12-27'],
    };
    const calendar = extendedBy(bundledCalendar, early, 2);
    expect(differenceOf(bundledCalendar, calendar, '2018-01-01').map(({ day, words }) => [day, words])).toEqual([
      ['2026-12-27', '由周末休息改为调休上班'],
      ['2026-12-31', '由上班改为放假（元旦）'],
      ['2027-01-01', '由上班改为放假（元旦）'],
    ]);
    // The year before may be published anew, and December still belongs to the next one.
    const again = extendedBy(calendar, holidayYearFor(announcedIn(bundledCalendar, 2026)), 3);
    expect(isSameCalendar(again, calendar)).toBe(true);
  });

  test('is refused when the years between are not published', () => {
    expect(() => extendedBy(bundledCalendar, { ...year2027, year: 2028 }, 2)).toThrow(
      expect.objectContaining({ name: 'RefusedError', code: 'CalendarGap' }),
    );
    expect(() => extendedBy(bundledCalendar, { ...year2027, year: 2016 }, 2)).toThrow(/请先发布2017年/u);
  });

  test('makes a calendar of an empty one', () => {
    const none: Calendar = {
      version: 0,
      from: '2027-01-01',
      to: '2026-12-31',
      daysOff: [],
      makeUpDays: [],
      festivals: [],
    };
    expect(extendedBy(none, year2027, 1)).toEqual({
      version: 1,
      from: '2027-01-01',
      to: '2027-12-31',
      daysOff: year2027.daysOff,
      makeUpDays: year2027.makeUpDays,
      festivals: year2027.festivals,
    });
  });
});

describe('a year that was published before', () => {
  test('is replaced as a whole, and only its own days change', () => {
    const changed = extendedBy(
      with2027,
      {
        ...year2027,
        daysOff: year2027.daysOff.filter((day) => day !== '2027-02-11'),
        makeUpDays: year2027.makeUpDays.filter((day) => day !== '2027-02-13'),
        festivals: year2027.festivals.map((festival) =>
          festival.name === '春节' ? { ...festival, lastDayOff: '2027-02-10' } : festival,
        ),
      },
      3,
    );
    expect(differenceOf(with2027, changed, '2018-01-01')).toEqual([
      { day: '2027-02-11', becomes: 'worked', words: '由放假（春节）改为上班' },
      { day: '2027-02-13', becomes: 'off', words: '由调休上班改为周末休息' },
    ]);
    expect(changed.festivals).toHaveLength(with2027.festivals.length);
  });

  test.each([2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026])('as %i is bundled changes nothing', (year) => {
    const same = extendedBy(bundledCalendar, holidayYearFor(announcedIn(bundledCalendar, year)), 2);
    expect(isSameCalendar(same, bundledCalendar)).toBe(true);
    expect(differenceOf(bundledCalendar, same, '2017-01-01')).toEqual([]);
  });
});

test('the order in which years are published makes no difference, and a year put in place of another leaves nothing of it', () => {
  const empty: Calendar = {
    version: 0,
    from: '2030-01-01',
    to: '2029-12-31',
    daysOff: [],
    makeUpDays: [],
    festivals: [],
  };
  const published = (...years: readonly Announcement[]): Calendar =>
    years.reduce((calendar, year) => extendedBy(calendar, holidayYearFor(year), calendar.version + 1), empty);
  fc.assert(
    fc.property(announcementsFor(2030), announcementsFor(2031), announcementsFor(2031), (one, next, instead) => {
      const both = published(one, next);
      expect(isSameCalendar(both, published(next, one))).toBe(true);
      expect(isSameCalendar(published(one, next, instead), published(one, instead))).toBe(true);
      expect(isSameCalendar(published(one, next, one, next), both)).toBe(true);
      const difference = differenceOf(published(one), both, '2029-01-01');
      const { daysOff, makeUpDays } = holidayYearFor(next);
      expect(difference.map(({ day }) => day)).toEqual([...daysOff, ...makeUpDays].sort());
    }),
    { numRuns: 100 },
  );
});
