import { at, type IsoInstant } from './instants.ts';
import type { PlannedLine } from './ladder.ts';
import type { Policy } from './policy.ts';

/** What is known about the outbox from what was planned last. */
export interface OutboxKeys {
  /** Every line that was planned. */
  readonly written: ReadonlySet<string>;
  /** Those among them that are not in the outbox: adopted rules moved their day after they had left on another. */
  readonly had: ReadonlySet<string>;
}

/** How the outbox is brought in line with what is planned, and what is known about it afterwards. */
export interface OutboxChanges {
  readonly added: readonly PlannedLine[];
  /** Keys of lines that are planned no more. */
  readonly cancelled: readonly string[];
  readonly keys: OutboxKeys;
}

/** What has not been written yet and can still leave comes in; what is planned no more goes. */
export function outboxChanges(
  { written, had: hadBefore }: OutboxKeys,
  lines: readonly PlannedLine[],
  now: IsoInstant,
): OutboxChanges {
  const planned = keysOf(lines);
  const had = new Set([...hadBefore].filter((key) => planned.has(key)));
  return {
    added: lines.filter(({ key, latestAt }) => latestAt > now && !written.has(key)),
    cancelled: [...written].filter((key) => !planned.has(key)),
    keys: { written: planned, had },
  };
}

/**
 * After a policy or a calendar has been adopted every line that can still leave is written anew, since hour, letter and
 * reason may differ under the same key. A line whose moment had come is not asked for again because its day moved; where
 * an outage or an earlier mail of the day holds it back, it still leaves.
 *
 * @param sendAt the wall time at which the day's mail left by the rules of before
 */
export function outboxRewritten(
  before: OutboxKeys,
  lines: readonly PlannedLine[],
  now: IsoInstant,
  sendAt: Policy['sendAt'],
): OutboxChanges {
  const had = hadTheirMoment(before, lines, now, sendAt);
  const rungs = new Set([...had].map(withoutDay));
  const { cancelled, keys } = outboxChanges(before, lines, now);
  return {
    added: lines.filter(({ key, latestAt }) => latestAt > now && !had.has(key)),
    cancelled: cancelled.filter((key) => !(rungs.has(withoutDay(key)) && hasCome(key, now, sendAt))),
    keys: { ...keys, had },
  };
}

/** The lines that other rules bring on another day, though by those of before their one moment has come. */
export function hadTheirMoment(
  { written, had }: OutboxKeys,
  lines: readonly Pick<PlannedLine, 'key'>[],
  now: IsoInstant,
  sendAt: Policy['sendAt'],
): ReadonlySet<string> {
  const come = new Set([...written].filter((key) => had.has(key) || hasCome(key, now, sendAt)).map(withoutDay));
  const times = new Map<string, number>();
  for (const { key } of lines) times.set(withoutDay(key), (times.get(withoutDay(key)) ?? 0) + 1);
  const isOneMoment = (key: string) => come.has(withoutDay(key)) && times.get(withoutDay(key)) === 1;
  return new Set([...keysOf(lines)].filter((key) => isOneMoment(key) && (had.has(key) || !written.has(key))));
}

function keysOf(lines: readonly Pick<PlannedLine, 'key'>[]): ReadonlySet<string> {
  return new Set(lines.map(({ key }) => key));
}

function hasCome(key: string, now: IsoInstant, sendAt: Policy['sendAt']): boolean {
  return at(key.slice(key.lastIndexOf('/') + 1), sendAt) <= now;
}

function withoutDay(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}
