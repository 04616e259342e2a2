import fc from 'fast-check';
import { addDays, addMs } from '../../../workflows/rules/instants.ts';
import type { Policy } from '../../../workflows/rules/policy.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { simulatedDrill } from './simulated-drill.ts';

const drawn = fc.record({
  seed: fc.string({ minLength: 1 }),
  startsAfterDays: fc.integer({ min: 0, max: 700 }),
  startHour: fc.integer({ min: 0, max: 23 }),
  measureDays: fc.array(fc.integer({ min: -5, max: 200 }), { minLength: 1, maxLength: 3 }),
  kind: fc.constantFrom('ordinary', 'immediate', 'longTerm'),
  firstMail: fc.constantFrom('inHours', 'now'),
  weight: fc.constantFrom('ordinary', 'major'),
  repeats: fc.boolean(),
  endorsed: fc.boolean(),
  quietAfterDays: fc.integer({ min: 0, max: 120 }),
});

/** What a drill follows from. */
export type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never;

/** Drills of one issue, of any kind, in which anybody may do anything. */
export const drills = drawn.map((one) => {
  // A counterexample shows what was drawn, from which the same drill follows, and not all that happened in it.
  return { ...drillOf(one), [fc.toStringMethod]: () => fc.stringify(one) };
});

/** The drill that follows from what was drawn. */
export function drillOf(one: Drawn): ReturnType<typeof simulatedDrill> {
  const { seed, startsAfterDays, startHour, measureDays, kind, firstMail, weight, ...varied } = one;
  const launchedAt = addMs('2023-01-02T00:00:00.000Z', (startsAfterDays * 24 + startHour) * 3_600_000 + 1_800_000);
  const measures = measureDays.map((days, index) => ({
    number: index + 1,
    deadline: addDays(launchedAt.slice(0, 10), days),
  }));
  const terms: IssueTerms = {
    ...{ issueId: 'i1', roundId: 'd1', kind, weight, measures, launchedAt, firstMail },
    deadline: measures.map(({ deadline }) => deadline).reduce((one, other) => (one > other ? one : other)),
    policy: policyWith(varied, launchedAt),
    calendar: bundledCalendar,
    clock: { kind: 'drill', drillId: 'd1' },
    ...(varied.repeats && { recurrenceOf: 'earlier' }),
  };
  return simulatedDrill(terms, seed, addMs(launchedAt, 400 * 86_400_000));
}

/** Levels, an endorsement now and then, and now and then a kind of duty of which nobody is reminded. */
function policyWith(
  { endorsed, quietAfterDays }: { endorsed: boolean; quietAfterDays: number },
  launchedAt: string,
): Policy {
  const quietFrom = addDays(launchedAt.slice(0, 10), quietAfterDays);
  const { checkIn, ...ladders } = simplePolicy.ladders;
  return {
    ...simplePolicy,
    quietDays: [{ from: quietFrom, to: addDays(quietFrom, 8) }],
    closure: {
      levels: [
        { role: 'responsibleLeader', of: 'all' },
        { role: 'office', of: 'all' },
        { role: 'reviewer', of: 'major' },
      ],
      satisfaction: 'major',
    },
    ...(endorsed && { attestation: { endorsedBy: 'responsibleLeader', endorseWithinWorkdays: 5 } }),
    ladders: { ...ladders, ...(endorsed && checkIn && { checkIn }) },
  };
}
