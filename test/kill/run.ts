/**
 * `npm run test:kill`: plays a drill undisturbed, and plays the same drill in another folder while everything is killed
 * with -9 at random moments and started again. Both must end the same, to the byte of every mail.
 */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { acceptedTooOften, type Difference, differences, resultDifferences } from './compare.ts';
import { acceptedBytes, type DrillPlan, playWithKills, startDrill, untilEnded } from './drill-runs.ts';
import { killPlan } from './kill-plan.ts';
import { OwnInstance } from './own-instance.ts';
import { readDrillEnd } from './recorded.ts';

const root = resolve(import.meta.dirname, '../..');
const say = (line: string): void => console.error(line);
const shownDifferences = 8;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    notice: { type: 'string', default: usualNotice() },
    seed: { type: 'string', default: '1' },
    staff: { type: 'string', default: 'mixed' },
    /** Keeps both folders for a look. */
    keep: { type: 'boolean', default: false },
  },
});

/** A published notice where the checkout has them beside it, else the small sample. */
function usualNotice(): string {
  const published = resolve(root, '../shared/notices/gaoming-2024.txt');
  return existsSync(published) ? published : join(root, 'samples/qinghe-2024.txt');
}

const folder = mkdtempSync(join(tmpdir(), 'huitoukan-kill-'));
const undisturbed = new OwnInstance(join(folder, 'undisturbed'));
const killed = new OwnInstance(join(folder, 'killed'));
let passed = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.allSettled([undisturbed.discard(), killed.discard()]).then(() => process.exit(1));
  });
}
try {
  passed = await run();
} finally {
  await Promise.allSettled([undisturbed.discard(), killed.discard()]);
  if (passed && !values.keep) rmSync(folder, { recursive: true, force: true });
  else say(`the folders are kept in ${folder}`);
}
process.exitCode = passed ? 0 : 1;

async function run(): Promise<boolean> {
  const { notice, seed, staff } = values;
  const plan: DrillPlan = { bytes: readFileSync(notice), fileName: basename(notice), seed, staff };
  const kills = killPlan(seed, Number(values.kills));

  say(`undisturbed: ${plan.fileName}, seed ${seed}, ${staff}`);
  const startedAt = Date.now();
  await undisturbed.start();
  const first = await undisturbed.serving();
  const drillId = await startDrill(first, plan);
  await untilEnded(undisturbed, first, drillId, say);
  const expected = await readDrillEnd(undisturbed, first, drillId);
  await undisturbed.stop();
  const undisturbedSeconds = secondsSince(startedAt);

  say(`the same with ${String(kills.length)} kills`);
  const killedFrom = Date.now();
  copyFileSync(join(undisturbed.folder, 'secret'), join(killed.folder, 'secret')); // the Message-IDs agree
  const acceptedBytesInTheEnd = acceptedBytes(undisturbed);
  const { instance, done } = await playWithKills(killed, plan, { drillId, kills, acceptedBytesInTheEnd, say });
  await untilEnded(killed, instance, drillId, say);
  const actual = await readDrillEnd(killed, instance, drillId);
  await killed.stop();

  const found: Difference[] = [
    ...differences(expected.recorded, actual.recorded),
    ...acceptedTooOften(actual.traffic),
    ...resultDifferences(expected, actual),
  ];
  const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0);
  const { events, mails, lines, replies } = expected.recorded;
  const { lost, doubled, unowed } = actual.result;
  const acceptedTwice = sum([...actual.traffic.accepted.values()].map((times) => times - 1));
  const uncertain = sum(actual.traffic.uncertain.values());
  const passes = found.length === 0 && done.everything + done.mainOnly === kills.length;
  const answer = {
    notice: plan.fileName,
    seed,
    staff,
    kills: { planned: kills.length, ...done },
    compared: { events: events.size, mails: mails.size, lines: lines.size, replies: replies.size },
    lost,
    doubled,
    unowed,
    uncertain,
    acceptedTwice,
    verifyDifferences: actual.verification.differences.length,
    differences: found.length,
    seconds: { undisturbed: undisturbedSeconds, killed: secondsSince(killedFrom) },
  };
  console.log(JSON.stringify(answer, null, 2));
  for (const difference of found.slice(0, shownDifferences)) say(JSON.stringify(difference));
  const total = String(done.everything + done.mainOnly);
  console.log(
    passes
      ? `Killed ${total} times, the drill ended as the undisturbed one: ${String(events.size)} events and ${String(mails.size)} mails are the same; ${String(uncertain)} sendings were uncertain, ${String(acceptedTwice)} mails came twice because of them.`
      : `Killed ${total} times of ${String(kills.length)}, the drill ended with ${String(found.length)} differences; the first: ${found[0]?.what ?? 'too few kills'}.`,
  );
  return passes;
}

function secondsSince(moment: number): number {
  return Math.round((Date.now() - moment) / 100) / 10;
}
