import type { IsoDate } from '../../workflows/rules/instants.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { spokenIn } from '../incoming-mail/spoken-requests.ts';

/** A day (inclusive) that words promise and that nobody has entered as a promise: they are kept as progress. */
export interface DayNamed {
  readonly day: IsoDate;
  /** `afterDeadline`: such a day cannot be promised, more time has to be asked for. */
  readonly promise: 'fits' | 'afterDeadline';
}

/** The day that the words promise, read as in a mail; null where a mail with them would promise none. */
export function dayNamedIn(
  text: string,
  { terms, progress }: { readonly terms: IssueTerms; readonly progress: IssueProgress },
  today: IsoDate,
): DayNamed | null {
  const { requests } = spokenIn(text, { today, calendar: terms.calendar });
  const heard = requests.find((request) => request.kind === 'promise');
  if (heard === undefined) return null;
  const { until: day } = heard;
  return { day, promise: isAfterDeadline(day, today, progress.deadline) ? 'afterDeadline' : 'fits' };
}

/** Once the deadline has passed, any day may be promised. */
export function isAfterDeadline(promise: IsoDate, today: IsoDate, deadline: IsoDate): boolean {
  return today <= deadline && promise > deadline;
}
