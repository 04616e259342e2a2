import fc from 'fast-check';
import type { Delegation } from '../../../workflows/rules/delegation.ts';
import type { Role } from '../../../workflows/rules/policy.ts';
import { dayNumbered, moment, numberOf } from '../calendar-by-hand.ts';
import { people } from '../people.ts';
import { roles } from './policy.ts';

export type Holders = Readonly<Record<Role, readonly string[]>>;

/** Whose an issue is, whose its measures are where they have handlers of their own, and who stands in for whom when. */
export interface Staff {
  readonly holders: Holders;
  /** By the measure's number. */
  readonly measureHandlers: Readonly<Record<number, readonly string[]>>;
  readonly absences: readonly Delegation[];
}

/** Who has which role: now and then two share one, or one has two. */
const holders: fc.Arbitrary<Holders> = fc
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

const somebody = fc.constantFrom(...people);
const firstDay = numberOf('2024-01-01');

/** Windows that begin and end at any minute, also in the middle of a sending hour; circles are for the rules to cut. */
const absences: fc.Arbitrary<Delegation[]> = fc.array(
  fc
    .record({
      from: somebody,
      to: somebody,
      day: fc.nat(500),
      days: fc.integer({ min: 1, max: 90 }),
      at: fc.constantFrom('00:00', '08:59', '09:00', '13:37'),
    })
    .map(({ from, to, day, days, at }) => ({
      ...{ from, to },
      fromAt: moment(dayNumbered(firstDay + day), at),
      untilAt: moment(dayNumbered(firstDay + day + days), at),
    })),
  { maxLength: 4 },
);

export const staffs: fc.Arbitrary<Staff> = fc.record({
  holders,
  measureHandlers: fc
    .array(fc.tuple(fc.integer({ min: 1, max: 4 }), somebody), { maxLength: 2 })
    .map((own) => Object.fromEntries(own.map(([measure, person]) => [measure, [person]]))),
  absences: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: absences }),
});
