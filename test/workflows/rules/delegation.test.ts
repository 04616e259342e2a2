import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delegationRefusals, standIn, type Delegation } from '../../../workflows/rules/delegation.ts';
import { addDays, at } from '../../../workflows/rules/instants.ts';
import { cast } from '../../support/cast.ts';

const { chen, li, wang, zhao } = cast;
const nobody: ReadonlySet<string> = new Set();

/** From the morning of one day to the morning of the other. */
const away = (from: string, to: string, fromOn: string, untilOn: string): Delegation => ({
  from,
  to,
  fromAt: at(fromOn, '09:00'),
  untilAt: at(untilOn, '09:00'),
});
const may = (day: number, wallTime = '12:00') => at(`2024-05-${String(day).padStart(2, '0')}`, wallTime);

describe('who stands in', () => {
  it('nobody, when nothing was delegated', () => {
    expect(standIn([], chen, may(6), nobody)).toEqual({ personId: chen, through: [] });
  });

  it.each([
    ['before the window', may(6, '08:59'), chen],
    ['at its first moment', may(6, '09:00'), li],
    ['on its last morning', may(10, '08:59'), li],
    ['at the moment it ends', may(10, '09:00'), chen],
  ])('%s', (_, moment, personId) => {
    expect(standIn([away(chen, li, '2024-05-06', '2024-05-10')], chen, moment, nobody).personId).toBe(personId);
  });

  it('is followed on while whoever stands in is away as well, and keeps every name', () => {
    const delegations = [away(chen, li, '2024-05-06', '2024-05-20'), away(li, wang, '2024-05-08', '2024-05-10')];
    expect(standIn(delegations, chen, may(7), nobody)).toEqual({ personId: li, through: [chen] });
    expect(standIn(delegations, chen, may(9), nobody)).toEqual({ personId: wang, through: [chen, li] });
    expect(standIn(delegations, chen, may(12), nobody)).toEqual({ personId: li, through: [chen] });
  });

  it('a circle ends with the last person before it closes', () => {
    const circle = [
      away(chen, li, '2024-05-06', '2024-05-20'),
      away(li, wang, '2024-05-06', '2024-05-20'),
      away(wang, chen, '2024-05-06', '2024-05-20'),
    ];
    expect(standIn(circle, chen, may(7), nobody)).toEqual({ personId: wang, through: [chen, li] });
    expect(standIn([away(chen, chen, '2024-05-06', '2024-05-20')], chen, may(7), nobody)).toEqual({
      personId: chen,
      through: [],
    });
  });

  it('a duty does not go to somebody who would judge his own work', () => {
    const delegations = [away(chen, li, '2024-05-06', '2024-05-20'), away(li, wang, '2024-05-06', '2024-05-20')];
    expect(standIn(delegations, chen, may(7), new Set([wang]))).toEqual({ personId: li, through: [chen] });
    expect(standIn(delegations, chen, may(7), new Set([li]))).toEqual({ personId: chen, through: [] });
  });

  it('of several at once the latest begun holds, unless it goes to somebody barred', () => {
    const delegations = [
      away(chen, li, '2024-05-01', '2024-05-20'),
      away(chen, wang, '2024-05-06', '2024-05-10'),
      away(chen, zhao, '2024-05-06', '2024-05-08'),
    ];
    expect(standIn(delegations, chen, may(7), nobody).personId).toBe(wang); // p-wang sorts before p-zhao
    expect(standIn([...delegations].reverse(), chen, may(7), nobody).personId).toBe(wang);
    expect(standIn(delegations, chen, may(7), new Set([wang])).personId).toBe(zhao);
    expect(standIn(delegations, chen, may(12), nobody).personId).toBe(li);
  });
});

describe('what cannot be delegated', () => {
  const codes = (existing: readonly Delegation[], candidate: Delegation) =>
    delegationRefusals(existing, candidate).map(({ code }) => code);

  it.each([
    ['a window of some days', away(chen, li, '2024-05-06', '2024-05-10'), []],
    ['a window of a year', away(chen, li, '2024-05-06', '2025-05-06'), []],
    ['an empty window', away(chen, li, '2024-05-06', '2024-05-06'), ['EmptyWindow']],
    ['a window that ends before it begins', away(chen, li, '2024-05-06', '2024-05-02'), ['EmptyWindow']],
    ['to oneself', away(chen, chen, '2024-05-06', '2024-05-10'), ['SamePerson']],
    ['for longer than a year', away(chen, li, '2024-05-06', '2025-05-07'), ['WindowTooLong']],
  ])('%s', (_, candidate, expected) => {
    expect(codes([], candidate)).toEqual(expected);
  });

  it('what would lead back to the person during an overlap', () => {
    const existing = [away(chen, li, '2024-05-06', '2024-05-10'), away(li, wang, '2024-05-06', '2024-05-20')];
    expect(codes(existing, away(li, chen, '2024-05-07', '2024-05-09'))).toEqual(['DelegationCycle']);
    expect(codes(existing, away(wang, chen, '2024-05-01', '2024-05-07'))).toEqual(['DelegationCycle']);
    expect(codes(existing, away(wang, chen, '2024-05-10', '2024-05-12'))).toEqual([]);
    expect(delegationRefusals(existing, away(wang, chen, '2024-05-01', '2024-05-07'))[0]?.message).toMatch(
      /另选代理人/u,
    );
  });

  it('a circle that a newer delegation hides is refused when it would come to light later', () => {
    const existing = [away(chen, li, '2024-05-01', '2024-05-20'), away(chen, zhao, '2024-05-02', '2024-05-10')];
    expect(codes(existing, away(li, chen, '2024-05-03', '2024-05-09'))).toEqual([]);
    expect(codes(existing, away(li, chen, '2024-05-03', '2024-05-11'))).toEqual(['DelegationCycle']);
  });
});

describe('whatever is delegated', () => {
  const person: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const day = fc.integer({ min: 0, max: 20 }).map((n) => at(addDays('2024-05-01', n), '09:00'));
  const delegation = fc.record({ from: person, to: person, fromAt: day, untilAt: day });
  const delegations = fc.array(delegation, { maxLength: 20 });
  const barred = fc.uniqueArray(person, { maxLength: 3 }).map((people) => new Set(people));
  const isOpen = ({ fromAt, untilAt }: Delegation, moment: string) => fromAt <= moment && moment < untilAt;

  it('nobody barred stands in, nobody is passed twice, and each step is a delegation of that moment', () => {
    fc.assert(
      fc.property(delegations, person, day, barred, (all, who, moment, judges) => {
        const { personId, through } = standIn(all, who, moment, judges);
        const chain = [...through, personId];
        expect(chain[0]).toBe(who);
        expect(new Set(chain).size).toBe(chain.length);
        expect(chain.slice(1).filter((one) => judges.has(one))).toEqual([]);
        chain.slice(1).forEach((to, index) => {
          expect(all.some((one) => one.from === chain[index] && one.to === to && isOpen(one, moment))).toBe(true);
        });
      }),
    );
  });

  it('the order in which delegations are kept does not matter', () => {
    fc.assert(
      fc.property(delegations, person, day, barred, (all, who, moment, judges) => {
        expect(standIn([...all].reverse(), who, moment, judges)).toEqual(standIn(all, who, moment, judges));
      }),
    );
  });

  it('what is recorded without a refusal always ends with somebody who is there', () => {
    fc.assert(
      fc.property(delegations, person, day, (wanted, who, moment) => {
        const recorded: Delegation[] = [];
        for (const one of wanted) if (delegationRefusals(recorded, one).length === 0) recorded.push(one);
        const { personId } = standIn(recorded, who, moment, nobody);
        expect(recorded.filter((one) => one.from === personId && isOpen(one, moment))).toEqual([]);
      }),
    );
  });
});
