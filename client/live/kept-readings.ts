import type { IsoDate } from '../../workflows/rules/instants.ts';

export type OfRound<Reading> = (roundId: string) => Reading;

/**
 * What is read of many issues of a round for one page, and is the same until something of the round changes. Changes are told
 * after their commit (`prisma/changes.ts`); should one get lost, what is kept is read anew within a minute.
 */
export interface KeptReadings {
  /** The reading of each round: `read` is asked, all at once, for those of which nothing is kept of this day. */
  ofRounds<Reading>(
    name: string,
    rounds: { readonly ids: readonly string[]; readonly today: IsoDate },
    read: (roundIds: readonly string[]) => Promise<OfRound<Reading>>,
  ): Promise<OfRound<Reading>>;
  /** What is kept of the round no longer holds; of all of them when it is not known what changed. */
  forget(change: { readonly roundId: string } | undefined): void;
}

const keptForMs = 60_000;

interface Kept {
  readonly reading: unknown;
  readonly today: IsoDate;
  readonly untilMs: number;
}

/** @param clockMs milliseconds since any moment, never backwards */
export function createKeptReadings(clockMs: () => number = () => performance.now()): KeptReadings {
  const kept = new Map<string, Map<string, Kept>>();
  let forgotten = 0;
  return {
    async ofRounds(name, { ids, today }, read) {
      const now = clockMs();
      const found = new Map<string, unknown>();
      for (const id of ids) {
        const known = kept.get(id)?.get(name);
        if (known?.today === today && now < known.untilMs) found.set(id, known.reading);
      }
      const missing = ids.filter((id) => !found.has(id));
      if (missing.length > 0) {
        const before = forgotten;
        const readingOf = await read(missing);
        for (const id of missing) {
          const reading = readingOf(id);
          found.set(id, reading);
          // What changed while it was read may not be in it.
          if (before === forgotten) keep(kept, id, name, { reading, today, untilMs: now + keptForMs });
        }
      }
      return (id) => found.get(id) as ReturnType<Awaited<ReturnType<typeof read>>>;
    },
    forget(change) {
      forgotten += 1;
      if (change === undefined) kept.clear();
      else kept.delete(change.roundId);
    },
  };
}

function keep(kept: Map<string, Map<string, Kept>>, roundId: string, name: string, one: Kept): void {
  kept.set(roundId, (kept.get(roundId) ?? new Map<string, Kept>()).set(name, one));
}

/** Keeps nothing: for whoever is not told of changes. */
export const readAnew: Pick<KeptReadings, 'ofRounds'> = {
  ofRounds: (_name, { ids }, read) => read(ids),
};
