import { type DayNumber, dayNumbered, numberOf, weekdayNumbered } from './day-numbers.ts';
import { addDays, addMonths, type IsoDate } from './instants.ts';

/**
 * The working calendar: Monday to Friday, less the public holidays (放假), plus the weekends worked for them
 * (调休上班), as the State Council publishes them year by year. Plain data: a calendar is stored as JSON in the
 * ledger, version by version, and travels in slices with the issues.
 */
export interface Calendar {
  readonly version: number;
  /** The first day with published data. */
  readonly from: IsoDate;
  /** The last day with published data, inclusive; earlier than `from` when there is none. */
  readonly to: IsoDate;
  /** Days off by public holiday that fall on Monday to Friday. */
  readonly daysOff: readonly IsoDate[];
  /** Saturdays and Sundays that are worked. */
  readonly makeUpDays: readonly IsoDate[];
  readonly festivals: readonly Festival[];
}

/** A public holiday as it is published; two festivals may share their days off (中秋节 and 国庆节 in 2023). */
export interface Festival {
  /** The full name: 元旦 春节 清明节 劳动节 端午节 中秋节 国庆节. */
  readonly name: string;
  /** The year the festival belongs to; the days off of 元旦 may begin in the year before. */
  readonly year: number;
  readonly firstDayOff: IsoDate;
  /** Inclusive; always in the festival's own year. */
  readonly lastDayOff: IsoDate;
}

/**
 * Whether the day is worked. Outside the published data only weekends are days off: see `isProvisional`.
 *
 * @throws RangeError for text that is no day, as all functions here do
 */
export function isWorkday(calendar: Calendar, day: IsoDate): boolean {
  return worked(indexOf(calendar), numberOf(day));
}

/** Whether the day lies outside the published data, so that what is said about it may still change. */
export function isProvisional(calendar: Calendar, day: IsoDate): boolean {
  const { first, last } = indexOf(calendar);
  const number = numberOf(day);
  return number < first || number > last;
}

/** The day itself when it is a workday, else the first workday after it. */
export function nextWorkday(calendar: Calendar, day: IsoDate): IsoDate {
  return addWorkdays(calendar, day, 0);
}

/**
 * The n-th workday after the day, or for negative n before it. The day itself does not count, whether it is worked or
 * not: the 1st workday after a Friday, a Saturday or a Sunday is Monday. For n = 0, the day itself when it is a
 * workday, else the next one.
 *
 * @throws RangeError when n is no whole number
 */
export function addWorkdays(calendar: Calendar, day: IsoDate, n: number): IsoDate {
  if (!Number.isSafeInteger(n)) throw new RangeError(`Not a whole number of workdays: ${n}`);
  const index = indexOf(calendar);
  let number = numberOf(day);
  if (n === 0) {
    while (!worked(index, number)) number += 1;
    return dayNumbered(number);
  }
  const step = Math.sign(n);
  for (let left = Math.abs(n); left > 0;) {
    number += step;
    if (worked(index, number)) left -= 1;
  }
  return dayNumbered(number);
}

/**
 * How many workdays lie from one day to the other, `from` exclusive and `to` inclusive; negative when `to` is earlier.
 * So `workdaysBetween(c, day, addWorkdays(c, day, n)) === n` for every n but 0.
 */
export function workdaysBetween(calendar: Calendar, from: IsoDate, to: IsoDate): number {
  const index = indexOf(calendar);
  const start = numberOf(from);
  const end = numberOf(to);
  const step = Math.sign(end - start);
  let count = 0;
  for (let number = start; number !== end;) {
    number += step;
    if (worked(index, number)) count += step;
  }
  return count;
}

/** The workdays from one day to the other, both inclusive, in order; none when `to` is earlier. */
export function workdays(calendar: Calendar, from: IsoDate, to: IsoDate): IsoDate[] {
  const index = indexOf(calendar);
  const end = numberOf(to);
  const days: IsoDate[] = [];
  for (let number = numberOf(from); number <= end; number += 1) {
    if (worked(index, number)) days.push(dayNumbered(number));
  }
  return days;
}

/** The days off of a festival in a year by its full name, or undefined when none is published. */
export function festivalOf(calendar: Calendar, year: number, name: string): Festival | undefined {
  return calendar.festivals.find((festival) => festival.year === year && festival.name === name);
}

/**
 * The calendar of the whole years that the two days (inclusive) touch, for an issue's workflow to carry. Within those
 * years it answers as the whole does; outside them every day is provisional.
 */
export function sliceOf(calendar: Calendar, from: IsoDate, to: IsoDate): Calendar {
  const first = later(calendar.from, `${from.slice(0, 4)}-01-01`);
  const last = earlier(calendar.to, `${to.slice(0, 4)}-12-31`);
  const within = (day: IsoDate) => day >= first && day <= last;
  return {
    version: calendar.version,
    from: first,
    to: last,
    daysOff: calendar.daysOff.filter(within),
    makeUpDays: calendar.makeUpDays.filter(within),
    festivals: calendar.festivals.filter((festival) => within(festival.lastDayOff)),
  };
}

/** How far the calendar reaches that is carried along: a look-back and a second cycle lie well within. */
const carriedMonths = 48;

/** The calendar that an issue or a round launched on the day carries. */
export function carriedCalendar(calendar: Calendar, launchedOn: IsoDate): Calendar {
  return sliceOf(calendar, addDays(launchedOn, -60), addMonths(launchedOn, carriedMonths));
}

/** A calendar made quick to ask: one look for each day of the published data. */
interface CalendarIndex {
  readonly first: DayNumber;
  readonly last: DayNumber;
  /** By the day's place from the first: 1 for a workday. */
  readonly worked: Uint8Array;
}

/** A calendar never changes once it is made, so its index is made once. */
const indexes = new WeakMap<Calendar, CalendarIndex>();

function indexOf(calendar: Calendar): CalendarIndex {
  const known = indexes.get(calendar);
  if (known) return known;
  const first = numberOf(calendar.from);
  const last = numberOf(calendar.to);
  const days = Uint8Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => byWeek(first + place));
  const mark = (marked: readonly IsoDate[], as: 0 | 1) => {
    for (const day of marked) if (day >= calendar.from && day <= calendar.to) days[numberOf(day) - first] = as;
  };
  mark(calendar.daysOff, 0);
  mark(calendar.makeUpDays, 1);
  const index: CalendarIndex = { first, last, worked: days };
  indexes.set(calendar, index);
  return index;
}

function worked({ first, worked: days }: CalendarIndex, number: DayNumber): boolean {
  return (days[number - first] ?? byWeek(number)) === 1;
}

function byWeek(number: DayNumber): 0 | 1 {
  const weekday = weekdayNumbered(number);
  return weekday !== 0 && weekday !== 6 ? 1 : 0;
}

function earlier(one: IsoDate, other: IsoDate): IsoDate {
  return one < other ? one : other;
}

function later(one: IsoDate, other: IsoDate): IsoDate {
  return one > other ? one : other;
}
