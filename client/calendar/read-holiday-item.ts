import { addDays, type IsoDate, weekdayOf } from '../../workflows/rules/instants.ts';
import { excerpt } from '../notice-import/text-forms.ts';
import { isWeekend, problem, type StatedDay, type StatedFestival, type StatedMakeUp } from './checked-year.ts';
import type { HolidaySentence } from './holiday-passages.ts';
import { type HolidayPart, readHolidaySentence } from './holiday-sentence.ts';
import type { HolidayProblem } from './holiday-year.ts';

/** What one item of the notice states: 一、元旦：…放假调休，共3天。…上班。 */
export interface HolidayItem {
  readonly festival: StatedFestival;
  readonly makeUpDays: readonly StatedMakeUp[];
  readonly problems: readonly HolidayProblem[];
}

type PlacedPart = HolidayPart & { readonly sentence: HolidaySentence };

/** Reads an item from its sentences, the first of which begins with its heading, and checks what it says of itself. */
export function readHolidayItem(sentences: readonly HolidaySentence[], year: number): HolidayItem {
  const [heading] = sentences;
  if (!heading) throw new RangeError('An item begins with a sentence');
  const parts: PlacedPart[] = [];
  const problems: HolidayProblem[] = [];
  for (const sentence of sentences) {
    const reading = readHolidaySentence(sentence.text, year);
    for (const part of reading?.parts ?? []) parts.push({ ...part, sentence });
    for (const { code, at, message } of reading?.problems ?? []) {
      problems.push(problem(code, sentence.lineAt(at), message));
    }
    if (reading === undefined && isArrangement(sentence.text)) {
      const message = `“${excerpt(sentence.text)}”读不懂，请按“1月1日（周五）至3日（周日）放假调休，共3天。1月4日（周一）上班。”的写法核对`;
      problems.push(problem('Unreadable', sentence.line, message));
    }
  }
  const daysOff = daysOf(parts, 'off');
  const worked = daysOf(parts, 'worked');
  const names = heading.festivals;
  return {
    festival: { names, line: heading.line, daysOff },
    makeUpDays: worked.map((stated) => ({ ...stated, names })),
    problems: [...problems, ...claimProblems(parts, names.join('、'), daysOff, worked)],
  };
}

/** Advice (鼓励…休息) and the day of signature arrange nothing. */
function isArrangement(text: string): boolean {
  if (text.startsWith('鼓励') || /^(?:国务院办公厅)?\d{4}年\d{1,2}月\d{1,2}日$/u.test(text)) return false;
  return /放假|上班|调休|补休|连休|\d月\d/u.test(text);
}

function daysOf(parts: readonly PlacedPart[], says: 'off' | 'worked'): StatedDay[] {
  return parts.flatMap((part) =>
    part.says === says ? part.days.map(({ day, at }) => ({ day, line: part.sentence.lineAt(at) })) : [],
  );
}

/** 共N天, 与周末连休 and 不调休 must be true of the days stated. */
function claimProblems(
  parts: readonly PlacedPart[],
  title: string,
  daysOff: readonly StatedDay[],
  worked: readonly StatedDay[],
): HolidayProblem[] {
  if (daysOff.length === 0) return []; // its sentence is reported, or that it has none
  const stated = new Set(daysOff.map(({ day }) => day));
  const joined = withWeekends(stated);
  const isJoined = parts.some(({ says }) => says === 'joinsWeekend');
  const days = isJoined ? joined : stated;
  return parts.flatMap((part) => {
    const line = part.sentence.lineAt(part.at);
    if (part.says === 'count' && part.days !== days.size) {
      const message = `${title}写的是${String(part.days)}天，按日期算是${String(days.size)}天，请核对`;
      return [problem('CountDisagrees', line, message)];
    }
    if (part.says === 'joinsWeekend' && joined.size === stated.size) {
      return [problem('NoWeekendBeside', line, `${title}写的是与周末连休，而放假日期前后不是周末，请核对`)];
    }
    if (part.says === 'nothingMadeUp' && worked.length > 0) {
      return [problem('MadeUpAfterAll', line, `${title}写的是不调休，又写了调休上班的日期，请核对`)];
    }
    return [];
  });
}

/** The days with the weekends that adjoin them. */
function withWeekends(days: ReadonlySet<IsoDate>): ReadonlySet<IsoDate> {
  const joined = new Set(days);
  for (const day of days) {
    if (weekdayOf(day) <= 1)
      for (let before = addDays(day, -1); isWeekend(before); before = addDays(before, -1)) joined.add(before);
    if (weekdayOf(day) >= 5)
      for (let after = addDays(day, 1); isWeekend(after); after = addDays(after, 1)) joined.add(after);
  }
  return joined;
}
