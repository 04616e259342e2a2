import fc from 'fast-check';
import { scripts } from './arbitraries/script.ts';
import type { Fault } from './faults.ts';
import type { Violation } from './laws/law.ts';
import { violationsOf } from './laws/index.ts';
import { play } from './simulator.ts';

/** How much may happen in one history: enough for a second cycle, and a look-back of it. */
export const stepsAtMost = 30;

/** In which history the laws first find a planted fault, and what they say; undefined when they do not. */
export function foundIn(fault: Fault, seed: number): { history: number; violations: Violation[] } | undefined {
  const arbitrary = scripts(stepsAtMost, fault.leaning);
  const some = 50;
  for (let from = 0; from < fault.within; from += some) {
    const sample = fc.sample(arbitrary, { numRuns: Math.min(some, fault.within - from), seed: seed + from });
    for (const [index, script] of sample.entries()) {
      const violations = violationsOf(play(script, fault.rules()));
      if (violations.some(({ law }) => law === fault.law)) return { history: from + index + 1, violations };
    }
  }
  return undefined;
}
