import { addWorkdays, isWorkday } from './calendar.ts';
import type { IssueEvent } from './events.ts';
import { addDays, at, dayOf, type IsoDate, type IsoInstant } from './instants.ts';
import type { Policy, Role } from './policy.ts';
import type { IssueTerms } from './terms.ts';

/** A mail that answers somebody and so is no reminder: it leaves at once, within the sending hours. */
export interface PlannedAnswer {
  /** `issue/cycle/answer-<event>/<role>`. */
  readonly key: string;
  readonly sequence: number;
  readonly role: Role;
  readonly about: 'closureReturned' | 'closureApproved' | 'rebounded';
  readonly reason: string;
  readonly plannedOn: IsoDate;
  readonly earliestAt: IsoInstant;
  readonly latestAt: IsoInstant;
}

/** The answers that follow from an event: the handler learns what became of his proposal and of the look-back. */
export function answersTo(terms: IssueTerms, cycle: number, event: IssueEvent): PlannedAnswer[] {
  const about = event.type;
  if (about !== 'closureReturned' && about !== 'closureApproved' && about !== 'rebounded') return [];
  const reason = about === 'closureReturned' ? event.reason : about === 'rebounded' ? event.finding : '';
  const earliestAt = withinHours(terms, event.at);
  const plannedOn = dayOf(earliestAt);
  return [
    {
      key: [terms.issueId, cycle, `answer-${String(event.sequence)}`, 'handler'].join('/'),
      sequence: event.sequence,
      role: 'handler',
      about,
      reason,
      plannedOn,
      earliestAt,
      latestAt: at(plannedOn, terms.policy.sendingHours.to),
    },
  ];
}

/** The moment itself if it lies in the sending hours of a workday, else the beginning of the next such hours. */
export function withinHours(
  { calendar, policy }: { calendar: IssueTerms['calendar']; policy: Pick<Policy, 'sendingHours'> },
  moment: IsoInstant,
): IsoInstant {
  const day = dayOf(moment);
  const { from, to } = policy.sendingHours;
  if (isWorkday(calendar, day)) {
    if (moment < at(day, from)) return at(day, from);
    if (moment < at(day, to)) return moment;
  }
  return at(addWorkdays(calendar, addDays(day, 1), 0), from);
}
