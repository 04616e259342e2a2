import type { Calendar } from '../../workflows/rules/calendar.ts';
import { readDeadline } from '../../workflows/rules/deadline-words.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';

/** A deadline that stands in the words of a measure. */
export interface WordedDeadline {
  readonly on: IsoDate;
  /** The words as the notice has them. */
  readonly phrase: string;
}

/**
 * Only words that are a deadline beyond doubt: a year, and 底前 or …前完成. A day that merely lies in the past
 * (截至…, …以来) or opens something (…起) is none.
 */
const phrases =
  /(?<![截自从到至]|截至|截止)20\s*\d\s*\d\s*年[^，。；、：！,;:!“”（）()]{0,10}?(?:(?:[底末]|[上中下]旬)之?前|(?:日|月|节|季度)(?:之?前|以前)(?=[^，。；,;]{0,12}(?:完成|整改到位|落实到位|办结)))/gu;

/**
 * The latest deadline named in a measure's own words (2025年底前逐步完成), or undefined when none is named beyond doubt
 * or it lies before the feedback.
 */
export function deadlineInWords(
  text: string,
  { calendar, feedbackOn }: { calendar: Calendar; feedbackOn: IsoDate },
): WordedDeadline | undefined {
  let last: WordedDeadline | undefined;
  for (const match of narrow(text).matchAll(phrases)) {
    const phrase = text.slice(match.index, match.index + match[0].length);
    const { kind, on } = readDeadline(phrase.replace(/\s/gu, ''), { calendar, feedbackOn });
    if (kind !== 'date' || on === null || on < feedbackOn) continue;
    if (last === undefined || on > last.on) last = { on, phrase };
  }
  return last;
}

/** Full-width digits and letters as narrow ones, place by place. */
function narrow(text: string): string {
  return text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/gu, (wide) =>
    String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  );
}
