import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readToken } from '../api/token.ts';
import { RefusedError } from '../refused-error.ts';
import { freePorts } from './free-ports.ts';
import { Instance } from './instance.ts';

/** The environment of the child, from the entry file: our own with these changes. */
export type EnvironmentWith = (changes: Readonly<Record<string, string | undefined>>) => NodeJS.ProcessEnv;

const root = resolve(import.meta.dirname, '../..');

/** As `npm start` runs the worker: the young of a herd outlive a young generation of the usual 16 MB, and are moved for nothing. */
export const asStarted = ['--max-semi-space-size=64', '--import', 'tsx'];

/** Does `work` with an instance on that folder, which ends with it, and with Ctrl-C. */
export async function withOwnInstance<Result>(
  folder: string,
  environmentWith: EnvironmentWith,
  work: (own: OwnInstance) => Promise<Result>,
): Promise<Result> {
  const own = await OwnInstance.start(folder, environmentWith);
  const stop = (): void => void own.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await work(own);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await own.stop();
  }
}

/** As `withOwnInstance`, on a folder that is thrown away after it. */
export async function withPassingInstance<Result>(
  environmentWith: EnvironmentWith,
  work: (own: OwnInstance, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'huitoukan-bench-'));
  try {
    return await withOwnInstance(folder, environmentWith, (own) => work(own, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const servesWithinMs = 120_000;
const endsWithinMs = 15_000;

/** An instance that this command has started and ends again. */
export class OwnInstance {
  readonly url: string;
  readonly temporalAddress: string;
  /** Of the door through which answers come in. */
  readonly smtpPort: number;
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #said = '';
  #isReady = false;
  #isStopping = false;

  private constructor(child: ChildProcess, folder: string, ports: { web: string; temporal: string; smtp: string }) {
    const url = `http://127.0.0.1:${ports.web}`;
    this.#child = child;
    this.#folder = folder;
    this.url = url;
    this.temporalAddress = `127.0.0.1:${ports.temporal}`;
    this.smtpPort = Number(ports.smtp);
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

  /** Starts an instance on that folder with ports and stores of its own, whatever the environment names. */
  static async start(folder: string, environmentWith: EnvironmentWith): Promise<OwnInstance> {
    const [web = '', smtp = '', practice, pg, temporal = ''] = await freePorts(5);
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
    const child = spawn(process.execPath, [...asStarted, 'worker/embedded.ts'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new OwnInstance(child, folder, { web, temporal, smtp });
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

  /** What is awaited, or the instance's end before it. An instance that does not answer is ending. */
  async orEnded<Result>(work: Promise<Result>): Promise<Result> {
    const failed = this.#ended.then(() => Promise.reject(this.#failure()));
    const answered = work.catch((error: unknown) => {
      if (error instanceof RefusedError && error.code === 'NotRunning') return failed;
      throw error;
    });
    return Promise.race([answered, failed]);
  }

  /** Ends it as Ctrl-C would; after 15 seconds by force. A second call waits for the same end. */
  async stop(): Promise<void> {
    if (this.#hasEnded()) return;
    this.#isStopping = true;
    this.#child.kill('SIGTERM');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), endsWithinMs);
    await this.#ended;
    clearTimeout(late);
  }

  #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined;
  }

  #failure(): RefusedError {
    if (this.#isStopping) return new RefusedError('Stopped', '演练中止了');
    const last = this.#said.trim().split('\n').at(-1) ?? '';
    return new RefusedError('NotStarted', `演练用的回头看停止了${last === '' ? '' : `：${last}`}`);
  }
}
