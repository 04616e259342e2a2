import { linesOf, type SourceLine } from '../notice-import/paragraphs.ts';
import { excerpt } from '../notice-import/text-forms.ts';
import { checkedYear, problem } from './checked-year.ts';
import { type HolidaySentence, sentencesOf } from './holiday-passages.ts';
import type { HolidayProblem, HolidayReading } from './holiday-year.ts';
import { readHolidayItem } from './read-holiday-item.ts';

/**
 * Reads the State Council's yearly notice (国务院办公厅关于…年部分节假日安排的通知) from its text. Weekdays and totals that
 * disagree with the days, and sentences about days off that are not understood, are problems at their lines.
 */
export function readHolidayNotice(text: string): HolidayReading {
  return readHolidayLines(linesOf(text));
}

/** The same, for a notice whose lines were taken from a file. */
export function readHolidayLines(lines: readonly SourceLine[]): HolidayReading {
  const { preamble, items } = outlined(sentencesOf(lines));
  const years = yearsOf(preamble, items);
  const [year] = years;
  if (year === undefined || years.length > 1) {
    const asked =
      year === undefined
        ? problem('NoYear', 1, '没有读到是哪一年的放假安排，请连同标题“关于……年部分节假日安排的通知”一起粘贴')
        : problem('TwoYears', 1, `读到了${years.join('、')}几个年份的安排，请核对标题和正文的年份`);
    return { year: null, festivals: [], daysOff: [], makeUpDays: [], problems: [asked] };
  }
  const read = items.map((item) => readHolidayItem(item, year));
  return checkedYear(
    {
      year,
      festivals: read.map(({ festival }) => festival),
      makeUpDays: read.flatMap(({ makeUpDays }) => makeUpDays),
    },
    [...strayArrangements(preamble), ...read.flatMap(({ problems }) => problems)],
  );
}

/** The sentences before the first festival, and each festival's own, which begin with its heading. */
function outlined(sentences: readonly HolidaySentence[]): {
  preamble: readonly HolidaySentence[];
  items: readonly (readonly HolidaySentence[])[];
} {
  const preamble: HolidaySentence[] = [];
  const items: HolidaySentence[][] = [];
  for (const sentence of sentences) {
    if (sentence.festivals.length > 0) items.push([sentence]);
    else (items.at(-1) ?? preamble).push(sentence);
  }
  return { preamble, items };
}

/** The year by the title and the opening; where neither was pasted, by a year written beside January in 元旦. */
function yearsOf(preamble: readonly HolidaySentence[], items: readonly (readonly HolidaySentence[])[]): number[] {
  const opening = preamble.map(({ text }) => text).join('');
  const newYear = items.filter(([first]) => first?.festivals.includes('元旦')).flat();
  const found = [...opening.matchAll(/(\d{4})年部分节假日|现将(\d{4})年/gu)];
  const used = found.length > 0 ? found : newYear.flatMap(({ text }) => [...text.matchAll(/(\d{4})年1月/gu)]);
  return [...new Set(used.map(([, one, other]) => Number(one ?? other)))];
}

/** What is said of days off before 通知如下 is the reason or the title; after it, it has lost its festival. */
function strayArrangements(preamble: readonly HolidaySentence[]): HolidayProblem[] {
  const opening = preamble.findLastIndex(({ text }) => text.includes('通知如下'));
  return preamble
    .slice(opening + 1)
    .filter(({ text }) => /放假|上班|调休|补休|连休/u.test(text))
    .map(({ text, line }) => problem('Unreadable', line, `“${excerpt(text)}”不知道是哪个节日的安排，请核对`));
}
