import type { Delegation } from '../../workflows/rules/delegation.ts';
import { addMs, dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';

/** Somebody stands in for him (`by`), or he for somebody (`for`). Both days are inclusive. */
export interface StandInReading {
  readonly direction: 'by' | 'for';
  readonly name: string;
  readonly fromOn: IsoDate;
  readonly untilOn: IsoDate;
  readonly state: 'running' | 'coming';
}

/** The delegations that name the person, of those that are not over. */
export function standInsOf(
  personId: string,
  delegations: readonly Delegation[],
  names: ReadonlyMap<string, string>,
  now: IsoInstant,
): StandInReading[] {
  return delegations.flatMap(({ from, to, fromAt, untilAt }): StandInReading[] => {
    if (from !== personId && to !== personId) return [];
    const direction = from === personId ? 'by' : 'for';
    const name = names.get(from === personId ? to : from) ?? '';
    // Windows are half-open: the last day is the one before its end.
    const untilOn = dayOf(addMs(untilAt, -1));
    return [{ direction, name, fromOn: dayOf(fromAt), untilOn, state: fromAt <= now ? 'running' : 'coming' }];
  });
}
