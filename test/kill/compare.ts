import type { DrillEnd, Recorded, Traffic } from './recorded.ts';

/** A place at which the killed drill is not what the undisturbed one was. */
export interface Difference {
  /** `event GM-07 #12` */
  readonly what: string;
  readonly undisturbed: unknown;
  readonly killed: unknown;
}

/**
 * Everything in which two runs of one drill differ that must not: events, lines, mails with their bytes, replies and
 * what came of them. How often a mail came is judged by `acceptedTooOften`.
 */
export function differences(undisturbed: Recorded, killed: Recorded): Difference[] {
  return [
    ...mapDifferences('event', undisturbed.events, killed.events),
    ...mapDifferences('mail', undisturbed.mails, killed.mails),
    ...mapDifferences('line', undisturbed.lines, killed.lines),
    ...mapDifferences('reply', undisturbed.replies, killed.replies),
    ...mapDifferences('answer', undisturbed.answers, killed.answers),
  ];
}

/** Mails that came more often than sendings after an unknown outcome explain. */
export function acceptedTooOften({ accepted, uncertain }: Traffic): Difference[] {
  return [...accepted]
    .filter(([messageId, times]) => times - 1 > (uncertain.get(messageId) ?? 0))
    .map(([messageId, times]) => ({
      what: `mail ${messageId} accepted more often than its unknown outcomes explain`,
      undisturbed: 1 + (uncertain.get(messageId) ?? 0),
      killed: times,
    }));
}

/** What the drill's result, its checker and `verify` say that must not be. */
export function resultDifferences(undisturbed: DrillEnd, killed: DrillEnd): Difference[] {
  const { seconds: _seconds, uncertain: _uncertain, ...expected } = undisturbed.result;
  const found: Difference[] = [];
  for (const [name, value] of Object.entries(expected)) {
    const other = killed.result[name as keyof typeof expected];
    if (canonical(other) !== canonical(value))
      found.push({ what: `result ${name}`, undisturbed: value, killed: other });
  }
  for (const [which, { result, verification }] of [
    ['undisturbed', undisturbed],
    ['killed', killed],
  ] as const) {
    for (const name of ['lost', 'doubled', 'unowed'] as const) {
      if (result[name] !== 0)
        found.push({ what: `${name} in the ${which} drill`, undisturbed: 0, killed: result[name] });
    }
    for (const { row, field, stored, replayed } of verification.differences) {
      found.push({ what: `verify of the ${which} drill: ${row} ${field}`, undisturbed: replayed, killed: stored });
    }
  }
  return found;
}

function mapDifferences(
  kind: string,
  one: ReadonlyMap<string, object>,
  other: ReadonlyMap<string, object>,
): Difference[] {
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((key) => {
    const undisturbed = one.get(key);
    const killed = other.get(key);
    if (canonical(undisturbed) === canonical(killed)) return [];
    if (undisturbed === undefined || killed === undefined) return [{ what: `${kind} ${key}`, undisturbed, killed }];
    return [{ what: `${kind} ${key}`, ...onlyDifferent(undisturbed, killed) }];
  });
}

/** The fields in which two things differ, of both. */
function onlyDifferent(one: object, other: object): Pick<Difference, 'undisturbed' | 'killed'> {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const different = names.filter((name) => canonical(fieldOf(one, name)) !== canonical(fieldOf(other, name)));
  const pick = (from: object) => Object.fromEntries(different.map((name) => [name, fieldOf(from, name)]));
  return { undisturbed: pick(one), killed: pick(other) };
}

function fieldOf(from: object, name: string): unknown {
  return (from as Record<string, unknown>)[name];
}

/** Alike whatever the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    field !== null && typeof field === 'object' && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
}
