import { beijingDay, beijingTime, isWorked } from '../calendar-by-hand.ts';
import type { Delivery, History } from '../history.ts';
import { answerersByHand } from '../answerers-by-hand.ts';
import { restsBecause } from '../rests.ts';
import type { Violation } from './law.ts';

/** 3. What reached whom: only in hours, only what he owed, never while it rested; a line and a day's mail once each. */
export function deliveries({ deliveries: all }: History): Violation[] {
  const claimed = new Set<string>();
  const found = all.flatMap((one) => {
    // For whom a line is was decided when it was claimed for the first of them.
    const isAddressed = claimed.has(one.line.key);
    claimed.add(one.line.key);
    return problems(one, isAddressed ? 'addressed' : 'planned').map((what) => ({
      law: 3 as const,
      what: `${one.at}: ${one.line.key} ${what}`,
    }));
  });
  return [...found, ...twice(all.map(({ line, personId }) => `${line.key} to ${personId}`))];
}

function problems(delivery: Delivery, state: 'planned' | 'addressed'): string[] {
  const { line, cycle, personId, at, progress, terms } = delivery;
  const day = beijingDay(at);
  const time = beijingTime(at);
  const { sendingHours, quietDays = [] } = terms.policy;
  const found: string[] = [];
  // The first assignment, told to leave now, waits for no day off.
  const isHandedOut = cycle === 1 && line.letter === 'assignment' && line.obligationId === 'acknowledgement-1';
  const leavesNow = isHandedOut && terms.firstMail === 'now';
  if (!leavesNow && !isWorked(terms.calendar, day)) found.push('leaves on a day off');
  if (!leavesNow && (time < sendingHours.from || time >= sendingHours.to)) found.push(`leaves at ${time}`);
  if (quietDays.some(({ from, to }) => day >= from && day <= to)) found.push('leaves on a quiet day');
  const obligation = progress.obligations.find(({ id }) => id === line.obligationId);
  if (obligation === undefined || cycle !== progress.cycle) return [...found, 'is owed by nobody any more'];
  const because = restsBecause(progress, obligation, at);
  if (because !== undefined) found.push(`leaves though ${because}`);
  const answerers = answerersByHand(delivery, obligation);
  if (state === 'planned' && !answerers.includes(personId))
    found.push(`reaches ${personId}, and it is for ${answerers.join(' and ')} to answer as ${line.role}`);
  return found;
}

function twice(names: readonly string[]): Violation[] {
  const seen = new Set<string>();
  return names.flatMap((name) => {
    if (seen.has(name)) return [{ law: 2 as const, what: `${name} was delivered twice` }];
    seen.add(name);
    return [];
  });
}
