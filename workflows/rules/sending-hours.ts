import { addDays, at, dayOf, type IsoDate, type IsoInstant } from './instants.ts';
import type { Policy } from './policy.ts';
import { isSendingDay, nextSendingDay } from './sending-days.ts';
import type { IssueTerms } from './terms.ts';

/** What says when mail may leave. */
interface SendingTerms {
  readonly calendar: IssueTerms['calendar'];
  readonly policy: Pick<Policy, 'sendingHours' | 'quietDays'>;
}

/** The moment itself if it lies in the sending hours of a workday, else the beginning of the next such hours. */
export function withinHours(terms: SendingTerms, moment: IsoInstant): IsoInstant {
  const day = dayOf(moment);
  const { from, to } = terms.policy.sendingHours;
  if (isSendingDay(terms, day)) {
    if (moment < at(day, from)) return at(day, from);
    if (moment < at(day, to)) return moment;
  }
  return at(nextSendingDay(terms, addDays(day, 1)), from);
}

/** The first window from `moment` on in which an answer or a letter may leave, of one day; its end is exclusive. */
export function windowFrom(
  terms: SendingTerms,
  moment: IsoInstant,
): { plannedOn: IsoDate; earliestAt: IsoInstant; latestAt: IsoInstant } {
  const earliestAt = withinHours(terms, moment);
  const plannedOn = dayOf(earliestAt);
  return { plannedOn, earliestAt, latestAt: at(plannedOn, terms.policy.sendingHours.to) };
}
