import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, startOf } from '../../worker/embedded/processes.ts';

/** A process, told from a later one with the same number by the moment it started. */
export interface Process {
  readonly pid: number;
  readonly startedAt: string | undefined;
}

const diesWithinMs = 10_000;

/** A process and all that it started, directly or through others, in whatever session or group they are. */
export function treeOf(root: number): Process[] {
  const childrenOf = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const parent = parentOf(pid);
    if (parent !== undefined) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid]);
  }
  const tree: Process[] = [];
  for (const waiting = [root]; waiting.length > 0;) {
    const pid = waiting.shift()!;
    if (isAlive(pid)) tree.push({ pid, startedAt: startOf(pid) });
    waiting.push(...(childrenOf.get(pid) ?? []));
  }
  return tree;
}

/**
 * Kills a process and all its descendants with -9, as if at one instant: they are halted first, so that none of them
 * can see another die, or start one that is missed. Returns who they were when none of them runs any more.
 */
export async function killTree(root: number): Promise<Process[]> {
  const halted = new Map<number, Process>();
  for (let isNew = true; isNew;) {
    const found = treeOf(root).filter(({ pid }) => !halted.has(pid));
    for (const each of found) {
      send(each, 'SIGSTOP');
      halted.set(each.pid, each);
    }
    isNew = found.length > 0;
  }
  const tree = [...halted.values()];
  await kill(tree);
  return tree;
}

/** Kills these processes with -9 and returns when none of them runs; a number that now is another's is left alone. */
export async function kill(processes: readonly Process[]): Promise<void> {
  for (const each of processes) send(each, 'SIGKILL');
  const giveUpAt = Date.now() + diesWithinMs;
  while (processes.some(runs)) {
    if (Date.now() > giveUpAt) throw new Error('a process outlives SIGKILL by ten seconds');
    await pause(10);
  }
}

export function runs({ pid, startedAt }: Process): boolean {
  return isAlive(pid) && startOf(pid) === startedAt;
}

function send(each: Process, signal: NodeJS.Signals): void {
  if (!runs(each)) return;
  try {
    process.kill(each.pid, signal);
  } catch {
    // It ended by itself in this very moment.
  }
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // it ended while we looked
  }
}
