import { forMatching } from '../notice-import/text-forms.ts';
import { columnOf, readTable, type TableRow } from '../rounds/table-file.ts';
import { checkedYear, problem, type StatedFestival } from './checked-year.ts';
import { type HolidayCells, type HolidayRow, readHolidayRow } from './holiday-row.ts';
import type { HolidayProblem, HolidayReading } from './holiday-year.ts';

const spellings: Readonly<Record<keyof HolidayCells, readonly string[]>> = {
  day: ['日期', '日子', 'date', 'day'],
  kind: ['类型', '类别', '性质', '安排', 'type', 'kind'],
  festivals: ['节日', '节日名称', '节假日', '假期', 'festival', 'holiday'],
  weekday: ['星期', '周几', 'weekday'],
};

/**
 * Reads a year's holidays from a .csv file: 日期,类型(放假|上班),节日, one row a day, and 星期 to be checked where it is
 * given. Weekends within a holiday may be left out. What is checked of the notice's days is checked here too.
 *
 * @throws MisuseError when it is no table
 */
export function readHolidayTable(bytes: Uint8Array, fileName: string): HolidayReading {
  const table = readTable(bytes, fileName);
  const [day, kind, festivals, weekday] = (['day', 'kind', 'festivals', 'weekday'] as const).map((field) =>
    columnOf(table, spellings[field]),
  );
  if (day === undefined || kind === undefined || festivals === undefined) {
    const absent = [!day && '日期', !kind && '类型', !festivals && '节日'].filter((name) => name !== false);
    const present = table.headings.filter((heading) => heading !== '').join('、');
    return nothingRead([problem('ColumnMissing', 1, `表头缺少“${absent.join('”“')}”一列，现有：${present}`)]);
  }
  const cell = ({ cells }: TableRow, column = ''): string => forMatching(cells[column] ?? '').replaceAll(' ', '');
  const read = table.rows.map((row) =>
    readHolidayRow(row.line, {
      day: cell(row, day),
      kind: cell(row, kind),
      festivals: cell(row, festivals),
      weekday: cell(row, weekday),
    }),
  );
  const rows = read.flatMap(({ row }) => row ?? []);
  const problems = read.flatMap((one) => one.problems);
  const year = yearOf(rows);
  if (year === undefined) {
    const asked = problem('NoYear', 1, '没有读到元旦以外的放假日期，不知道是哪一年的安排');
    return nothingRead([...problems, asked]);
  }
  return checkedYear({ year, festivals: festivalsIn(rows), makeUpDays: makeUpDaysIn(rows) }, problems);
}

/** The year of a festival that cannot begin in the year before; a row of another year is then a problem of its own. */
function yearOf(rows: readonly HolidayRow[]): number | undefined {
  const telling = rows.find(({ kind, names }) => kind === 'off' && !names.includes('元旦'));
  return telling && Number(telling.day.slice(0, 4));
}

/** Rows that name the same festivals are one holiday. */
function festivalsIn(rows: readonly HolidayRow[]): StatedFestival[] {
  const byTitle = new Map<string, HolidayRow[]>();
  for (const row of rows) {
    if (row.kind === 'off') byTitle.set(row.names.join(), [...(byTitle.get(row.names.join()) ?? []), row]);
  }
  return [...byTitle.values()].map((own) => ({
    names: own[0]?.names ?? [],
    line: own[0]?.line ?? 1,
    daysOff: own.map(({ day, line }) => ({ day, line })),
  }));
}

function makeUpDaysIn(rows: readonly HolidayRow[]) {
  return rows.filter(({ kind }) => kind === 'worked').map(({ day, line, names }) => ({ day, line, names }));
}

function nothingRead(problems: readonly HolidayProblem[]): HolidayReading {
  return { year: null, festivals: [], daysOff: [], makeUpDays: [], problems };
}
