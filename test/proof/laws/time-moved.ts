import { beijingDay, workedDay, workedDaysFrom } from '../calendar-by-hand.ts';
import type { Folded, History } from '../history.ts';
import { isClosed } from '../../../workflows/rules/progress.ts';
import type { Violation } from './law.ts';

/** 3. While the clock stands still no time is lost: what was still to come moves by the workdays between. */
export function timeMoved({ folded }: History): Violation[] {
  return folded.flatMap((one) =>
    [...resumed(one), ...extended(one)].map((what): Violation => ({
      law: 3,
      what: `${String(one.event.sequence)} ${one.event.type}: ${what}`,
    })),
  );
}

/** An extension gives time, and takes none. */
function extended({ before, event, after }: Folded): string[] {
  if (event.type !== 'extensionGranted') return [];
  const earlier = before.measures.filter(({ deadline }, index) => after.measures[index]!.deadline < deadline);
  return [
    ...(event.days > 0 ? [] : [`${String(event.days)} days are granted`]),
    ...earlier.map(({ number }) => `measure ${String(number)} is due earlier than before`),
  ];
}

function resumed({ before, event, after, terms: { calendar } }: Folded): string[] {
  if (event.type !== 'resumed' || before.suspension === undefined) return [];
  const since = beijingDay(before.suspension.at);
  const stood = workedDaysFrom(calendar, since, beijingDay(event.at));
  const moved = (day: string) => (day < since || stood === 0 ? day : workedDay(calendar, day, stood));
  const found: string[] = [];
  const days = new Map(after.obligations.map(({ id, dueOn }) => [id, dueOn]));
  for (const { id, kind, dueOn } of before.obligations) {
    if (kind === 'suspensionReview' || !days.has(id)) continue; // missed before, and counted anew
    if (days.get(id) !== moved(dueOn)) found.push(`${id} was due on ${dueOn} and is on ${days.get(id)!}`);
  }
  const compared = [
    ...(isClosed(before) ? [] : before.measures.map((measure, index) => [measure, after.measures[index]!] as const)),
    ...(before.remainder ?? []).map((measure, index) => [measure, after.remainder![index]!] as const),
  ];
  for (const [{ number, deadline }, { deadline: given }] of compared) {
    if (given !== moved(deadline)) found.push(`measure ${String(number)} was due on ${deadline} and is on ${given}`);
  }
  if (!isClosed(before) && after.deadline !== moved(before.deadline)) found.push(`the deadline is ${after.deadline}`);
  return found;
}
