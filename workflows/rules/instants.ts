import {
  type DayNumber,
  dayMs,
  dayNumbered,
  daysInMonth,
  digitsAt,
  type IsoDate,
  keptAtMost,
  monthsAfter,
  numberAtStart,
  numberOf,
  weekdayNumbered,
} from './day-numbers.ts';

/**
 * Days and moments as text. A day is a calendar day in Beijing; a moment is UTC with milliseconds.
 * Both sort as text. China has kept UTC+8 without summer time since 1991, so a fixed offset is exact.
 *
 * Whoever passes text that is no day or no moment gets a `RangeError`: people's words are read elsewhere
 * (deadline-words.ts), so a malformed day here is a defect.
 */

/** A moment in UTC with milliseconds, `2024-03-29T01:00:00.000Z`; earlier moments sort first as text. */
export type IsoInstant = string;

const beijingOffsetMs = 8 * 3_600_000;
const wallTimePattern = /^([01]\d|2[0-3]):([0-5]\d)$/;
const weekdays = ['日', '一', '二', '三', '四', '五', '六'] as const;

export { daysInMonth, type IsoDate };

/** Whether the text is a day that exists, of the years 1000 to 9999: `2024-02-29` but not `2023-02-29`. */
export function isIsoDate(text: string): boolean {
  return text.length === 10 && numberAtStart(text) !== undefined;
}

/** The day n days later; n may be negative. */
export function addDays(day: IsoDate, n: number): IsoDate {
  return dayNumbered(numberOf(day) + n);
}

/** How many days lie from one day to the other: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return numberOf(to) - numberOf(from);
}

/** The same day of the month n months later, or that month's last day where it is shorter; n may be negative. */
export function addMonths(day: IsoDate, n: number): IsoDate {
  return dayNumbered(monthsAfter(day, n));
}

/** The first day of the day's month. */
export function firstOfMonth(day: IsoDate): IsoDate {
  return `${day.slice(0, 7)}-01`;
}

/** The weekday, 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: IsoDate): number {
  return weekdayNumbered(numberOf(day));
}

/** The day as people read it: `2024年3月29日(周五)`. */
export function inChinese(day: IsoDate): string {
  const date = new Date(numberOf(day) * dayMs);
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日(周${weekdays[date.getUTCDay()]})`;
}

/** The day in Beijing on which the moment lies. */
export function dayOf(instant: IsoInstant): IsoDate {
  return dayNumbered(Math.floor((msOf(instant) + beijingOffsetMs) / dayMs));
}

/** The moment at which clocks in Beijing show `HH:MM` (00:00 to 23:59) on the day. */
export function at(day: IsoDate, wallTime: string): IsoInstant {
  const time = timeOf(wallTime);
  const number = numberOf(day);
  const known = time.moments.get(number);
  if (known !== undefined) return known;
  const moment = `${dayNumbered(number + time.days)}${time.text}`;
  if (time.moments.size >= keptAtMost) time.moments.clear();
  time.moments.set(number, moment);
  return moment;
}

/** The day's first moment in Beijing, 00:00:00.000. */
export function startOfDay(day: IsoDate): IsoInstant {
  return at(day, '00:00');
}

/** The day's last moment in Beijing, 23:59:59.999, so that `instant <= endOfDay(day)` means "on the day or before". */
export function endOfDay(day: IsoDate): IsoInstant {
  return `${dayNumbered(numberOf(day))}T15:59:59.999Z`;
}

/** The moment so many milliseconds later; negative means earlier. */
export function addMs(instant: IsoInstant, ms: number): IsoInstant {
  return instantText(msOf(instant) + ms);
}

/** The earliest of the moments given, leaving out undefined ones; undefined when there is none. */
export function earliest(...instants: readonly (IsoInstant | undefined)[]): IsoInstant | undefined {
  let first: IsoInstant | undefined;
  for (const instant of instants) {
    if (instant !== undefined && (first === undefined || instant < first)) first = instant;
  }
  return first;
}

/** The latest of the moments given, leaving out undefined ones; undefined when there is none. */
export function latest(...instants: readonly (IsoInstant | undefined)[]): IsoInstant | undefined {
  let last: IsoInstant | undefined;
  for (const instant of instants) {
    if (instant !== undefined && (last === undefined || instant > last)) last = instant;
  }
  return last;
}

/** What a time of day in Beijing is in UTC: on which day, counted from Beijing's, and the text behind that day. */
interface UtcTime {
  readonly days: -1 | 0;
  readonly text: string;
  /** By day: those that were last asked for, since every line of a day leaves at the same moment. */
  readonly moments: Map<DayNumber, IsoInstant>;
}

/** By the time of day, of which there are 1,440: a policy names two or three of them, for thousands of days. */
const utcTimes = new Map<string, UtcTime>();

function timeOf(wallTime: string): UtcTime {
  const known = utcTimes.get(wallTime);
  if (known !== undefined) return known;
  const [, hours, minutes] = wallTimePattern.exec(wallTime) ?? [];
  if (hours === undefined || minutes === undefined) throw new RangeError(`Not a time of day (HH:MM): “${wallTime}”`);
  const ms = Number(hours) * 3_600_000 + Number(minutes) * 60_000 - beijingOffsetMs;
  const time: UtcTime = { days: ms < 0 ? -1 : 0, text: instantText(ms).slice(10), moments: new Map() };
  utcTimes.set(wallTime, time);
  return time;
}

function msOf(instant: IsoInstant): number {
  const isShaped = instant.length === 24 && instant[10] === 'T' && instant[23] === 'Z';
  const day = isShaped ? numberAtStart(instant) : undefined;
  const ms = day === undefined ? NaN : day * dayMs + msOfTime(instant);
  if (Number.isNaN(ms)) throw new RangeError(`Not a moment in UTC with milliseconds: “${instant}”`);
  return ms;
}

/** NaN where `HH:MM:SS.mmm` is no time of day. Arithmetic, because every look of the planner reads moments. */
function msOfTime(instant: IsoInstant): number {
  const hours = digitsAt(instant, 11, 2);
  const minutes = digitsAt(instant, 14, 2);
  const seconds = digitsAt(instant, 17, 2);
  const isTime = instant[13] === ':' && instant[16] === ':' && instant[19] === '.';
  if (!isTime || hours > 23 || minutes > 59 || seconds > 59) return NaN;
  return hours * 3_600_000 + minutes * 60_000 + seconds * 1_000 + digitsAt(instant, 20, 3);
}

function instantText(ms: number): IsoInstant {
  const date = new Date(ms);
  const year = Number.isNaN(ms) ? NaN : date.getUTCFullYear();
  if (!(year >= 1000 && year <= 9999) || !Number.isInteger(ms)) {
    throw new RangeError(`Not a whole millisecond of the years 1000 to 9999: ${ms}`);
  }
  return date.toISOString();
}
