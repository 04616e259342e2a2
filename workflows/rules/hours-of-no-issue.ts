import type { Calendar } from './calendar.ts';
import type { Policy } from './policy.ts';
import { simplePolicy } from './simple-policy.ts';
import { bundledCalendar } from './state-council-2018-2026.ts';

/** For a mail about neither issue nor round: the bundled calendar and the simplest preset's hours. */
export const hoursOfNoIssue: { readonly calendar: Calendar; readonly policy: Policy } = {
  calendar: bundledCalendar,
  policy: simplePolicy,
};
