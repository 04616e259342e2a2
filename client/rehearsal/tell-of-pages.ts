import { compared } from '../../workflows/rules/compared.ts';
import { addWorkdays } from '../../workflows/rules/calendar.ts';
import { addDays, at, dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Addressees } from './addressees.ts';
import type { RehearsedMail } from './gather-mails.ts';
import type { RehearsalInput } from './rehearsal-input.ts';

/**
 * Adds what the office is told of pages (打印件): each page is a line in the mail of the day of everybody in the office who
 * has mail; in the next workday's where the day's has left, and in one of its own where there is none.
 */
export function tellOfPages(
  mails: readonly RehearsedMail[],
  { people, round, until }: Pick<RehearsalInput, 'people' | 'round' | 'until'>,
  addressees: Addressees,
): readonly RehearsedMail[] {
  const onPaper = new Set(people.flatMap(({ id, reach }) => (reach === 'paper' ? [id] : [])));
  const pages = mails.filter(({ personId }) => onPaper.has(personId));
  if (pages.length === 0) return mails;
  const told = new Map(mails.map((mail) => [placeOf(mail.personId, mail.leavesAt), mail]));
  const tell = (personId: string, leavesAt: IsoInstant): void => {
    const place = placeOf(personId, leavesAt);
    const mail = told.get(place);
    if (mail !== undefined && mail.leavesAt < leavesAt) {
      const next = addWorkdays(round.calendar, addDays(dayOf(leavesAt), 1), 0);
      const nextAt = at(next, round.policy.sendAt);
      if (nextAt <= until) tell(personId, nextAt);
      return;
    }
    const { copies = [], notices = 0 } = mail ?? {};
    told.set(place, {
      personId,
      on: dayOf(leavesAt),
      leavesAt: mail?.leavesAt ?? leavesAt,
      copies,
      notices: notices + 1,
    });
  };
  for (const { leavesAt } of pages) {
    const office = addressees.at({ heldFor: null, measure: undefined, role: 'office' }, leavesAt);
    for (const personId of office.personIds) if (!onPaper.has(personId)) tell(personId, leavesAt);
  }
  return [...told.values()].sort((one, other) => compared(one.leavesAt, other.leavesAt));
}

function placeOf(personId: string, leavesAt: IsoInstant): string {
  return `${personId} ${dayOf(leavesAt)}`;
}
