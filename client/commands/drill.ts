import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readToken } from '../api/token.ts';
import { RefusedError } from '../refused-error.ts';
import type { DrillProgress, DrillResult } from '../rounds/drill-result.ts';
import { fileGiven } from './files.ts';
import { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';

export interface DrillOptions {
  readonly secondsPerDay: string;
  readonly staff: string;
  readonly seed?: string;
  readonly lastDays?: string;
  /** The instance's folder, kept afterwards; a temporary one otherwise. */
  readonly keep?: string;
}

/** The environment of the child, from the entry file: our own with these changes. */
export type EnvironmentWith = (changes: Readonly<Record<string, string | undefined>>) => NodeJS.ProcessEnv;

const root = resolve(import.meta.dirname, '../..');
const servesWithinMs = 120_000;
const endsWithinMs = 15_000;
const looksEveryMs = 500;
const tellsEveryMs = 5_000;

/**
 * `drill NOTICE`: starts an instance in a folder of its own, plays the notice's round in it with practice people, says
 * on standard error how far it is, answers what came of it, and ends the instance again.
 *
 * @throws MisuseError when the notice cannot be read
 * @throws RefusedError `NotStarted`, or what the instance refuses
 */
export async function drill(
  output: Output,
  environmentWith: EnvironmentWith,
  path: string,
  options: DrillOptions,
): Promise<void> {
  const { bytes, fileName } = fileGiven(path);
  const folder = options.keep === undefined ? mkdtempSync(join(tmpdir(), 'huitoukan-drill-')) : resolve(options.keep);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const child = await OwnInstance.start(folder, environmentWith);
  const stop = (): void => void child.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const instance = await child.serving();
    output.note(`演练用的回头看已就绪：${child.url}（演练结束即停止）`);
    const { secondsPerDay, staff, seed, lastDays } = options;
    const query = { fileName, secondsPerDay, staff, seed, lastDays };
    const { drillId } = await instance.post<{ drillId: string }>(['drills'], { query, bytes });
    await child.orEnded(watched(output, instance, drillId));
    const result = await instance.get<DrillResult>(['drills', drillId, 'result']);
    output.answer(result, () => words(result));
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await child.stop();
    if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
    else output.note(`数据留在 ${folder}；再看：HUITOUKAN_DATA=${folder} npm start`);
  }
}

async function watched(output: Output, instance: Instance, drillId: string): Promise<void> {
  let told = 0;
  for (;;) {
    const progress = await instance.get<DrillProgress>(['drills', drillId]);
    const isEnded = progress.state === 'ended';
    if (isEnded || Date.now() - told > tellsEveryMs) {
      told = Date.now();
      output.note(progressWords(progress));
    }
    if (isEnded) return;
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

/** An instance that this command has started and ends again. */
class OwnInstance {
  readonly url: string;
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #said = '';
  #isReady = false;

  private constructor(child: ChildProcess, folder: string, url: string) {
    this.#child = child;
    this.#folder = folder;
    this.url = url;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes(url)) this.#isReady = true;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-2000);
    });
    this.#ended = new Promise((done) => {
      child.once('exit', () => done()).once('error', () => done());
    });
  }

  static async start(folder: string, environmentWith: EnvironmentWith): Promise<OwnInstance> {
    const [web, smtp, practice, pg, temporal] = await freePorts(5);
    const env = environmentWith({
      HUITOUKAN_DATA: folder,
      HUITOUKAN_PORT: web,
      HUITOUKAN_SMTP_PORT: smtp,
      HUITOUKAN_PRACTICE_PORT: practice,
      HUITOUKAN_PG_PORT: pg,
      HUITOUKAN_TEMPORAL_PORT: temporal,
      // A drill touches no system of the organisation's own.
      TEMPORAL_ADDRESS: undefined,
      DATABASE_URL: undefined,
      SMTP_URL: undefined,
      PUBLIC_URL: undefined,
    });
    const child = spawn(process.execPath, ['--import', 'tsx', 'worker/embedded.ts'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new OwnInstance(child, folder, `http://127.0.0.1:${web ?? ''}`);
  }

  /** @throws RefusedError `NotStarted` with what the instance said */
  async serving(): Promise<Instance> {
    const giveUpAt = Date.now() + servesWithinMs;
    while (!this.#isReady) {
      if (this.#hasEnded()) throw this.#failure();
      if (Date.now() > giveUpAt) throw new RefusedError('NotStarted', '演练用的回头看两分钟内没有就绪');
      await pause(50);
    }
    return new Instance({ url: this.url, token: readToken(this.#folder) ?? '' });
  }

  /** What is awaited, or the instance's end before it. */
  async orEnded<Result>(work: Promise<Result>): Promise<Result> {
    work.catch(() => undefined);
    return Promise.race([work, this.#ended.then(() => Promise.reject(this.#failure()))]);
  }

  async stop(): Promise<void> {
    if (this.#hasEnded()) return;
    this.#child.kill('SIGTERM');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), endsWithinMs);
    await this.#ended;
    clearTimeout(late);
  }

  #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined;
  }

  #failure(): RefusedError {
    const last = this.#said.trim().split('\n').at(-1) ?? '';
    return new RefusedError('NotStarted', `演练用的回头看停止了${last === '' ? '' : `：${last}`}`);
  }
}

/** Free ports of 127.0.0.1, all different; held together for a moment so that none is given twice. */
async function freePorts(count: number): Promise<string[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<string>((found, failed) => {
          server.once('error', failed).listen({ port: 0, host: '127.0.0.1' }, () => {
            const address = server.address();
            found(typeof address === 'object' && address ? String(address.port) : '');
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
