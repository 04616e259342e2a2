import { compared } from '../../workflows/rules/compared.ts';
import type { Festival } from '../../workflows/rules/calendar.ts';
import { addDays, daysBetween, inChinese, type IsoDate, weekdayOf } from '../../workflows/rules/instants.ts';
import {
  type FestivalName,
  festivalNames,
  type HolidayProblem,
  type HolidayProblemCode,
  type HolidayReading,
} from './holiday-year.ts';

/** A day as a text or a table states it, and on which line. */
export interface StatedDay {
  readonly day: IsoDate;
  readonly line: number;
}

/** A festival as stated, or two that share their days off. */
export interface StatedFestival {
  readonly names: readonly FestivalName[];
  readonly line: number;
  /** All days off, weekends included, in any order. */
  readonly daysOff: readonly StatedDay[];
}

/** A weekend stated as worked, with the festival it is worked for where that is said. */
export interface StatedMakeUp extends StatedDay {
  readonly names?: readonly FestivalName[];
}

/** Everything one year's announcement states, whether as sentences or as rows. */
export interface StatedYear {
  readonly year: number;
  readonly festivals: readonly StatedFestival[];
  readonly makeUpDays: readonly StatedMakeUp[];
}

/**
 * The span, month and day, in which each festival's own day lies in any year (the lunar ones with some days to spare).
 * It is always a day off, so days off that do not touch the span are a slip of the pen.
 */
const seasons: Readonly<Record<FestivalName, readonly [from: string, to: string]>> = {
  元旦: ['01-01', '01-01'],
  春节: ['01-20', '02-22'],
  清明节: ['04-04', '04-06'],
  劳动节: ['05-01', '05-01'],
  端午节: ['05-25', '06-28'],
  中秋节: ['09-05', '10-10'],
  国庆节: ['10-01', '10-01'],
};

/** Two weeks is the farthest since 2018; less than a month, so that a slip in the month is caught in any case. */
const farthestMakeUpDays = 21;

/** A stated festival with its ends; `first` and `last` are days off. */
interface Span extends StatedFestival {
  readonly title: string;
  readonly first: IsoDate;
  readonly last: IsoDate;
}

/** The year in the calendar's own form, with everything in it that cannot be; problems found in reading come along. */
export function checkedYear(stated: StatedYear, found: readonly HolidayProblem[]): HolidayReading {
  const { year, festivals, makeUpDays } = stated;
  const spans = festivals.flatMap(spanOf).sort((a, b) => compared(a.first, b.first));
  const problems = [
    ...found,
    ...completeness(stated, found),
    ...spans.flatMap((span) => [...placeOf(span, year), ...gapsOf(span)]),
    ...overlaps(spans),
    ...makeUpDays.flatMap((makeUp) => makeUpProblems(makeUp, year, spans)),
    ...repeated(makeUpDays),
  ].sort((a, b) => a.line - b.line);
  return {
    year,
    festivals: spans.flatMap(({ names, first, last }) =>
      names.map((name): Festival => ({ name, year, firstDayOff: first, lastDayOff: last })),
    ),
    daysOff: inOrder(festivals.flatMap(({ daysOff }) => daysOff.filter(({ day }) => !isWeekend(day)))),
    makeUpDays: inOrder(makeUpDays),
    problems,
  };
}

export function isWeekend(day: IsoDate): boolean {
  return weekdayOf(day) % 6 === 0;
}

function spanOf(festival: StatedFestival): Span[] {
  const days = inOrder(festival.daysOff);
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  return [{ ...festival, title: festival.names.join('、'), first, last }];
}

/** Each of the seven stands once; one whose sentence could not be read is not reported a second time. */
function completeness({ festivals }: StatedYear, found: readonly HolidayProblem[]): HolidayProblem[] {
  const lastLine = Math.max(1, ...festivals.map(({ line }) => line));
  return festivalNames.flatMap((name) => {
    const [first, ...more] = festivals.filter(({ names }) => names.includes(name));
    if (!first) return [problem('FestivalMissing', lastLine, `没有读到${name}的放假安排，请补全后再导入`)];
    const twice = more.map(({ line }) =>
      problem('FestivalTwice', line, `${name}在第 ${String(first.line)} 行已有安排，请只保留一处`),
    );
    const isReported = found.some(({ code, line }) => line >= first.line && unread.has(code));
    if (first.daysOff.length > 0 || isReported) return twice;
    return [...twice, problem('NoDaysOff', first.line, `${name}没有写哪天放假`)];
  });
}

const unread: ReadonlySet<HolidayProblemCode> = new Set(['Unreadable', 'NoSuchDay', 'SpanBackwards']);

function placeOf({ names, title, line, first, last }: Span, year: number): HolidayProblem[] {
  const earliest = names.includes('元旦') ? `${String(year - 1)}-12-01` : `${String(year)}-01-01`;
  if (first < earliest || last > `${String(year)}-11-30`) {
    const message = `${title}从${inChinese(first)}到${inChinese(last)}，不都在${String(year)}年的放假范围内，请核对年月`;
    return [problem('OutsideYear', line, message)];
  }
  return names.flatMap((name) => {
    const [from, to] = seasons[name].map((day) => `${String(year)}-${day}`) as [IsoDate, IsoDate];
    if (first <= to && last >= from) return [];
    const message = `${name}写的是${inChinese(first)}到${inChinese(last)}放假，不在${name}前后，请核对月份和日期`;
    return [problem('FestivalElsewhere', line, message)];
  });
}

/** A weekend between two days off need not be named; a weekday must. */
function gapsOf({ title, line, first, last, daysOff }: Span): HolidayProblem[] {
  const stated = new Set(daysOff.map(({ day }) => day));
  const absent: string[] = [];
  for (let day = first; day < last && absent.length < 4; day = addDays(day, 1)) {
    if (!stated.has(day) && !isWeekend(day)) absent.push(inChinese(day));
  }
  if (absent.length === 0) return [];
  const days = `${absent.slice(0, 3).join('、')}${absent.length > 3 ? '等' : ''}`;
  return [problem('FestivalBroken', line, `${title}的放假日期不连续，缺${days}，请核对`)];
}

function overlaps(spans: readonly Span[]): HolidayProblem[] {
  return spans.flatMap((span, index) => {
    const before = spans[index - 1];
    if (!before || before.last < span.first || before.names.some((name) => span.names.includes(name))) return [];
    const message = `${before.title}与${span.title}的放假日期重叠；两节连放请写成“${before.title}、${span.title}”一条`;
    return [problem('FestivalsOverlap', Math.max(before.line, span.line), message)];
  });
}

function makeUpProblems({ day, line, names }: StatedMakeUp, year: number, spans: readonly Span[]): HolidayProblem[] {
  const problems: HolidayProblem[] = [];
  if (!isWeekend(day)) {
    problems.push(problem('MakeUpOnWeekday', line, `${inChinese(day)}本来就是工作日，不会是调休上班，请核对日期`));
  }
  if (day < `${String(year - 1)}-12-01` || day > `${String(year)}-11-30`) {
    const message = `${inChinese(day)}调休上班，不在${String(year)}年的放假范围内（上年12月至当年11月），请核对年月`;
    problems.push(problem('OutsideYear', line, message));
  }
  const holiday = spans.find(({ daysOff }) => daysOff.some((off) => off.day === day));
  if (holiday) {
    const message = `${inChinese(day)}既是${holiday.title}放假，又写了上班，请核对`;
    problems.push(problem('MakeUpOnDayOff', line, message));
  }
  const own = spans.find((span) => span.names.some((name) => names?.includes(name)));
  if (own && Math.max(daysBetween(day, own.first), daysBetween(own.last, day)) > farthestMakeUpDays) {
    const message = `${inChinese(day)}调休上班，离${own.title}超过${String(farthestMakeUpDays)}天，请核对月份；确实如此的，请改用表格导入，“节日”一栏留空`;
    problems.push(problem('MakeUpFarAway', line, message));
  }
  return problems;
}

function repeated(makeUpDays: readonly StatedMakeUp[]): HolidayProblem[] {
  return makeUpDays.flatMap(({ day, line }, index) => {
    const first = makeUpDays.findIndex((other) => other.day === day);
    return first < index ? [problem('MakeUpTwice', line, `${inChinese(day)}上班写了两次，请核对日期`)] : [];
  });
}

export function problem(code: HolidayProblemCode, line: number, message: string): HolidayProblem {
  return { code, line, message };
}

function inOrder(days: readonly StatedDay[]): IsoDate[] {
  return [...new Set(days.map(({ day }) => day))].sort(compared);
}
