import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process of this number runs; one that has ended but was not yet collected by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it runs, as another user
  }
  return process.platform === 'linux' ? statOf(pid)?.[0] !== 'Z' : !psOf(pid, 'state=').startsWith('Z');
}

/** The command line of a running process, its arguments separated by blanks; empty when there is no such process. */
export function commandLineOf(pid: number): string {
  if (process.platform !== 'linux') return psOf(pid, 'command=');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/**
 * What tells a running process from a later one with the same number: the moment it started, on this boot.
 * Undefined when there is no such process.
 */
export function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return psOf(pid, 'lstart=') || undefined;
  const ticks = statOf(pid)?.[19]; // field 22 of proc(5)
  return ticks === undefined ? undefined : `${bootId()}:${ticks}`;
}

/**
 * Ends a process that is not our child: asks with `signal`, and kills it when it still runs after `graceMs`.
 * A process that has ended already is left alone.
 */
export async function end(pid: number, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  for (const [asking, patienceMs] of [
    [signal, graceMs],
    ['SIGKILL', 5_000],
  ] as const) {
    try {
      process.kill(pid, asking);
    } catch {
      return;
    }
    for (const until = Date.now() + patienceMs; Date.now() < until;) {
      if (!isAlive(pid)) return;
      await sleep(20);
    }
  }
}

/** The fields of /proc/PID/stat from the third on (the second, the name, may hold blanks and brackets). */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

function psOf(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
