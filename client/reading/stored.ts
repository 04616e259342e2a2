import type { Calendar } from '../../workflows/rules/calendar.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';

/** An issue's terms and progress as the ledger keeps them: both null until it is launched. */
export interface Stored {
  readonly terms: unknown;
  readonly progress: unknown;
}

/** The two as the rules read them; undefined for an issue of a draft. What stands there was written by `writeDown`. */
export function storedIssue({ terms, progress }: Stored): { terms: IssueTerms; progress: IssueProgress } | undefined {
  if (terms === null || progress === null) return undefined;
  const read = terms as IssueTerms;
  return { terms: { ...read, calendar: shared(read.calendar) }, progress: progress as IssueProgress };
}

/** Issues of a round carry the same slice: one object for all, so that its index is built once. */
const calendars = new Map<string, Calendar>();

function shared(calendar: Calendar): Calendar {
  const name = `${String(calendar.version)}/${calendar.from}/${calendar.to}/${String(calendar.daysOff.length)}`;
  const known = calendars.get(name);
  if (known) return known;
  if (calendars.size > 100) calendars.clear();
  calendars.set(name, calendar);
  return calendar;
}
