import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError, cache, say } from './progress.mjs';

const lockFile = join(cache, 'setup.lock');

/** No step takes this long; a lock older than that belongs to a process whose number was given to another. */
const forgottenAfterMs = 20 * 60_000;

/**
 * Runs `work` while no other set-up of this folder does; a second set-up waits for the first.
 * A lock whose process has ended is taken over.
 *
 * @param {() => Promise<void>} work
 */
export async function alone(work) {
  mkdirSync(cache, { recursive: true });
  await take();
  try {
    await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

async function take() {
  const ours = `${lockFile}.${process.pid}`;
  // Linked from a finished file, so that nobody ever reads a lock without its number.
  writeFileSync(ours, String(process.pid));
  try {
    for (let waitedMs = 0; ; waitedMs += 200) {
      try {
        linkSync(ours, lockFile);
        return;
      } catch (error) {
        if (error?.code !== 'EEXIST') {
          throw new SetupError(lockFile, `无法建立锁文件（${error?.code}）`, '请检查该文件夹是否可写');
        }
      }
      const holder = holderOfLock();
      if (holder === undefined) takeAside(`${ours}.stale`);
      else {
        if (waitedMs === 0) say(`另一个环境准备正在进行（进程 ${holder}），等它结束`);
        await sleep(200);
      }
    }
  } finally {
    rmSync(ours, { force: true });
  }
}

/** Moves a stale lock away. Two set-ups may do so at once: one that moved the other's new lock puts it back.
 * @param {string} aside */
function takeAside(aside) {
  try {
    renameSync(lockFile, aside);
    const pid = Number(readFileSync(aside, 'utf8'));
    if (isAlive(pid) && isRecent(aside)) linkSync(aside, lockFile);
  } catch {
    // The other set-up was quicker.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** The process that holds the lock, or undefined when it has ended. */
function holderOfLock() {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    return isAlive(pid) && isRecent(lockFile) ? pid : undefined;
  } catch {
    return undefined; // given back in between
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error?.code === 'EPERM'; // it runs, as another user
  }
}

/** @param {string} file */
function isRecent(file) {
  return Date.now() - statSync(file).mtimeMs < forgottenAfterMs;
}
