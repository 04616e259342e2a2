/**
 * A longer check of `.ci/run`: a week of a drill at two seconds a day takes its time, and a round of the real
 * clock sends its first mail, whose answer is taken in.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DrillProgress } from '../../client/rounds/drill-result.ts';
import type { Instance } from '../../client/commands/instance.ts';
import { OwnInstance } from '../kill/own-instance.ts';
import { huitoukan } from './command-line.ts';
import { answer, eventually, launchRealRound } from './real-round.ts';

const root = resolve(import.meta.dirname, '../..');
const secondsPerDay = 2;
const lastDays = 7;

const own = new OwnInstance(mkdtempSync(join(tmpdir(), 'huitoukan-speed-')));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void own.discard().then(() => process.exit(1)));
}
try {
  await own.start();
  const instance = await own.serving();
  await pacedDrill(instance);
  await realRound();
  await own.stop();
  rmSync(own.folder, { recursive: true, force: true });
  console.log('real speed is as it must be');
} finally {
  await own.discard();
}

/** A drill at a pace is as fast as its days, never faster. */
async function pacedDrill(instance: Instance): Promise<void> {
  const bytes = readFileSync(join(root, 'samples/qinghe-2024.txt'));
  const query = { fileName: 'qinghe-2024.txt', staff: 'mixed', seed: '1' };
  const pace = { secondsPerDay: String(secondsPerDay), lastDays: String(lastDays) };
  const { drillId } = await instance.post<{ drillId: string }>(['drills'], { query: { ...query, ...pace }, bytes });
  const startedAt = Date.now();
  const ended = await eventually('the drill has ended', async () => {
    const progress = await instance.get<DrillProgress>(['drills', drillId]);
    return progress.state === 'ended' ? progress : undefined;
  });
  const seconds = (Date.now() - startedAt) / 1000;
  const least = ended.days * secondsPerDay * 0.9;
  console.log(JSON.stringify({ paced: { days: ended.days, seconds, mails: ended.mails, replies: ended.replies } }));
  if (ended.days < 3) throw new Error(`the drill ended after ${String(ended.days)} days`);
  if (seconds < least)
    throw new Error(`${String(ended.days)} days took ${String(seconds)} s, less than ${String(least)}`);
  if (ended.mails === 0 || ended.replies === 0) throw new Error('the drill sent no mail, or nobody answered');
}

/** A round of the real clock: its first mail comes at once, and the answer to it stands on the issue. */
async function realRound(): Promise<void> {
  const launchedAt = Date.now();
  const { roundId, mail } = await launchRealRound(own);
  const seconds = (Date.now() - launchedAt) / 1000;
  const codes = await codesOf(roundId);
  const [first = ''] = codes;
  await answer(own, mail, `${first} 确认\n${first} 已开始整改，正在排查。`);
  const events = await eventually('the answer stands in the ledger', () =>
    own.withLedger(async (ledger) => {
      const found = await ledger.issueEvent.findMany({
        where: { issue: { roundId, code: first }, by: { not: null } },
        select: { type: true },
      });
      return found.some(({ type }) => type === 'acknowledged') ? found.map(({ type }) => type) : undefined;
    }),
  );
  const others = await own.withLedger((ledger) =>
    ledger.issueEvent.count({ where: { issue: { roundId, code: { not: first } }, by: { not: null } } }),
  );
  if (others > 0) throw new Error('the answer to one issue was recorded on another');
  console.log(JSON.stringify({ real: { issues: codes.length, lines: mail.lines.length, seconds, events } }));
}

async function codesOf(roundId: string): Promise<string[]> {
  const issues = await huitoukan<{ code: string }[]>(own, 'issue', 'list', '--round', roundId);
  return issues.map(({ code }) => code);
}
