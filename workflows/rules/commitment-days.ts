import type { Calendar } from './calendar.ts';
import { withRelativeDaysWrittenOut } from './commitment-relative.ts';
import { festivalsIn, type FestivalMention } from './deadline-festivals.ts';
import { mentionsIn, type Mention } from './deadline-mentions.ts';
import { weekdayWords } from './deadline-roles.ts';
import { lastDayOf, spansIn, type Span } from './deadline-spans.ts';
import { plainWords } from './deadline-text.ts';
import { addMonths, weekdayOf, type IsoDate } from './instants.ts';

/** What a promise depends on beside its words. */
export interface CommitmentContext {
  /** The day on which it was written. */
  readonly today: IsoDate;
  readonly calendar: Calendar;
}

/** A day that a clause names. */
export interface ClauseDay {
  /** Where it stands in the clause's words; `end` is exclusive and lies behind 前, 内 and the like. */
  readonly start: number;
  readonly end: number;
  /** `past` and `start` (6月15日起) are no days to be done by; of `unclear` ones somebody must be asked. */
  readonly kind: 'until' | 'past' | 'start' | 'unclear';
  /** Inclusive; given for `until` only. */
  readonly until?: IsoDate;
}

export interface ClauseDays {
  /** The clause in one spelling, relative days written out. */
  readonly words: string;
  /** In their order. */
  readonly days: readonly ClauseDay[];
}

/** A day that lies further ahead without its year is asked for: it may be last year's as well. */
const monthsAheadWithoutYear = 6;
const monthsAheadInNextYear = 3;
const yearsAhead = 3;

/** The days that a clause names, seen from today. */
export function daysIn(clause: string, context: CommitmentContext): ClauseDays {
  const words = withRelativeDaysWrittenOut(plainWords(clause), context.today);
  const festivals = festivalsIn(words, context.calendar);
  const spans = spansIn(blanked(words, festivals));
  const mentions = mentionsIn(blanked(words, [...festivals, ...spans]));
  const days = [
    ...spans.flatMap((span) => dayOfSpan(span, words, context)),
    ...[...festivals, ...mentions].map((mention) => dayOfMention(mention, words, context)),
  ];
  return { words, days: days.sort((one, other) => one.start - other.start) };
}

/** 3日内, 5个工作日内: counted from today unless another beginning is named (会后3日内). */
function dayOfSpan(span: Span, words: string, { today, calendar }: CommitmentContext): ClauseDay[] {
  const before = words.slice(0, span.start);
  if (!/内$/u.test(span.words) || /(?:最?近|过去)$/u.test(before)) return [];
  const { start, end } = span;
  const fromOtherDay = /[后起][,的]?$/u.test(before) && !/(?:即日|日)起$/u.test(before);
  if (fromOtherDay || span.problem !== undefined || span.doubts.length > 0) return [{ start, end, kind: 'unclear' }];
  const { on, doubts } = lastDayOf(span, today, calendar);
  return [doubts.length > 0 ? { start, end, kind: 'unclear' } : { start, end, kind: 'until', until: on }];
}

const timeOfDay =
  /^(?:当[天日])?(?:凌晨|早上|上午|中午|下午|傍晚|晚上?|[上下]班)?(?:\d{1,2}(?:[时点](?:半|整|\d{1,2}分?)?|:\d{2}))?/u;
const untilWords = /^(?:之前|以前|前(?![后往期述进面])|之内|以内|内(?!部|容|控)|为止|止)/u;
const startWords = /^(?:之?后|以后|之?日?起|开始|启动|以来|至|到|[-~])/u;
const vagueWords = /^(?:左右|前后|上下|或|、|和|及|与)/u;

function dayOfMention(mention: Mention | FestivalMention, words: string, context: CommitmentContext): ClauseDay {
  const { start } = mention;
  const before = words.slice(0, start);
  const behind = words.slice(mention.end);
  // 本周五(6月14日)前: both days are read, each with the word behind the bracket
  const explained = /^\([^()]*\)|^\)/u.exec(behind)?.[0] ?? '';
  const weekdaySaid = weekdayWords.exec(behind)?.[0] ?? '';
  const aside = Math.max(explained.length, weekdaySaid.length);
  const time = timeOfDay.exec(behind.slice(aside))?.[0].length ?? 0;
  const rest = behind.slice(aside + time);
  const by = untilWords.exec(rest)?.[0];
  const end = mention.end + aside + time + (by?.length ?? 0);
  const said = (kind: 'past' | 'start' | 'unclear'): ClauseDay => ({ start, end, kind });

  if ('place' in mention && mention.place === 'after') return said('start');
  if (/(?:截[至止]到?|自|从|自从)$/u.test(before)) return said('start');
  if (vagueWords.test(rest)) return said('unclear');
  if (by === undefined && startWords.test(rest)) return said('start');

  const isEnd = by !== undefined || /[底末内前]$/u.test(mention.words);
  const isPeriod = mention.extent === 'period';
  // 6月前 may mean before June or by its end, 6月完成 any day of it
  if (isPeriod && !isEnd) return said('unclear');
  if (isPeriod && by !== undefined && by.endsWith('前')) return said('unclear');
  const found = dayFrom(mention, isEnd ? 'end' : 'bare', context.today);
  if (typeof found !== 'object') return said(found);
  const named = weekdayWords.exec(behind)?.[1]?.replace('天', '日');
  if (named !== undefined && named !== '日一二三四五六'[weekdayOf(found.until)]) return said('unclear');
  return { start, end, kind: 'until', until: found.until };
}

/** The day meant, in the year written or in the one that is near. */
function dayFrom(
  mention: Mention,
  form: 'end' | 'bare',
  today: IsoDate,
): { readonly until: IsoDate } | 'past' | 'unclear' {
  const { year, yearWord, doubts } = mention;
  if (doubts.length > 0) return 'unclear';
  const thisYear = Number(today.slice(0, 4));
  const inYear = (number: number): IsoDate | undefined => {
    const named = mention.lastDayIn(number);
    return 'on' in named ? named.on : undefined;
  };
  const told = year ?? (yearWord === undefined ? undefined : yearNamed(yearWord, thisYear));
  if (told !== undefined || yearWord !== undefined) {
    const on = told === undefined ? undefined : inYear(told);
    if (on === undefined || on > addMonths(today, 12 * yearsAhead)) return 'unclear';
    return on < today || (form === 'bare' && on === today) ? 'past' : { until: on };
  }
  const same = inYear(thisYear);
  const next = [same, inYear(thisYear + 1)].find((on) => on !== undefined && on >= today);
  const isPast = same !== undefined && same < today;
  // a bare day (3月5日完成) that was this year already, or is today, is rather a report
  const monthsAhead = form === 'bare' && isPast ? monthsAheadInNextYear : monthsAheadWithoutYear;
  if (next === undefined || next > addMonths(today, monthsAhead)) return isPast ? 'past' : 'unclear';
  return form === 'bare' && next === today ? 'past' : { until: next };
}

function yearNamed(word: string, thisYear: number): number | undefined {
  if (word === '今年' || word === '本年') return thisYear;
  return word === '明年' || word === '来年' ? thisYear + 1 : undefined;
}

function blanked(text: string, parts: readonly { readonly start: number; readonly end: number }[]): string {
  return parts.reduce((kept, { start, end }) => kept.slice(0, start) + ' '.repeat(end - start) + kept.slice(end), text);
}
