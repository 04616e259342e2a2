import { type Calendar, workdaysBetween } from '../calendar.ts';
import { addDays, addMonths, firstOfMonth, type IsoDate, weekdayOf } from '../instants.ts';
import { workdayAround } from '../ladder.ts';
import type { DutyCadence } from '../policy.ts';

type Recurring = Exclude<DutyCadence, { readonly every: 'once' }>;

/**
 * The first day after `after` on which a recurring duty is due. What falls on a day off is due on the last workday before
 * it; a holiday that swallows a whole week leaves that week's out. A quarter's duty falls into its last month, a
 * year's into December.
 */
export function nextDueOn(calendar: Calendar, cadence: Recurring, after: IsoDate): IsoDate {
  for (let nominal = nextNominal(cadence, after); ; nominal = nextNominal(cadence, nominal)) {
    const day = workdayAround(calendar, nominal, 0);
    if (day > after) return day;
  }
}

/**
 * The day a duty opens: so many workdays before it is due, but never before half of the time since the one before has
 * passed, so that one that was missed is chased before the next takes its place.
 */
export function opensOn(calendar: Calendar, before: IsoDate, dueOn: IsoDate, aheadWorkdays: number): IsoDate {
  const half = Math.floor(workdaysBetween(calendar, before, dueOn) / 2);
  return workdayAround(calendar, dueOn, -Math.min(aheadWorkdays, half));
}

function nextNominal(cadence: Recurring, after: IsoDate): IsoDate {
  if (cadence.every === 'week') {
    const days = (cadence.weekday - weekdayOf(after) + 7) % 7;
    return addDays(after, days === 0 ? 7 : days);
  }
  const step = { month: 1, quarter: 3, year: 12 }[cadence.every];
  for (let month = firstOfMonth(after); ; month = addMonths(month, 1)) {
    const day = dayInMonth(month, cadence.dayOfMonth);
    if (Number(month.slice(5, 7)) % step === 0 && day > after) return day;
  }
}

function dayInMonth(month: IsoDate, dayOfMonth: number): IsoDate {
  const last = addDays(addMonths(month, 1), -1);
  const day = addDays(month, dayOfMonth - 1);
  return day < last ? day : last;
}
