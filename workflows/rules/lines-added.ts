import { dayOf, type IsoInstant } from './instants.ts';
import type { PlannedLine } from './ladder.ts';

/** What has not been written yet and can still leave. */
export function linesAdded(
  written: ReadonlySet<string>,
  lines: readonly PlannedLine[],
  now: IsoInstant,
): readonly PlannedLine[] {
  return lines.filter(({ key, latestAt }) => !written.has(key) && latestAt > now);
}

/**
 * After a policy or a calendar has been adopted every line that can still leave is written anew, since hour, letter and
 * reason may differ under the same key. A line whose day has passed is not asked for again because its day moved.
 */
export function linesRewritten(
  written: ReadonlySet<string>,
  lines: readonly PlannedLine[],
  now: IsoInstant,
): readonly PlannedLine[] {
  const left = new Set([...written].filter((key) => dayIn(key) < dayOf(now)).map(withoutDay));
  const times = new Map<string, number>();
  for (const { key } of lines) times.set(withoutDay(key), (times.get(withoutDay(key)) ?? 0) + 1);
  const hasLeft = ({ key }: PlannedLine) =>
    !written.has(key) && left.has(withoutDay(key)) && times.get(withoutDay(key)) === 1;
  return lines.filter((line) => line.latestAt > now && !hasLeft(line));
}

function dayIn(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

function withoutDay(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}
