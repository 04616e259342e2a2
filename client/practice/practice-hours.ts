import { addDays, addMs, at, dayOf, type IsoInstant, weekdayOf } from '../../workflows/rules/instants.ts';

const minuteMs = 60_000;
const opens = '08:30';
const closes = '18:00';

/**
 * When a practice person gets round to it: so many minutes after a mail came, moved into office hours, Monday to
 * Friday from 08:30 to 18:00. Never on the full minute, so never at the very moment at which the day's mails leave.
 *
 * @param jitter 0 to 1: where within the first hour and a half of a morning, and at which second
 */
export function officeMoment(sentAt: IsoInstant, minutes: number, jitter: number): IsoInstant {
  const meant = addMs(sentAt, minutes * minuteMs);
  const day = dayOf(meant);
  const isWorked = weekdayOf(day) >= 1 && weekdayOf(day) <= 5;
  if (isWorked && meant >= at(day, opens) && meant < at(day, closes)) return offTheMinute(meant, jitter);
  let morning = isWorked && meant < at(day, opens) ? day : addDays(day, 1);
  while (weekdayOf(morning) === 0 || weekdayOf(morning) === 6) morning = addDays(morning, 1);
  return offTheMinute(addMs(at(morning, opens), Math.floor(jitter * 90) * minuteMs), jitter);
}

function offTheMinute(moment: IsoInstant, jitter: number): IsoInstant {
  const wholeMinute = moment.slice(0, 17);
  const second = 1 + (Math.floor(jitter * 10_000) % 59);
  return `${wholeMinute}${String(second).padStart(2, '0')}.000Z`;
}
