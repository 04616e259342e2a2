import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const projectFolder = join(import.meta.dirname, '../..');

/** A whole instance as a user starts it: a process of its own on free ports, with its state in `dataDir`. */
export class Instance {
  readonly process: ChildProcess;
  readonly dataDir: string;
  output = '';
  url = '';

  private constructor(dataDir: string, env: Record<string, string>) {
    this.dataDir = dataDir;
    this.process = spawn(process.execPath, ['--import', 'tsx', 'worker/embedded.ts'], {
      cwd: projectFolder,
      env: { ...process.env, HUITOUKAN_DATA: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  /** Returns when it serves. @throws Error with its output when it ends before, or is not there within a minute */
  static async start(dataDir: string, env: Record<string, string> = {}): Promise<Instance> {
    const instance = new Instance(dataDir, env);
    const giveUpAt = Date.now() + 60_000;
    while (instance.url === '') {
      instance.url = /已就绪：(http:\S+)/.exec(instance.output)?.[1] ?? '';
      if (instance.process.exitCode !== null || Date.now() > giveUpAt) throw new Error(instance.output);
      await pause(50);
    }
    return instance;
  }

  /** Runs to its end, for starts that are refused; gives its exit code. */
  static async run(dataDir: string): Promise<{ exitCode: number; output: string }> {
    const instance = new Instance(dataDir, {});
    const exitCode = await instance.ended();
    return { exitCode, output: instance.output };
  }

  /** Asks the API with the instance's token. */
  async ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
    const token = readFileSync(join(this.dataDir, 'token'), 'utf8').trim();
    const response = await fetch(`${this.url}/api${path}`, { ...init, headers: { Authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  /** Asks it to end and waits until it has; gives the milliseconds that took. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number> {
    const startedAt = Date.now();
    this.process.kill(signal);
    await this.ended();
    return Date.now() - startedAt;
  }

  async ended(): Promise<number> {
    while (this.process.exitCode === null && this.process.signalCode === null) await pause(20);
    return this.process.exitCode ?? -1;
  }

  /** Processes of this machine that know the data folder by name: its children, alive or orphaned. */
  processes(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => commandLineOf(pid).includes(this.dataDir))
      .map(Number);
  }
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
