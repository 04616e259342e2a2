/**
 * `npm run test:long`: plays 200,000 histories on all cores, shows what breaks a law with its seed, and plants the faults.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { faults } from './faults.ts';
import type { LongPart, LongReport } from './long-part.ts';
import { foundIn } from './search.ts';

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
  },
});
const histories = Number(values.histories);
const seed = Number(values.seed);
const cores = availableParallelism();
const everyHistories = 5_000;
const shownAtMost = 20;

let played = 0;
let violations = 0;
await Promise.all(Array.from({ length: cores }, (_, index) => part(index)));
const found = faults.filter((fault) => {
  const where = foundIn(fault, seed);
  console.log(`${where === undefined ? 'NOT FOUND' : `found in history ${String(where.history)}`}: ${fault.name}`);
  return where !== undefined;
});
console.log(
  `histories ${String(played)}, violations ${String(violations)}, planted faults found ${String(found.length)} of ${String(faults.length)}`,
);
process.exitCode = violations === 0 && found.length === faults.length && played >= histories ? 0 : 1;

/** One core's share, in a process of its own. */
function part(index: number): Promise<void> {
  const share = Math.ceil(histories / cores);
  const told: LongPart = { seed: seed * 1_000_003 + index * 100_003, histories: share };
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./long-part.ts', import.meta.url), [JSON.stringify(told)], {
      execArgv: ['--import', 'tsx'],
    });
    child.on('message', (message) => hear(message as LongReport));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`part ${String(index)} ended with ${String(code)}`)),
    );
  });
}

function hear({ histories: more, broken }: LongReport): void {
  const before = Math.floor(played / everyHistories);
  played += more;
  for (const { seed: at, index, what } of broken) {
    violations += what.length;
    if (violations <= shownAtMost) console.log(`seed ${String(at)}, history ${String(index)}: ${what.join('\n  ')}`);
  }
  if (Math.floor(played / everyHistories) > before) {
    console.log(`${String(played)} of ${String(histories)} histories, ${String(violations)} violations`);
  }
}
