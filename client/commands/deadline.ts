import { readDeadline, type DeadlineReading } from '../../workflows/rules/deadline-words.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { isIsoDate } from '../../workflows/rules/instants.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import { MisuseError } from '../misuse-error.ts';

/**
 * Reads one deadline phrase.
 *
 * @param feedback the day of the feedback; without it, what depends on it has no day and says so
 * @param calendar the bundled one where the office has published none
 * @throws MisuseError when `feedback` is no day
 */
export function deadlineRead(phrase: string, feedback?: string, calendar: Calendar = bundledCalendar): DeadlineReading {
  if (feedback !== undefined && !isIsoDate(feedback)) {
    throw new MisuseError(`反馈日“${feedback}”不是有效日期(应为 2023-09-22 之类)`);
  }
  return readDeadline(phrase, { feedbackOn: feedback, calendar });
}

/**
 * Reads a file of JSON lines `{"phrase","feedback"}` and answers each line, in order, with a JSON line. A line that
 * cannot be read is answered with `unknown` and a note, so that the n-th answer always belongs to the n-th line; only
 * empty lines at the end of the file have none.
 */
export function deadlineReadBatch(fileText: string, calendar: Calendar = bundledCalendar): string {
  const lines = fileText.replace(/^\uFEFF/, '').trimEnd();
  if (lines === '') return '';
  return lines
    .split(/\r\n|\n|\r/)
    .map((line) => `${JSON.stringify(answerOf(line, calendar))}\n`)
    .join('');
}

function answerOf(line: string, calendar: Calendar): DeadlineReading {
  const query = queryIn(line);
  if (query === undefined) return unread('这一行不是 {"phrase":"2024年3月底前","feedback":"2023-09-22"} 之类的 JSON');
  try {
    return deadlineRead(query.phrase, query.feedback, calendar);
  } catch (error) {
    if (error instanceof MisuseError) return unread(error.message);
    throw error;
  }
}

/** A phrase may be a number, as spreadsheets give a day; a feedback of null or '' is none. */
function queryIn(line: string): { phrase: string; feedback: string | undefined } | undefined {
  const value = parsed(line);
  if (typeof value !== 'object' || value === null) return undefined;
  const phrase: unknown = 'phrase' in value ? value.phrase : undefined;
  const feedback: unknown = 'feedback' in value ? value.feedback : undefined;
  if (typeof phrase !== 'string' && typeof phrase !== 'number') return undefined;
  if (feedback === undefined || feedback === null || feedback === '') {
    return { phrase: String(phrase), feedback: undefined };
  }
  return typeof feedback === 'string' ? { phrase: String(phrase), feedback } : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function unread(note: string): DeadlineReading {
  return { kind: 'unknown', on: null, longTerm: false, note };
}
