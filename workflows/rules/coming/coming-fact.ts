import type { IssueFact } from '../events.ts';
import type { IsoInstant } from '../instants.ts';

/** A fact that comes about at a moment if nobody does anything before. */
export interface ComingFact {
  readonly at: IsoInstant;
  readonly fact: IssueFact;
}
