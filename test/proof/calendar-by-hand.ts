import type { Calendar } from '../../workflows/rules/calendar.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';

/**
 * Days and workdays counted by hand, day after day, from a list of days off and make-up days. The checks of the proof
 * count with it and with nothing of the rules, so that both cannot be wrong in the same way.
 */

const dayMs = 86_400_000;
const beijingMs = 8 * 3_600_000;

/** Days are numbered from 1970-01-01, a Thursday. */
export type DayNumber = number;

export function numberOf(day: IsoDate): DayNumber {
  return Date.parse(`${day}T00:00:00.000Z`) / dayMs;
}

export function dayNumbered(number: DayNumber): IsoDate {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

export function later(day: IsoDate, days: number): IsoDate {
  return dayNumbered(numberOf(day) + days);
}

/** The same day so many months on; a shorter month's last day. */
export function monthsLater(day: IsoDate, months: number): IsoDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const total = year * 12 + (month - 1) + months;
  const last = new Date(Date.UTC(Math.floor(total / 12), (total % 12) + 1, 0)).getUTCDate();
  return new Date(Date.UTC(Math.floor(total / 12), total % 12, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The day on the wall calendar in Beijing. */
export function beijingDay(moment: IsoInstant): IsoDate {
  return new Date(Date.parse(moment) + beijingMs).toISOString().slice(0, 10);
}

/** `HH:MM` on the wall clock in Beijing. */
export function beijingTime(moment: IsoInstant): string {
  return new Date(Date.parse(moment) + beijingMs).toISOString().slice(11, 16);
}

export function moment(day: IsoDate, wallTime = '00:00'): IsoInstant {
  return new Date(Date.parse(`${day}T${wallTime}:00.000Z`) - beijingMs).toISOString();
}

export function isWorked(calendar: Calendar, day: IsoDate): boolean {
  return calendarByHand(calendar).isWorked(numberOf(day));
}

/** The n-th worked day after (negative: before) a day that does not count itself; for 0 the day or the next worked one. */
export function workedDay(calendar: Calendar, day: IsoDate, n: number): IsoDate {
  const { isWorked: worked } = calendarByHand(calendar);
  let number = numberOf(day);
  if (n === 0) {
    while (!worked(number)) number += 1;
    return dayNumbered(number);
  }
  for (let left = Math.abs(n); left > 0;) {
    number += Math.sign(n);
    if (worked(number)) left -= 1;
  }
  return dayNumbered(number);
}

/** Around a due day: n worked days after it, or before it; a due day that is off is warned of on the last worked day before. */
export function workedDayAround(calendar: Calendar, day: IsoDate, n: number): IsoDate {
  if (n > 0) return workedDay(calendar, day, n);
  let before = day;
  while (!isWorked(calendar, before)) before = later(before, -1);
  return n === 0 ? before : workedDay(calendar, before, n);
}

/** How many worked days lie from one day (inclusive) to the other (exclusive). */
export function workedDaysFrom(calendar: Calendar, from: IsoDate, to: IsoDate): number {
  const { isWorked: worked } = calendarByHand(calendar);
  let count = 0;
  for (let number = numberOf(from); number < numberOf(to); number += 1) if (worked(number)) count += 1;
  return count;
}

interface ByHand {
  readonly isWorked: (number: DayNumber) => boolean;
}

const known = new WeakMap<Calendar, ByHand>();

function calendarByHand(calendar: Calendar): ByHand {
  const before = known.get(calendar);
  if (before !== undefined) return before;
  const published = (day: IsoDate) => day >= calendar.from && day <= calendar.to;
  const off = new Set(calendar.daysOff.filter(published).map(numberOf));
  const madeUp = new Set(calendar.makeUpDays.filter(published).map(numberOf));
  const made: ByHand = {
    isWorked: (number) => {
      const weekday = (((number + 3) % 7) + 7) % 7; // 0 is Monday
      return weekday < 5 ? !off.has(number) : madeUp.has(number);
    },
  };
  known.set(calendar, made);
  return made;
}
