import fc from 'fast-check';
import { scripts } from './arbitraries/script.ts';
import { violationsOf } from './laws/index.ts';
import { stepsAtMost } from './search.ts';
import { play } from './simulator.ts';

/** What one process plays. */
export interface LongPart {
  readonly seed: number;
  readonly histories: number;
}

export interface LongReport {
  readonly histories: number;
  readonly broken: readonly { readonly seed: number; readonly index: number; readonly what: readonly string[] }[];
}

const atATime = 250;
const { seed, histories } = JSON.parse(process.argv[2] ?? '{}') as LongPart;

for (let from = 0; from < histories; from += atATime) {
  const numRuns = Math.min(atATime, histories - from);
  const sample = fc.sample(scripts(stepsAtMost), { numRuns, seed: seed + from });
  const broken = sample.flatMap((script, index) => {
    const what = broke(script);
    return what.length === 0 ? [] : [{ seed: seed + from, index, what }];
  });
  process.send?.({ histories: numRuns, broken } satisfies LongReport);
}
process.disconnect?.();

function broke(script: Parameters<typeof play>[0]): string[] {
  try {
    return violationsOf(play(script)).map(({ law, what }) => `${String(law)}. ${what}`);
  } catch (error) {
    return [`the rules break down: ${String(error)}`];
  }
}
