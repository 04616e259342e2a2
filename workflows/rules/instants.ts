/**
 * Days and moments as text. A day is a calendar day in Beijing; a moment is UTC with milliseconds.
 * Both sort as text. China has kept UTC+8 without summer time since 1991, so a fixed offset is exact.
 *
 * Whoever passes text that is no day or no moment gets a `RangeError`: people's words are read elsewhere
 * (deadline-words.ts), so a malformed day here is a defect.
 */

/** A calendar day in Beijing, `2024-03-29`. */
export type IsoDate = string;

/** A moment in UTC with milliseconds, `2024-03-29T01:00:00.000Z`; earlier moments sort first as text. */
export type IsoInstant = string;

const dayMs = 86_400_000;
const beijingOffsetMs = 8 * 3_600_000;
const dayPattern = /^([1-9]\d{3})-(\d{2})-(\d{2})$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const wallTimePattern = /^([01]\d|2[0-3]):([0-5]\d)$/;
const weekdays = ['日', '一', '二', '三', '四', '五', '六'] as const;

/** Whether the text is a day that exists, of the years 1000 to 9999: `2024-02-29` but not `2023-02-29`. */
export function isIsoDate(text: string): boolean {
  return msOfDay(text) !== undefined;
}

/** The day n days later; n may be negative. */
export function addDays(day: IsoDate, n: number): IsoDate {
  return dayText(midnight(day) + n * dayMs);
}

/** How many days lie from one day to the other: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return (midnight(to) - midnight(from)) / dayMs;
}

/** The same day of the month n months later, or that month's last day where it is shorter; n may be negative. */
export function addMonths(day: IsoDate, n: number): IsoDate {
  const date = new Date(midnight(day));
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + n;
  return dayText(Math.min(Date.UTC(year, month, date.getUTCDate()), Date.UTC(year, month + 1, 0)));
}

/** The first day of the day's month. */
export function firstOfMonth(day: IsoDate): IsoDate {
  return `${day.slice(0, 7)}-01`;
}

/** How many days the month has, 1 for January to 12 for December. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The weekday, 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: IsoDate): number {
  return (((midnight(day) / dayMs + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday
}

/** The day as people read it: `2024年3月29日(周五)`. */
export function inChinese(day: IsoDate): string {
  const date = new Date(midnight(day));
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日(周${weekdays[date.getUTCDay()]})`;
}

/** The day in Beijing on which the moment lies. */
export function dayOf(instant: IsoInstant): IsoDate {
  return dayText(msOf(instant) + beijingOffsetMs);
}

/** The moment at which clocks in Beijing show `HH:MM` (00:00 to 23:59) on the day. */
export function at(day: IsoDate, wallTime: string): IsoInstant {
  const [, hours, minutes] = wallTimePattern.exec(wallTime) ?? [];
  if (hours === undefined || minutes === undefined) throw new RangeError(`Not a time of day (HH:MM): “${wallTime}”`);
  return instantText(midnight(day) - beijingOffsetMs + Number(hours) * 3_600_000 + Number(minutes) * 60_000);
}

/** The day's first moment in Beijing, 00:00:00.000. */
export function startOfDay(day: IsoDate): IsoInstant {
  return instantText(midnight(day) - beijingOffsetMs);
}

/** The day's last moment in Beijing, 23:59:59.999, so that `instant <= endOfDay(day)` means "on the day or before". */
export function endOfDay(day: IsoDate): IsoInstant {
  return instantText(midnight(day) - beijingOffsetMs + dayMs - 1);
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

/** Milliseconds of the day's midnight, read as if it were in UTC. */
function midnight(day: IsoDate): number {
  const ms = msOfDay(day);
  if (ms === undefined) throw new RangeError(`Not a day (YYYY-MM-DD): “${day}”`);
  return ms;
}

/** Arithmetic, not `Date.parse`: loops over years of workdays spend their time here. */
function msOfDay(text: string): number | undefined {
  const parts = dayPattern.exec(text);
  if (!parts) return undefined;
  const year = Number(parts[1]);
  const month = Number(parts[2]);
  const day = Number(parts[3]);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
    ? Date.UTC(year, month - 1, day)
    : undefined;
}

function msOf(instant: IsoInstant): number {
  const ms = instantPattern.test(instant) && isIsoDate(instant.slice(0, 10)) ? Date.parse(instant) : NaN;
  if (Number.isNaN(ms)) throw new RangeError(`Not a moment in UTC with milliseconds: “${instant}”`);
  return ms;
}

function dayText(ms: number): IsoDate {
  return instantText(ms).slice(0, 10);
}

function instantText(ms: number): IsoInstant {
  const date = new Date(ms);
  const year = Number.isNaN(ms) ? NaN : date.getUTCFullYear();
  if (!(year >= 1000 && year <= 9999) || !Number.isInteger(ms)) {
    throw new RangeError(`Not a whole millisecond of the years 1000 to 9999: ${ms}`);
  }
  return date.toISOString();
}
