import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IssueWorld } from '../support/issue-world.ts';
import { type Script, scripts } from './arbitraries/script.ts';
import { DrillLife, Life } from './life.ts';

/** Each by both clocks; `npm run test:long` lives two hundred. */
const lives = Number(process.env['PROOF_LIVES'] ?? 25);
const stepsAtMost = 14;
/** So many years on, each day is the same day of the week again, and the server's time still lies before it. */
const yearsOn = 28;

let world: IssueWorld;
beforeAll(async () => {
  world = await IssueWorld.createSkippingWithShortHistories();
  await world.startWorker();
});
afterAll(async () => {
  await world.close();
});

test(
  'the workflow records the same events as the rules alone, on a real clock and on a drill’s, over as many runs as it takes',
  { timeout: 1_800_000 },
  async () => {
    const toLive = fc.sample(scripts(stepsAtMost), { numRuns: lives, seed: 1 }).map(yearsLater).map(asItComes);
    const lived = toLive.flatMap((script) => [new Life(world, script), new DrillLife(world, script)]);
    const stops = lived.flatMap(({ stops }) => stops);
    for (const { at, act } of stops.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))) {
      await world.sleepUntil(at);
      await act();
    }
    expect(lived.map(({ outcome }) => outcome)).toEqual(lived.map(({ expected }) => expected));
    expect(lived.filter(({ wentOn }) => wentOn).length).toBeGreaterThan(lived.length / 5);
  },
);

function yearsLater(script: Script): Script {
  return JSON.parse(JSON.stringify(script), (_, part: unknown) =>
    typeof part === 'string' && /^\d{4}-\d\d-\d\d(T|$)/.test(part)
      ? `${String(Number(part.slice(0, 4)) + yearsOn)}${part.slice(4)}`
      : part,
  ) as Script;
}

/** What is said is heard at once, and a run goes on where its history has grown long. */
function asItComes(script: Script): Script {
  const steps = script.steps.filter(({ what }) => what !== 'continueAsNew');
  return { ...script, steps: steps.map((step) => ({ ...step, late: 0 })) };
}
