import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readToken } from '../../client/api/token.ts';
import { Instance } from '../../client/commands/instance.ts';
import { acceptedPath } from '../../client/practice/mailbox.ts';
import { type Ledger, openLedger } from '../../prisma/client.ts';
import { kill, killTree, type Process, runs, treeOf } from './process-tree.ts';
import { freePorts } from '../../client/commands/free-ports.ts';

const root = resolve(import.meta.dirname, '../..');
const servesWithinMs = 180_000;
const stopsWithinMs = 10_000;

/** The same in every instance, so that two of them write the same mails to the byte. */
const publicUrl = 'http://127.0.0.1:8787';

/**
 * An instance of the whole program on a folder of its own, as a child process that can be killed and started again.
 * Whatever else runs on the machine is left alone.
 */
export class OwnInstance {
  readonly folder: string;
  readonly #temporalProgram: string | undefined;
  readonly #variables: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #temporalPort = '';
  #said = '';
  /** Whoever was orphaned on purpose; the next start must end them. */
  #orphans: Process[] = [];

  /** @param variables further environment variables, such as a mail server of one's own */
  constructor(
    folder: string,
    {
      temporalProgram,
      variables = {},
    }: { temporalProgram?: string; variables?: Readonly<Record<string, string>> } = {},
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.folder = folder;
    this.#temporalProgram = temporalProgram;
    this.#variables = variables;
  }

  /** Where the practice mailbox keeps what it accepted. */
  get acceptedFile(): string {
    return acceptedPath(join(this.folder, 'practice'));
  }

  /** Where its Temporal server listens, while it runs. */
  get temporalAddress(): string {
    return `127.0.0.1:${this.#temporalPort}`;
  }

  /** What the present process has printed. */
  get said(): string {
    return this.#said;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts the process; `serving` says when it serves. */
  async start(): Promise<void> {
    const [web, smtp, practice, pg, temporal] = await freePorts(5);
    this.#said = '';
    this.#temporalPort = temporal ?? '';
    const child = spawn(process.execPath, ['--import', 'tsx', 'worker/embedded.ts'], {
      cwd: root,
      // Nothing of the surroundings: a database or Temporal server that they name is none of ours to kill.
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        HOME: this.folder,
        HUITOUKAN_DATA: this.folder,
        HUITOUKAN_PORT: web,
        HUITOUKAN_SMTP_PORT: smtp,
        HUITOUKAN_PRACTICE_PORT: practice,
        HUITOUKAN_PG_PORT: pg,
        HUITOUKAN_TEMPORAL_PORT: temporal,
        PUBLIC_URL: publicUrl,
        TEMPORAL_CLI_PATH: this.#temporalProgram,
        ...this.#variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (text: string) => (this.#said = (this.#said + text).slice(-20_000));
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    this.#child = child;
  }

  /** @throws Error with what it said when it ends, or does not serve within three minutes */
  async serving(): Promise<Instance> {
    const giveUpAt = Date.now() + servesWithinMs;
    for (;;) {
      const url = /已就绪：(http:\S+)/u.exec(this.#said)?.[1];
      if (url !== undefined) return new Instance({ url, token: readToken(this.folder) ?? '' });
      if (!this.isRunning) throw new Error(`the instance ended before it served: ${this.#said}`);
      if (Date.now() > giveUpAt) throw new Error(`the instance does not serve: ${this.#said}`);
      await pause(20);
    }
  }

  /** Kills the process and all it started, at one instant; says how many they were. */
  async killEverything(): Promise<number> {
    const tree = await killTree(this.#pid());
    return tree.length;
  }

  /** Kills the process alone: PostgreSQL and Temporal go on without it until the next start ends them. */
  async killMainOnly(): Promise<number> {
    const [main, ...children] = treeOf(this.#pid());
    this.#orphans.push(...children);
    if (main) await kill([main]);
    return 1;
  }

  /** Asks it to end, and waits until all it started has ended. @throws Error when that takes more than ten seconds */
  async stop(): Promise<void> {
    if (!this.isRunning) return this.#leaveNothing();
    const tree = treeOf(this.#pid());
    this.#child?.kill('SIGTERM');
    const giveUpAt = Date.now() + stopsWithinMs;
    while (tree.some(runs)) {
      if (Date.now() > giveUpAt) {
        await kill(tree);
        throw new Error(`the instance did not end within ten seconds of SIGTERM: ${this.#said}`);
      }
      await pause(20);
    }
    await this.#leaveNothing();
  }

  /** Kills whatever of it still runs; for the end of a failed test. */
  async discard(): Promise<void> {
    if (this.isRunning) await this.killEverything();
    await kill(this.#orphans.filter(runs));
  }

  /** Does `work` with its ledger, which must be running. */
  async withLedger<Result>(work: (ledger: Ledger) => Promise<Result>): Promise<Result> {
    const ledger = openLedger(databaseUrl(this.folder));
    try {
      return await work(ledger);
    } finally {
      await ledger.$disconnect();
    }
  }

  #pid(): number {
    if (this.#child?.pid === undefined) throw new Error('the instance has not been started');
    return this.#child.pid;
  }

  /** @throws Error when a child outlived the instance that should have ended it */
  async #leaveNothing(): Promise<void> {
    const left = this.#orphans.filter(runs);
    await kill(left);
    if (left.length > 0) throw new Error(`${String(left.length)} orphaned children were not ended by the next start`);
  }
}

/** See worker/embedded/postgres.ts: the password stands in the folder, the port in the server's own file. */
function databaseUrl(folder: string): string {
  const home = join(folder, 'postgres');
  const pidFile = join(home, 'cluster/postmaster.pid');
  if (!existsSync(pidFile)) throw new Error('PostgreSQL does not run on this folder');
  const port = readFileSync(pidFile, 'utf8').split('\n')[3];
  return `postgresql://huitoukan:${readFileSync(join(home, 'password'), 'utf8')}@127.0.0.1:${port ?? ''}/huitoukan`;
}
