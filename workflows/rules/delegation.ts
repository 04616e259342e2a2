import type { Refusal } from './refusal.ts';
import { addMonths, dayOf, type IsoInstant } from './instants.ts';

/** Somebody answers for an absent person (委托). The window is half-open: from `fromAt` on, and no more at `untilAt`. */
export interface Delegation {
  /** The person who is away. */
  readonly from: string;
  /** The person who stands in. */
  readonly to: string;
  readonly fromAt: IsoInstant;
  readonly untilAt: IsoInstant;
}

export interface StandIn {
  readonly personId: string;
  /** Who was passed on the way, the person who is away first; empty when nobody stands in. */
  readonly through: readonly string[];
}

/**
 * Who answers for the person at the moment: whoever stands in may be away as well, so delegations are followed until
 * somebody is there. One that would lead back to a person already passed is not followed.
 *
 * @param barred who would judge his own work: nothing is delegated to him, so the duty stays with the last who may
 */
export function standIn(
  delegations: readonly Delegation[],
  personId: string,
  at: IsoInstant,
  barred: ReadonlySet<string>,
): StandIn {
  const passed: string[] = [];
  let present = personId;
  for (;;) {
    const next = validDelegation(delegations, present, at, barred)?.to;
    if (next === undefined || next === present || passed.includes(next)) return { personId: present, through: passed };
    passed.push(present);
    present = next;
  }
}

/** The person, and everybody for whom he may be standing in at the moment, also through others. */
export function standsFor(delegations: readonly Delegation[], personId: string, at: IsoInstant): string[] {
  const found = new Set([personId]);
  // A set that grows while it is walked is walked to its end.
  for (const id of found) {
    for (const { from, to, fromAt, untilAt } of delegations) {
      if (to === id && fromAt <= at && at < untilAt) found.add(from);
    }
  }
  return [...found];
}

/** A longer absence is a handover (移交), or a year mistyped. */
const longestMonths = 12;

/** Why the delegation cannot be recorded beside the existing ones; empty when it can. */
export function delegationRefusals(existing: readonly Delegation[], candidate: Delegation): Refusal[] {
  const { from, to, fromAt, untilAt } = candidate;
  const refusals: Refusal[] = [];
  if (from === to) refusals.push({ code: 'SamePerson', message: '不能委托给本人，请另选代理人' });
  if (fromAt >= untilAt) {
    return [...refusals, { code: 'EmptyWindow', message: '委托的结束时间应晚于开始时间，请核对' }];
  }
  if (dayOf(untilAt) > addMonths(dayOf(fromAt), longestMonths)) {
    refusals.push({ code: 'WindowTooLong', message: '一次委托最长一年，请核对年份；长期离岗请办理移交' });
  }
  if (from !== to && closesCycle(existing, candidate)) {
    refusals.push({
      code: 'DelegationCycle',
      message: '委托期间，代理人的事项又会转回本人，无人承办，请另选代理人或调整起止时间',
    });
  }
  return refusals;
}

/** Whether at any moment of its window the candidate leads back to the person who is away. */
function closesCycle(existing: readonly Delegation[], candidate: Delegation): boolean {
  const all = [...existing, candidate];
  // Who stands in for whom changes only where a window begins or ends.
  const moments = all
    .flatMap(({ fromAt, untilAt }) => [fromAt, untilAt])
    .filter((at) => at >= candidate.fromAt && at < candidate.untilAt);
  return [...new Set(moments)].some((at) => {
    const passed = new Set<string>();
    let person: string | undefined = candidate.from;
    while (person !== undefined && !passed.has(person)) {
      passed.add(person);
      person = validDelegation(all, person, at, nobody)?.to;
    }
    return person === candidate.from;
  });
}

const nobody: ReadonlySet<string> = new Set();

/** Of several at once the latest begun holds, as the newest word of the person; of equal ones the first by `to`. */
function validDelegation(
  delegations: readonly Delegation[],
  personId: string,
  at: IsoInstant,
  barred: ReadonlySet<string>,
): Delegation | undefined {
  let newest: Delegation | undefined;
  for (const one of delegations) {
    if (one.from !== personId || barred.has(one.to) || at < one.fromAt || at >= one.untilAt) continue;
    const isNewer =
      newest === undefined || one.fromAt > newest.fromAt || (one.fromAt === newest.fromAt && one.to < newest.to);
    if (isNewer) newest = one;
  }
  return newest;
}
