import fc from 'fast-check';
import { expect } from 'vitest';
import { scripts } from './arbitraries/script.ts';
import { violationsOf } from './laws/index.ts';
import { play } from './simulator.ts';

/** Histories short enough for every `npm test`; `npm run test:long` plays longer ones. */
const stepsAtMost = 10;

/** Plays that many histories from a seed; what breaks a law is shrunk, and printed with seed and path. */
export function holdInHistories(numRuns: number, seed: number): void {
  fc.assert(
    fc.property(scripts(stepsAtMost), (script) => {
      expect(violationsOf(play(script))).toEqual([]);
    }),
    { numRuns, seed },
  );
}
