import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FolderInUseError, lockFolder } from '../../../worker/embedded/folder-lock.ts';
import { startOf } from '../../../worker/embedded/processes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A process that does nothing, for as long as the test lasts. */
function idleProcess(): number {
  const idle = spawn('sleep', ['600'], { stdio: 'ignore' });
  onTestFinished(() => void idle.kill('SIGKILL'));
  if (idle.pid === undefined) throw new Error('no sleep');
  return idle.pid;
}

test('a folder in use is refused with its path and the process that holds it', () => {
  const folder = temporaryFolder();
  const pid = idleProcess();
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid, startedAt: startOf(pid) }));
  expect(() => lockFolder(folder)).toThrow(FolderInUseError);
  expect(() => lockFolder(folder)).toThrow(`数据文件夹 ${folder} 正由另一个“回头看”使用（进程 ${pid}）`);
  expect(readdirSync(folder)).toEqual(['lock.json']);
});

test('a second claim by the same process is refused too, until the first is given back', () => {
  const folder = temporaryFolder();
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(FolderInUseError);
  lock.release();
  lock.release();
  lockFolder(folder).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('a lock whose process was killed is taken over', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: 2 ** 22 - 1, startedAt: 'boot:1' }));
  lockFolder(folder);
  expect(JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8'))).toMatchObject({ pid: process.pid });
});

test('a lock whose number now belongs to a process started at another moment is taken over', () => {
  const folder = temporaryFolder();
  const pid = idleProcess();
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid, startedAt: 'another boot:1' }));
  lockFolder(folder).release();
  expect(existsSync(join(folder, 'lock.json'))).toBe(false);
});

test('a lock cut short is taken over', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'lock.json'), '{"pid":');
  lockFolder(folder).release();
});

test('a folder that is not there yet is made for its owner only', () => {
  const folder = join(temporaryFolder(), 'data');
  lockFolder(folder).release();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});
