import { type Calendar, type Festival, isWorkday } from '../../workflows/rules/calendar.ts';
import { addDays, type IsoDate, weekdayOf } from '../../workflows/rules/instants.ts';
import { RefusedError } from '../refused-error.ts';
import { festivalNames, type HolidayYear } from './holiday-year.ts';

/** A day whose answer differs between two calendars, and how, in words: 由上班改为放假（春节）. */
export interface CalendarChange {
  readonly day: IsoDate;
  readonly becomes: 'off' | 'worked';
  readonly words: string;
}

/**
 * The calendar with the year added, or put in place of what was published for it before. A version of its own.
 *
 * @throws RefusedError `CalendarGap` when a year between it and the published ones is missing
 */
export function extendedBy(calendar: Calendar, holidays: HolidayYear, version: number): Calendar {
  const { year } = holidays;
  const isEmpty = calendar.to < calendar.from;
  const first = isEmpty ? year : Number(calendar.from.slice(0, 4));
  const last = isEmpty ? year : Number(calendar.to.slice(0, 4));
  if (year < first - 1 || year > last + 1) {
    const next = year < first ? first - 1 : last + 1;
    throw new RefusedError(
      'CalendarGap',
      `工作日历现有${String(first)}年至${String(last)}年，不能跳过中间年份发布${String(year)}年；请先发布${String(next)}年`,
    );
  }
  const isKept = (day: IsoDate) => announcedFor(day) !== year;
  return inOrder({
    version,
    from: `${String(Math.min(first, year))}-01-01`,
    to: `${String(Math.max(last, year))}-12-31`,
    daysOff: [...calendar.daysOff.filter(isKept), ...holidays.daysOff],
    makeUpDays: [...calendar.makeUpDays.filter(isKept), ...holidays.makeUpDays],
    festivals: [...calendar.festivals.filter((festival) => festival.year !== year), ...holidays.festivals],
  });
}

/** Every day from `fromDay` on, inclusive, that is worked by one of the calendars and off by the other. */
export function differenceOf(before: Calendar, after: Calendar, fromDay: IsoDate): CalendarChange[] {
  const lastDay = before.to > after.to ? before.to : after.to;
  const changes: CalendarChange[] = [];
  for (let day = fromDay; day <= lastDay; day = addDays(day, 1)) {
    const wasWorked = isWorkday(before, day);
    if (wasWorked === isWorkday(after, day)) continue;
    const [from, to] = [kindOf(before, day), kindOf(after, day)];
    changes.push({ day, becomes: wasWorked ? 'off' : 'worked', words: `由${from}改为${to}` });
  }
  return changes;
}

/** Whether two calendars say the same of every day and festival, whatever their versions. */
export function isSameCalendar(one: Calendar, other: Calendar): boolean {
  return contentOf(one) === contentOf(other);
}

/** The year whose announcement settles the day: no festival lies in December but the next year's 元旦. */
function announcedFor(day: IsoDate): number {
  return Number(day.slice(0, 4)) + (day.slice(5, 7) === '12' ? 1 : 0);
}

/** What kind of day it is: 上班, 调休上班, 周末休息, 放假（春节）. */
function kindOf(calendar: Calendar, day: IsoDate): string {
  const isWeekend = weekdayOf(day) % 6 === 0;
  if (isWorkday(calendar, day)) return isWeekend ? '调休上班' : '上班';
  const names = calendar.festivals.filter(({ firstDayOff, lastDayOff }) => firstDayOff <= day && day <= lastDayOff);
  if (names.length > 0) return `放假（${names.map(({ name }) => name).join('、')}）`;
  return isWeekend ? '周末休息' : '放假';
}

function inOrder(calendar: Calendar): Calendar {
  return {
    ...calendar,
    daysOff: [...calendar.daysOff].sort(),
    makeUpDays: [...calendar.makeUpDays].sort(),
    festivals: [...calendar.festivals].sort(byDay),
  };
}

/** Two festivals that share their days stand in the order of the list, however they were written. */
function byDay(one: Festival, other: Festival): number {
  if (one.firstDayOff !== other.firstDayOff) return one.firstDayOff < other.firstDayOff ? -1 : 1;
  const place = ({ name }: Festival) => festivalNames.findIndex((known) => known === name);
  return place(one) - place(other);
}

function contentOf(calendar: Calendar): string {
  const { from, to, daysOff, makeUpDays, festivals } = inOrder(calendar);
  const spans = festivals.map(({ name, year, firstDayOff, lastDayOff }) => [name, year, firstDayOff, lastDayOff]);
  return JSON.stringify([from, to, daysOff, makeUpDays, spans]);
}
