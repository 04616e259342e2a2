import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Shown } from './whereabouts.ts';

/** What takes part in receiving a mail (master.cf). */
const receivers: ReadonlySet<string> = new Set(['smtpd', 'cleanup', 'qmgr']);

/**
 * Whether a process of an earlier start of Postfix still runs: it has lost its master. Of another Postfix on this machine the
 * processes have theirs. `notSeen` where this one's master does not run, or this system does not show its processes.
 */
export async function leftoversOf(queueFolder: string): Promise<Shown['leftovers']> {
  try {
    const master = (await readFile(join(queueFolder, 'pid/master.pid'), 'utf8')).trim();
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const seen = await Promise.all(pids.map(processOf));
    const nameOf = new Map(seen.flatMap((one) => (one === undefined ? [] : [[one.pid, one.name]])));
    if (nameOf.get(master) !== 'master') return 'notSeen';
    const orphans = seen.filter((one) => one && receivers.has(one.name) && nameOf.get(one.parent) !== 'master');
    return orphans.length === 0 ? 'none' : 'some';
  } catch {
    return 'notSeen';
  }
}

/** `pid (name) state parent …` (proc(5)); undefined for one that has ended, even if its parent does not know yet (`Z`). */
async function processOf(pid: string): Promise<{ pid: string; name: string; parent: string } | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  const [, name, parent] = /^\d+ \((.*)\) [^ZX] (\d+) /s.exec(stat) ?? [];
  return name === undefined || parent === undefined ? undefined : { pid, name, parent };
}
