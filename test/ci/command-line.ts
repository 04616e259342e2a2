import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { OwnInstance } from '../kill/own-instance.ts';

const root = resolve(import.meta.dirname, '../..');

/** Runs `bin/huitoukan … --json` against an instance and answers what it says. @throws Error when it exits with another code than 0 */
export async function huitoukan<Answer>(own: Pick<OwnInstance, 'folder'>, ...args: readonly string[]): Promise<Answer> {
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/huitoukan', ...args, '--json'], {
    cwd: root,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: own.folder, HUITOUKAN_DATA: own.folder },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Answer;
}
