import type { IssueFact } from '../events.ts';
import type { IsoInstant } from '../instants.ts';

/** A fact that comes about at a moment if nobody does anything before. */
export interface Coming<Fact> {
  readonly at: IsoInstant;
  readonly fact: Fact;
}

export type ComingFact = Coming<IssueFact>;

/** What comes first of all that has come about by now; of what comes at the same moment, the first named. */
export function firstDue<Fact>(all: readonly Coming<Fact>[], now: IsoInstant): Fact | undefined {
  let first: Coming<Fact> | undefined;
  for (const coming of all) {
    if (coming.at <= now && (first === undefined || coming.at < first.at)) first = coming;
  }
  return first?.fact;
}
