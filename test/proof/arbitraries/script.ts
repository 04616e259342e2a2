import fc from 'fast-check';
import type { Calendar } from '../../../workflows/rules/calendar.ts';
import type { Policy } from '../../../workflows/rules/policy.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import type { SayingName } from '../messages.ts';
import { calendars } from './calendar.ts';
import { issuesInFull } from './issue.ts';
import { policies } from './policy.ts';
import { type Staff, staffs } from './staff.ts';

/** How long nothing is done before a step: for minutes, or up to the very moment of the next look or mail, or just before it. */
export type Pause =
  { readonly kind: 'minutes'; readonly minutes: number } | { readonly kind: 'look' | 'justBeforeLook' | 'mail' };

/** One thing that happens in a history; what exactly, the rolls say as soon as it is known how things stand. */
export interface Step {
  readonly pause: Pause;
  readonly what: 'useful' | 'onward' | 'anything' | 'again' | 'continueAsNew' | 'outage';
  readonly rolls: readonly number[];
  /** So many steps pass before what is said now arrives. */
  readonly late: number;
}

/** A whole history as chance wrote it. */
export interface Script {
  readonly terms: IssueTerms;
  readonly staff: Staff;
  /** What the office may adopt on the way. */
  readonly policies: readonly Policy[];
  readonly calendars: readonly Calendar[];
  /** What people of this history like to say best, beside what is useful. */
  readonly leaning: readonly SayingName[];
  readonly steps: readonly Step[];
}

const day = 24 * 60;

const minutes = (min: number, max: number) =>
  fc.integer({ min, max }).map((some): Pause => ({ kind: 'minutes', minutes: some }));

const pauses: fc.Arbitrary<Pause> = fc.oneof(
  { weight: 10, arbitrary: minutes(0, 2 * day) },
  { weight: 5, arbitrary: minutes(day, 12 * day) },
  { weight: 1, arbitrary: minutes(20 * day, 100 * day) },
  { weight: 4, arbitrary: fc.constantFrom('look', 'justBeforeLook', 'mail').map((kind): Pause => ({ kind })) },
);

const steps: fc.Arbitrary<Step> = fc.record({
  pause: pauses,
  what: fc.constantFrom(
    ...(['useful', 'useful', 'useful', 'useful', 'useful', 'useful', 'anything', 'anything', 'again'] as const),
    ...(['onward', 'onward', 'onward', 'onward', 'onward', 'onward', 'anything', 'continueAsNew', 'outage'] as const),
  ),
  rolls: fc.array(fc.nat(9_999), { minLength: 8, maxLength: 8 }),
  late: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 1, 3),
});

/**
 * @param stepsAtMost how much may happen in one history
 * @param leaning what people like to say best: leads histories to a corner that chance seldom finds
 */
export function scripts(stepsAtMost: number, leaning: readonly SayingName[] = []): fc.Arbitrary<Script> {
  return fc.record({
    terms: issuesInFull,
    staff: staffs,
    policies: fc.array(policies, { maxLength: 2 }),
    calendars: fc.array(calendars, { maxLength: 2 }),
    leaning: fc.constant(leaning),
    // Chance would make most of them short, and nothing is closed in a short life.
    steps: fc.array(steps, { minLength: Math.floor(stepsAtMost / 2), maxLength: stepsAtMost, size: 'max' }),
  });
}
