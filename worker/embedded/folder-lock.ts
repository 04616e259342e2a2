import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startOf } from './processes.ts';

export interface FolderLock {
  /** Gives the folder free. A second call does nothing. */
  release(): void;
}

/** The data folder belongs to a running instance. */
export class FolderInUseError extends Error {
  constructor(folder: string, pid: number) {
    super(
      `数据文件夹 ${folder} 正由另一个“回头看”使用（进程 ${pid}）：请先停止它，或用 HUITOUKAN_DATA 指定另一个文件夹`,
    );
  }
}

/**
 * Claims a data folder for this process; makes the folder, readable for its owner only, when there is none.
 * A lock whose process has ended, or whose number now belongs to a process started at another moment, is taken over.
 *
 * @throws FolderInUseError when a running instance holds the folder
 */
export function lockFolder(dataDir: string): FolderLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lockFile = join(dataDir, 'lock.json');
  const fresh = `${lockFile}.${process.pid}`;
  const content = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) });
  // Linked from a finished file, so that nobody ever reads half a lock.
  writeFileSync(fresh, content);
  try {
    while (!linked(fresh, lockFile)) takeAside(lockFile, dataDir);
  } finally {
    rmSync(fresh, { force: true });
  }
  return {
    release() {
      if (read(lockFile) === content) rmSync(lockFile, { force: true });
    },
  };
}

/** Moves a stale lock away. Two starts may do so at once: one that moved the other's new lock puts it back. */
function takeAside(lockFile: string, dataDir: string): void {
  const found = read(lockFile);
  if (found === undefined) return;
  const holder = livingHolder(found);
  if (holder !== undefined) throw new FolderInUseError(dataDir, holder);
  const aside = `${lockFile}.stale.${process.pid}`;
  try {
    renameSync(lockFile, aside);
  } catch {
    return; // the other start was quicker
  }
  if (read(aside) !== found) linked(aside, lockFile);
  rmSync(aside, { force: true });
}

function livingHolder(lock: string): number | undefined {
  try {
    const { pid, startedAt } = JSON.parse(lock) as { pid: number; startedAt: string };
    return isAlive(pid) && startOf(pid) === startedAt ? pid : undefined;
  } catch {
    return undefined;
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
