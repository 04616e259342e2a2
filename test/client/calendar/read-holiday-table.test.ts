import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MisuseError } from '../../../client/misuse-error.ts';
import { readHolidayTable } from '../../../client/calendar/read-holiday-table.ts';
import { weekdayWord } from '../../../client/calendar/weekday-words.ts';
import { announcements } from './announcements.ts';
import { type Announcement, daysFrom, holidayYearFor, sample2027 } from './holidays.ts';

const read = (text: string) => readHolidayTable(Buffer.from(text), '样例.csv');

function rowsOf({ holidays }: Announcement): string[] {
  return holidays.flatMap(({ names, first, last, makeUpDays }) => [
    ...daysFrom(first, last).map((day) => `${day},放假,${names.join('、')}`),
    ...makeUpDays.map((day) => `${day},上班,${names.join('、')}`),
  ]);
}

const rows = rowsOf(sample2027);
const table = (...lines: readonly string[]): string => ['日期,类型,节日', ...lines].join('\r\n');

/** The sample with one row written otherwise, and the line on which that stands. */
function withRow(day: string, row: string): { text: string; line: number } {
  const index = rows.findIndex((one) => one.startsWith(day));
  return { text: table(...rows.with(index, row)), line: index + 2 };
}

describe('a table', () => {
  test('is read into the year that it lists', () => {
    expect(read(table(...rows))).toEqual({ ...holidayYearFor(sample2027), problems: [] });
  });

  test('reads back as the data from which it was written, in any order of its rows', () => {
    const shuffled = announcements.chain((announcement) =>
      fc
        .shuffledSubarray(rowsOf(announcement), { minLength: rowsOf(announcement).length })
        .map((lines) => ({ announcement, lines })),
    );
    fc.assert(
      fc.property(shuffled, ({ announcement, lines }) => {
        expect(read(table(...lines))).toEqual({ ...holidayYearFor(announcement), problems: [] });
      }),
      { numRuns: 100 },
    );
  });

  test('may have its columns in another order, other forms of days, and weekdays', () => {
    const forms = rows.map((row, index) => {
      const [day = '', kind = '', names = ''] = row.split(',');
      const [y = '', m = '', d = ''] = day.split('-').map((part) => String(Number(part)));
      const form = [day, `${y}/${m}/${d}`, `${y}年${m}月${d}日`, day.replaceAll('-', '')][index % 4] ?? '';
      return [names, kind === '上班' ? '调休上班' : '休', weekdayWord(day).replace('周', '星期'), form].join('\t');
    });
    const text = ['节日\t类型\t星期\t日期', ...forms].join('\n');
    expect(read(text)).toEqual({ ...holidayYearFor(sample2027), problems: [] });
  });

  test('need name no festival for a weekend that is worked, and may leave out weekends within a holiday', () => {
    const lines = rows
      .filter((row) => !row.startsWith('2027-02-06') && !row.startsWith('2027-02-07'))
      .map((row) => (row.includes('上班') ? row.replace(/,[^,]*$/u, ',') : row));
    expect(read(table(...lines))).toEqual({ ...holidayYearFor(sample2027), problems: [] });
  });

  test('may set a weekend far from its festival as worked when it names none', () => {
    const far = '2027-06-26,上班,';
    expect(read(table(...rows, far))).toMatchObject({ problems: [] });
    expect(read(table(...rows, `${far}端午节`))).toMatchObject({ problems: [] });
    expect(read(table(...rows, `${far}春节`))).toMatchObject({
      problems: [{ code: 'MakeUpFarAway', line: rows.length + 2 }],
    });
  });
});

describe('what cannot be is a problem at its line', () => {
  test.each([
    ['NoSuchDay', '2027-02-08', '2027-02-30,放假,春节'],
    ['UnknownKind', '2027-02-08', '2027-02-08,半天,春节'],
    ['UnknownFestival', '2027-02-08', '2027-02-08,放假,植树节'],
    ['UnknownFestival', '2027-02-08', '2027-02-08,放假,'],
    ['OutsideYear', '2027-01-31', '2028-01-30,上班,春节'],
    ['MakeUpOnWeekday', '2027-01-31', '2027-01-29,上班,春节'],
    ['MakeUpOnDayOff', '2027-01-31', '2027-02-06,上班,春节'],
    ['MakeUpTwice', '2027-02-13', '2027-01-31,上班,春节'],
  ])('%s: the row of %s as %s', (code, day, row) => {
    const { text, line } = withRow(day, row);
    expect(read(text).problems).toContainEqual(expect.objectContaining({ code, line }));
  });

  test('a holiday with a hole is reported where it begins', () => {
    const { text } = withRow('2027-02-09', '2027-02-13,上班,');
    const line = rows.findIndex((row) => row.includes('春节')) + 2;
    expect(read(text).problems).toContainEqual(expect.objectContaining({ code: 'FestivalBroken', line }));
  });

  test('a weekday that disagrees is reported', () => {
    const text = ['日期,星期,类型,节日', '2027-01-01,周六,放假,元旦', '2027-10-01,五,放假,国庆节'].join('\n');
    expect(read(text).problems.filter(({ code }) => code === 'WeekdayDisagrees')).toEqual([
      { code: 'WeekdayDisagrees', line: 2, message: '写的是周六，而日历上是2027年1月1日(周五)，请核对' },
    ]);
  });

  test('a missing column, or no day but 元旦, leaves nothing to read', () => {
    expect(read('日期,节日\n2027-01-01,元旦')).toMatchObject({
      year: null,
      problems: [{ code: 'ColumnMissing', line: 1 }],
    });
    expect(read(table('2027-01-01,放假,元旦'))).toMatchObject({ year: null, problems: [{ code: 'NoYear' }] });
  });

  test('what is no table is refused', () => {
    expect(() => readHolidayTable(new Uint8Array(), '样例.csv')).toThrow(MisuseError);
  });
});
