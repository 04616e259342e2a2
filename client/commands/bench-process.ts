import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { MisuseError } from '../misuse-error.ts';
import { RefusedError } from '../refused-error.ts';
import type { Output } from './output.ts';
import { asStarted } from './own-instance.ts';

const root = resolve(import.meta.dirname, '../..');

/** @throws MisuseError when the option is no positive integer */
export function countOf(option: string, given: string): number {
  const count = /^\d{1,7}$/.test(given) ? Number(given) : 0;
  if (count === 0) throw new MisuseError(`${option} 应是正整数，现在是“${given}”`);
  return count;
}

/**
 * Measures in a process of its own, for who sends is no part of a client: `worker/bench/<name>.ts FOLDER …` prints its
 * figures as JSON and what it is at on standard error. The folder is thrown away, and the process ends with this one.
 *
 * @throws RefusedError `NotMeasured` with the last thing that was said
 */
export async function measuredBy<Figures>(output: Output, name: string, counts: readonly number[]): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), `huitoukan-${name}-`));
  const args = [...asStarted, `worker/bench/${name}.ts`, folder, ...counts.map(String)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = (): void => void child.kill('SIGTERM');
  process.once('SIGINT', stop).once('SIGTERM', stop);
  let last = '';
  createInterface(child.stderr).on('line', (line) => {
    last = line;
    output.note(line);
  });
  const answer: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => answer.push(part));
  try {
    return await new Promise<Figures>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        if (code !== 0) reject(new RefusedError('NotMeasured', `没有量成：${last}`));
        else resolve(JSON.parse(Buffer.concat(answer).toString()) as Figures);
      });
    });
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    rmSync(folder, { recursive: true, force: true });
  }
}
