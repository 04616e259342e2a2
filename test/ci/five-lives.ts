/**
 * A longer check of `.ci/run`: each of the five published notices (the samples where a checkout has none beside it) is
 * played by a mixed staff from assignment to look-back, two at a time. Says what came of each; fails when any is not as
 * it must be.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { DrillResult } from '../../client/rounds/drill-result.ts';
import type { Verification } from '../../client/verify.ts';
import { structureProblems } from './notice-structures.ts';
import { startDrill, untilEnded } from '../kill/drill-runs.ts';
import { OwnInstance } from '../kill/own-instance.ts';

const root = resolve(import.meta.dirname, '../..');
const published = resolve(root, '../shared/notices');
const atOnce = 2;

const source = existsSync(published) ? published : join(root, 'samples');
const given = process.argv.slice(2);
const notices =
  given.length > 0
    ? given
    : readdirSync(source)
        .filter((name) => name.endsWith('.txt'))
        .map((name) => join(source, name))
        .sort((one, other) => statSync(other).size - statSync(one).size); // the longest life is not left for last
if (given.length === 0 && source !== published)
  console.log('../shared/notices is missing: the samples are played instead');

const folder = mkdtempSync(join(tmpdir(), 'huitoukan-lives-'));
const running = new Set<OwnInstance>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.allSettled([...running].map((own) => own.discard())).then(() => process.exit(1));
  });
}
let failures = 0;
const waiting = notices.values();
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (const notice of waiting) {
      const problems = await life(notice).catch((error: unknown) => [
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      ]);
      for (const problem of problems) console.error(`✗ ${basename(notice)}: ${problem}`);
      failures += problems.length;
    }
  }),
);
if (failures === 0) rmSync(folder, { recursive: true, force: true });
else console.error(`the folders are kept in ${folder}`);
console.log(
  failures === 0
    ? `${String(notices.length)} lives ended as they must`
    : `${String(failures)} things are not as they must be`,
);
process.exitCode = failures === 0 ? 0 : 1;

/** Plays one notice to its end and says what is wrong. */
async function life(notice: string): Promise<string[]> {
  const fileName = basename(notice);
  const own = new OwnInstance(join(folder, fileName));
  running.add(own);
  try {
    await own.start();
    const instance = await own.serving();
    const drillId = await startDrill(instance, { bytes: readFileSync(notice), fileName, seed: '1', staff: 'mixed' });
    await untilEnded(own, instance, drillId, (line) => console.error(`${fileName} ${line}`));
    const result = await instance.get<DrillResult>(['drills', drillId, 'result']);
    const { differences } = await instance.get<Verification>(['verify']);
    await own.stop();
    console.log(JSON.stringify({ notice: fileName, ...result, verifyDifferences: differences.length }));
    return [
      ...problemsOf(result),
      ...structureProblems(fileName, result.structure),
      ...differences.map(({ row, field }) => `verify: ${row} ${field} is not what its events say`),
    ];
  } finally {
    await own.discard();
    running.delete(own);
  }
}

function problemsOf({
  issues,
  archived,
  longTerm,
  cycles,
  lost,
  doubled,
  unowed,
  mails,
  replies,
}: DrillResult): string[] {
  const must: readonly (readonly [boolean, string])[] = [
    [
      issues > 0 && archived + longTerm === issues,
      `${String(archived)} archived and ${String(longTerm)} long-term of ${String(issues)} issues`,
    ],
    [cycles >= 2, 'no issue came back'],
    [lost === 0, `${String(lost)} lines lost`],
    [doubled === 0, `${String(doubled)} lines doubled`],
    [unowed === 0, `${String(unowed)} lines unowed`],
    [mails > 0 && replies > 0, `${String(mails)} mails and ${String(replies)} replies`],
  ];
  return must.filter(([holds]) => !holds).map(([, what]) => what);
}
