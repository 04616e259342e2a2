import { type Calendar, isWorkday } from './calendar.ts';
import { addDays, type IsoDate } from './instants.ts';
import type { Policy } from './policy.ts';

interface SendingTerms {
  readonly calendar: Calendar;
  readonly policy: Pick<Policy, 'quietDays'>;
}

/** Whether mail may leave on the day: it is worked, and no quiet day (静默日). */
export function isSendingDay({ calendar, policy }: SendingTerms, day: IsoDate): boolean {
  return isWorkday(calendar, day) && !isQuietDay(policy, day);
}

/** Whether the policy lets nothing leave on the day, be it worked or off. */
export function isQuietDay({ quietDays = [] }: SendingTerms['policy'], day: IsoDate): boolean {
  return quietDays.some(({ from, to }) => day >= from && day <= to);
}

/** The day itself when mail may leave on it, else the next such day. */
export function nextSendingDay(terms: SendingTerms, day: IsoDate): IsoDate {
  let free = day;
  while (!isSendingDay(terms, free)) free = addDays(free, 1);
  return free;
}
