import { type IsoDate, inChinese, isIsoDate } from '../../workflows/rules/instants.ts';
import { problem } from './checked-year.ts';
import { festivalsNamed } from './holiday-passages.ts';
import { weekdayIn, weekdayWord } from './weekday-words.ts';
import type { FestivalName, HolidayProblem } from './holiday-year.ts';

/** The cells of one row, without blanks and in half-width punctuation. */
export interface HolidayCells {
  readonly day: string;
  readonly kind: string;
  readonly festivals: string;
  readonly weekday: string;
}

export interface HolidayRow {
  readonly line: number;
  readonly day: IsoDate;
  readonly kind: 'off' | 'worked';
  /** Empty for a weekend worked of which no festival is named. */
  readonly names: readonly FestivalName[];
}

const kinds: Readonly<Record<string, HolidayRow['kind']>> = {
  放假: 'off',
  放假调休: 'off',
  休: 'off',
  上班: 'worked',
  调休上班: 'worked',
  补班: 'worked',
  班: 'worked',
};

const dayForms = /^(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日|(\d{4})(\d{2})(\d{2}))$/u;

/** Reads a row; it is undefined when the day or the kind is not understood, or a day off names no festival. */
export function readHolidayRow(
  line: number,
  cells: HolidayCells,
): { readonly row?: HolidayRow; readonly problems: readonly HolidayProblem[] } {
  const problems: HolidayProblem[] = [];
  const day = dayIn(cells.day);
  const kind = kinds[cells.kind];
  const names = festivalsNamed(cells.festivals) ?? [];
  if (day === undefined) {
    problems.push(problem('NoSuchDay', line, `“${cells.day}”不是有效日期（应为 2027-01-01 之类）`));
  }
  if (kind === undefined) {
    problems.push(problem('UnknownKind', line, `类型“${cells.kind}”应写“放假”或“上班”`));
  }
  const mayBeEmpty = kind === 'worked' && cells.festivals === '';
  if (names.length === 0 && !mayBeEmpty) {
    const message =
      cells.festivals === ''
        ? '放假要写明是哪个节日'
        : `“${cells.festivals}”不是法定节日的名称（元旦、春节、清明节等）`;
    problems.push(problem('UnknownFestival', line, message));
  }
  if (day !== undefined && cells.weekday !== '' && weekdayIn(cells.weekday) !== weekdayWord(day)) {
    const message = `写的是${cells.weekday}，而日历上是${inChinese(day)}，请核对`;
    problems.push(problem('WeekdayDisagrees', line, message));
  }
  if (day === undefined || kind === undefined || (names.length === 0 && !mayBeEmpty)) return { problems };
  return { row: { line, day, kind, names }, problems };
}

function dayIn(cell: string): IsoDate | undefined {
  const [, ...groups] = dayForms.exec(cell) ?? [];
  const [year, month, day] = groups.filter((group) => group !== undefined && /\d/u.test(group));
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isIsoDate(text) ? text : undefined;
}
