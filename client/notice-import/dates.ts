import { forMatching } from './text-forms.ts';

/** A day found in a text; `from` and `to` (exclusive) say where. */
export interface FoundDay {
  readonly from: number;
  readonly to: number;
  /** `YYYY-MM-DD`; null when the year is missing. */
  readonly day: string | null;
  readonly month: number;
  readonly dayOfMonth: number;
}

/** Two days joined by 至, both named in full or completed from the first. */
export interface FoundSpan {
  readonly from: number;
  readonly to: number;
  readonly first: string;
  readonly last: string;
}

const dayPattern =
  /(?:((?:19|20)\d\d) ?年 ?)?(?<!\d)(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]|((?:19|20)\d\d) ?([-./]) ?(\d{1,2}) ?\5 ?(\d{1,2})(?!\d)日?/gu;
const numeralDay =
  /([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日/gu;

/** The day as `YYYY-MM-DD`, or null when the calendar has no such day. */
function isoDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

/** Days written in Chinese numerals (二〇二四年二月一日) become digits, for reading only. */
export function withDigits(text: string): string {
  return forMatching(text).replace(numeralDay, (_, year: string, month: string, day: string) => {
    const digits = [...year]
      .map((char) => (/[〇○零]/u.test(char) ? 0 : '一二三四五六七八九'.indexOf(char) + 1))
      .join('');
    return `${digits}年${numeral(month)}月${numeral(day)}日`;
  });
}

function numeral(words: string): number {
  const [tens, ones] = words.includes('十') ? words.split('十') : ['0', words];
  const value = (char: string | undefined): number => '一二三四五六七八九'.indexOf(char ?? ' ') + 1;
  return words.includes('十') ? (tens === '' ? 1 : value(tens)) * 10 + (ones === '' ? 0 : value(ones)) : value(ones);
}

/** All days named in a text that `withDigits` prepared, in order; impossible days (2月30日) are left out. */
export function daysIn(text: string): FoundDay[] {
  return [...text.matchAll(dayPattern)].flatMap((match) => {
    const year = match[1] ?? match[4];
    const month = Number(match[2] ?? match[6]);
    const dayOfMonth = Number(match[3] ?? match[7]);
    const day = year === undefined ? null : isoDay(Number(year), month, dayOfMonth);
    if (isoDay(2024, month, dayOfMonth) === null || (year !== undefined && day === null)) return [];
    return [{ from: match.index, to: match.index + match[0].length, day, month, dayOfMonth }];
  });
}

const joined =
  /^ ?(?:起|开始)? ?(?:至|到|[-~]{1,3}) ?(?:(?:(?<year>(?:19|20)\d\d) ?年 ?)?(?<month>\d{1,2}) ?月 ?)?(?<day>\d{1,2}) ?[日号]|^ ?(?:至|到|[-~]{1,3}) ?(?<year2>(?:19|20)\d\d)[-./](?<month2>\d{1,2})[-./](?<day2>\d{1,2})(?!\d)/u;

/** All spans of days in a text that `withDigits` prepared; year and month of the end may be those of the beginning. */
export function spansIn(text: string): FoundSpan[] {
  return daysIn(text).flatMap(({ from, to, day }) => {
    const match = joined.exec(text.slice(to, to + 40));
    if (match === null || day === null) return [];
    const groups = match.groups ?? {};
    const year = Number(groups['year'] ?? groups['year2'] ?? day.slice(0, 4));
    const month = Number(groups['month'] ?? groups['month2'] ?? day.slice(5, 7));
    const last = isoDay(year, month, Number(groups['day'] ?? groups['day2']));
    return last === null ? [] : [{ from, to: to + match[0].length, first: day, last }];
  });
}
