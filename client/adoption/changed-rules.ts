import { type Calendar, sliceOf } from '../../workflows/rules/calendar.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';

/** What the running issues and rounds shall go by from now on. */
export type ChangedRules =
  { readonly kind: 'policy'; readonly policy: Policy } | { readonly kind: 'calendar'; readonly calendar: Calendar };

/** An issue travels with the years that it needs; what has been published since it was launched comes along. */
export function carriedFrom(calendar: Calendar, carried: Calendar): Calendar {
  return sliceOf(calendar, carried.from, calendar.to);
}

/** Whether an issue or a round goes by these rules, or by later ones, already. */
export function goesBy(
  { policy, calendar }: Partial<Pick<IssueTerms, 'policy' | 'calendar'>>,
  change: ChangedRules,
): boolean {
  return change.kind === 'policy'
    ? (policy?.version ?? 0) >= change.policy.version
    : (calendar?.version ?? 0) >= change.calendar.version;
}
