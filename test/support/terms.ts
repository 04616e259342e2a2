import { at } from '../../workflows/rules/instants.ts';
import { simplePolicy } from '../../workflows/rules/simple-policy.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import { sliceOf } from '../../workflows/rules/calendar.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';

/** An ordinary issue with two measures, launched on 2024年1月8日(周一) 08:00, due by the end of March. */
export function ordinaryTerms(changes: Partial<IssueTerms> = {}): IssueTerms {
  return {
    issueId: 'issue-1',
    roundId: 'round-1',
    kind: 'ordinary',
    deadline: '2024-03-29',
    measures: [
      { number: 1, deadline: '2024-02-29' },
      { number: 2, deadline: '2024-03-29' },
    ],
    policy: simplePolicy,
    calendar: sliceOf(bundledCalendar, '2023-12-01', '2026-12-31'),
    clock: { kind: 'real' },
    launchedAt: at('2024-01-08', '08:00'),
    firstMail: 'inHours',
    ...changes,
  };
}
