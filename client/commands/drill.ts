import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MisuseError } from '../misuse-error.ts';
import { readNotice } from '../notice-import/read-notice.ts';
import type { DrillProgress, DrillResult } from '../rounds/drill-result.ts';
import { fileGiven } from './files.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';
import { type EnvironmentWith, withOwnInstance } from './own-instance.ts';

export interface DrillOptions {
  readonly secondsPerDay: string;
  readonly staff: string;
  readonly seed?: string;
  readonly lastDays?: string;
  /** The instance's folder, kept afterwards; a temporary one otherwise. */
  readonly keep?: string;
}

const looksEveryMs = 500;
const tellsEveryMs = 5_000;

/**
 * `drill NOTICE`: starts an instance in a folder of its own, plays the notice's round in it with practice people, says
 * on standard error how far it is, answers what came of it, and ends the instance again.
 *
 * @throws UnreadableNotice, MisuseError
 * @throws RefusedError `NotStarted`, or what the instance refuses
 */
export async function drill(
  output: Output,
  environmentWith: EnvironmentWith,
  path: string,
  options: DrillOptions,
): Promise<void> {
  const { bytes, fileName } = fileGiven(path);
  readNotice(bytes, fileName); // what cannot be read is said before anything is started
  requireNumber('--seconds-per-day', options.secondsPerDay, 0);
  if (options.lastDays !== undefined) requireNumber('--last-days', options.lastDays, 1);
  const folder = options.keep === undefined ? mkdtempSync(join(tmpdir(), 'huitoukan-drill-')) : resolve(options.keep);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    await withOwnInstance(folder, environmentWith, async (own) => {
      const instance = await own.serving();
      output.note(`演练用的回头看已就绪：${own.url}（演练结束即停止）`);
      const { secondsPerDay, staff, seed, lastDays } = options;
      const query = { fileName, secondsPerDay, staff, seed, lastDays };
      const result = await own.orEnded(played(output, instance, { query, bytes }));
      output.answer(result, () => words(result));
    });
  } finally {
    if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
    else output.note(`数据留在 ${folder}；再看：HUITOUKAN_DATA=${folder} npm start`);
  }
}

function requireNumber(option: string, text: string, least: number): void {
  if (text.trim() === '' || !(Number(text) >= least))
    throw new MisuseError(`${option} 应是不小于 ${String(least)} 的数`);
}

async function played(
  output: Output,
  instance: Instance,
  drill: Parameters<Instance['post']>[1],
): Promise<DrillResult> {
  const { drillId } = await instance.post<{ drillId: string }>(['drills'], drill);
  let told = 0;
  for (;;) {
    const progress = await instance.get<DrillProgress>(['drills', drillId]);
    const isEnded = progress.state === 'ended';
    if (isEnded || Date.now() - told > tellsEveryMs) {
      told = Date.now();
      output.note(progressWords(progress));
    }
    if (isEnded) return instance.get<DrillResult>(['drills', drillId, 'result']);
    await pause(looksEveryMs);
  }
}

function progressWords({ today, days, issues, phases, mails, replies }: DrillProgress): string {
  const settled = (phases.archived ?? 0) + (phases.longTerm ?? 0);
  return `${today}（第 ${String(days + 1)} 天）  邮件 ${String(mails)}  答复 ${String(replies)}  已归档或长期坚持 ${String(settled)}/${String(issues)}`;
}

function words(result: DrillResult): string {
  return columns([
    ['轮次', result.round],
    [
      '问题',
      `${String(result.issues)} 个：归档 ${String(result.archived)}，长期坚持 ${String(result.longTerm)}，最多整改 ${String(result.cycles)} 轮`,
    ],
    ['历时', `${String(result.days)} 天，实际用时 ${String(result.seconds)} 秒`],
    [
      '邮件',
      `发出 ${String(result.mails)} 封，答复 ${String(result.replies)} 封，升级督办 ${String(result.escalations)} 行，提请决定 ${String(result.proposals)} 次`,
    ],
    [
      '核对',
      `漏发 ${String(result.lost)}，重发 ${String(result.doubled)}，不该发 ${String(result.unowed)}，结果不明 ${String(result.uncertain)}`,
    ],
  ]);
}
