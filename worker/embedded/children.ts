import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandLineOf, end, isAlive, startOf } from './processes.ts';

/** Receives one line of progress for people. */
export type Log = (line: string) => void;

export interface ChildOptions {
  /** A short file name; the child's number is recorded under it in the data folder. */
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  dataDir: string;
  /** The signal that asks the child to end in good order. */
  stopSignal: NodeJS.Signals;
  /** How long it may take before it is killed. */
  graceMs: number;
  /** The user to run as; ours when absent. */
  user?: { uid: number; gid: number } | undefined;
}

export interface Child {
  readonly pid: number;
  /** The file that holds what the child wrote. */
  readonly logFile: string;
  /** Settles, never rejects, when the child has ended; says how. */
  readonly ended: Promise<string>;
  /** True from the moment it ended. */
  hasEnded(): boolean;
  /** What it wrote since it was started; of much, the first and the last lines, since a crash says its reason first. */
  output(): string;
  /** Asks the child to end, kills it when it does not in time. A second call waits for the same end. */
  stop(): Promise<void>;
}

/** Children that run now; asked to end when this process does. */
const running = new Set<{ process: ChildProcess; stopSignal: NodeJS.Signals }>();

/** A log begins anew beyond this size; one older file is kept. */
const longLogBytes = 10 * 1024 * 1024;

/**
 * Starts a program in a session of its own, so that Ctrl-C in the terminal reaches this process only and the children
 * end in the order that it chooses. What the child writes goes to `logs/NAME.log` in the data folder, and its number
 * to `NAME.pid`, by which the next start finds it should this process be killed.
 */
export function startChild(options: ChildOptions): Child {
  const logFile = join(options.dataDir, 'logs', `${options.name}.log`);
  const { descriptor, offset } = openLog(logFile);
  const child = spawn(options.command, options.args, {
    detached: true,
    stdio: ['ignore', descriptor, descriptor],
    env: options.env,
    cwd: options.dataDir,
    ...options.user,
  });
  closeSync(descriptor);
  if (child.pid !== undefined) record(options.dataDir, options.name, child.pid);

  const entry = { process: child, stopSignal: options.stopSignal };
  if (running.size === 0) process.on('exit', askAllToEnd);
  running.add(entry);
  let over = false;
  const ended = new Promise<string>((resolve) => {
    const settle = (how: string): void => {
      over = true;
      running.delete(entry);
      if (running.size === 0) process.off('exit', askAllToEnd);
      resolve(how);
    };
    child.once('error', (error) => settle(`无法启动（${error.message}）`));
    child.once('exit', (code, signal) => settle(signal ? `被信号 ${signal} 结束` : `退出码 ${code}`));
  });

  let stopping: Promise<void> | undefined;
  return {
    pid: child.pid ?? -1,
    logFile,
    ended,
    hasEnded: () => over,
    output: () => shortened(readFileSync(logFile).subarray(offset).toString('utf8')),
    stop: () => (stopping ??= stopInOrder(child, ended, options)),
  };
}

async function stopInOrder(child: ChildProcess, ended: Promise<string>, options: ChildOptions): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  child.kill(options.stopSignal);
  const kill = setTimeout(() => killSession(pid), options.graceMs);
  await ended;
  clearTimeout(kill);
  rmSync(recordOf(options.dataDir, options.name), { force: true });
}

function killSession(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in this very moment.
  }
}

function askAllToEnd(): void {
  for (const { process: child, stopSignal } of running) child.kill(stopSignal);
}

/** Opens a log for appending and says where the new output will begin. */
function openLog(logFile: string): { descriptor: number; offset: number } {
  mkdirSync(dirname(logFile), { recursive: true });
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > longLogBytes) renameSync(logFile, `${logFile}.1`);
  return { descriptor: openSync(logFile, 'a', 0o600), offset: size > longLogBytes ? 0 : size };
}

function shortened(output: string): string {
  const lines = output.trim().split('\n');
  return lines.length <= 24 ? lines.join('\n') : [...lines.slice(0, 12), '…', ...lines.slice(-12)].join('\n');
}

function recordOf(dataDir: string, name: string): string {
  return join(dataDir, `${name}.pid`);
}

function record(dataDir: string, name: string, pid: number): void {
  writeFileSync(recordOf(dataDir, name), JSON.stringify({ pid, startedAt: startOf(pid) }));
}

/**
 * Ends the child of this name that an earlier run of this data folder left behind when it was killed.
 * A process that merely has the recorded number is left alone: it must have started at the recorded moment, and its
 * command line must name `argument`.
 *
 * @returns the number of the process that was ended, or undefined when there was none
 */
export async function endOrphan(
  { name, dataDir, stopSignal, graceMs }: Pick<ChildOptions, 'name' | 'dataDir' | 'stopSignal' | 'graceMs'>,
  argument: string,
): Promise<number | undefined> {
  const recorded = readRecord(dataDir, name);
  if (recorded === undefined) return undefined;
  const { pid, startedAt } = recorded;
  const ours = isAlive(pid) && startOf(pid) === startedAt && commandLineOf(pid).includes(argument);
  if (ours) await end(pid, stopSignal, graceMs);
  rmSync(recordOf(dataDir, name), { force: true });
  return ours ? pid : undefined;
}

function readRecord(dataDir: string, name: string): { pid: number; startedAt: string } | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(recordOf(dataDir, name), 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAt' in value)) return undefined;
    const { pid, startedAt } = value;
    return Number.isInteger(pid) && typeof startedAt === 'string' ? { pid: pid as number, startedAt } : undefined;
  } catch {
    return undefined; // never written, or cut short by the kill
  }
}
