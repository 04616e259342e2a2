import fc from 'fast-check';
import type { Role } from '../../../workflows/rules/policy.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { dayNumbered, later, moment, numberOf } from '../calendar-by-hand.ts';
import { people } from '../people.ts';
import { calendars } from './calendar.ts';
import { policies, roles } from './policy.ts';

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

export type Holders = Readonly<Record<Role, readonly string[]>>;

/** Who has which role: now and then two share one, or one has two. */
export const holders: fc.Arbitrary<Holders> = fc
  .array(fc.tuple(fc.constantFrom(...roles), fc.constantFrom(...people)), { maxLength: 3 })
  .map((changes) => {
    const usual: Record<Role, string[]> = {
      handler: ['p-chen'],
      responsibleLeader: ['p-li'],
      groupHead: ['p-sun'],
      office: ['p-wang', 'p-qian'],
      reviewer: ['p-zhao'],
    };
    for (const [role, person] of changes) usual[role] = [...new Set([...usual[role], person])];
    return usual;
  });
