import type { Coming } from '../coming/coming-fact.ts';
import type { RoundFact } from './events.ts';

export type ComingRoundFact = Coming<RoundFact>;
