import type { IsoInstant } from '../instants.ts';
import type { RoundFact } from './events.ts';

/** A fact that comes about at a moment if nobody does anything before. */
export interface ComingRoundFact {
  readonly at: IsoInstant;
  readonly fact: RoundFact;
}
