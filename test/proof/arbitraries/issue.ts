import fc from 'fast-check';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { dayNumbered, later, moment, numberOf } from '../calendar-by-hand.ts';
import { calendars } from './calendar.ts';
import { policies } from './policy.ts';

const firstLaunch = numberOf('2024-01-01');

/** An ordinary, immediate or long-term issue with up to eight measures, launched at any hour of the day. */
export const issues: fc.Arbitrary<IssueTerms> = fc
  .record({
    kind: fc.constantFrom('ordinary', 'ordinary', 'immediate', 'longTerm'),
    weight: fc.constantFrom(undefined, 'ordinary', 'major'),
    recurs: fc.integer({ max: 9, min: 0 }),
    launchedOn: fc.nat(300),
    launchedAt: fc.constantFrom('08:00', '09:00', '14:30', '20:15'),
    deadlines: fc.oneof(
      { weight: 5, arbitrary: fc.array(fc.integer({ min: -20, max: 120 }), { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.array(fc.integer({ min: -20, max: 120 }), { minLength: 4, maxLength: 8 }) },
    ),
    firstMail: fc.constantFrom('inHours', 'inHours', 'now'),
    policy: policies,
    calendar: calendars,
  })
  .map(({ kind, weight, recurs, launchedOn, launchedAt, deadlines, firstMail, policy, calendar }): IssueTerms => {
    const day = dayNumbered(firstLaunch + launchedOn);
    const measures = deadlines.map((days, index) => ({ number: index + 1, deadline: later(day, days) }));
    const owed = measures.length > 0 ? measures : [{ number: 0, deadline: later(day, 60) }];
    return {
      issueId: 'issue-1',
      roundId: 'round-1',
      kind,
      ...(weight !== undefined && { weight }),
      ...(recurs === 0 && { recurrenceOf: 'issue-0' }),
      deadline: owed.map(({ deadline }) => deadline).reduce((one, other) => (one > other ? one : other)),
      measures: owed,
      policy,
      calendar,
      clock: { kind: 'real' },
      launchedAt: moment(day, launchedAt),
      firstMail,
    };
  });

const kinds = fc.constantFrom(undefined, undefined, undefined, 'once', 'rule', 'accountability', 'keepUp');

/** The same with measures of every kind, and now and then with items of a sub-ledger that enter with the launch. */
export const issuesInFull: fc.Arbitrary<IssueTerms> = fc
  .tuple(
    issues,
    fc.array(kinds, { minLength: 8, maxLength: 8 }),
    fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3),
  )
  .map(([terms, kindOf, items]): IssueTerms => ({
    ...terms,
    measures: terms.measures.map((measure, index) => {
      const kind = kindOf[index];
      return kind === undefined ? measure : { ...measure, kind };
    }),
    ...(items > 0 && { itemIds: Array.from({ length: items }, (_, index) => `item-launched-${String(index)}`) }),
  }));
