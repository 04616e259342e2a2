import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's top folder, with no slash at its end. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** What set-up provides and remembers; never committed, may be deleted at any time. */
export const cache = resolve(root, '.cache');

/** A set-up that cannot go on: where it stopped, what was found there, and what a person can do about it. */
export class SetupError extends Error {
  /**
   * @param {string} where
   * @param {string} what
   * @param {string} remedy
   */
  constructor(where, what, remedy) {
    super(`环境准备失败 · ${where}：${what}\n  怎么办：${remedy}`);
  }
}

/** One line of progress.
 * @param {string} line */
export function say(line) {
  console.log(`· ${line}`);
}

/** SHA-256 over the given texts and the contents of the given files; a missing file counts as empty.
 * @param {{ texts?: string[], files?: string[] }} of */
export function fingerprint({ texts = [], files = [] }) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text}\0`);
  for (const file of files) hash.update(`${file}\0`).update(contentOf(file)).update('\0');
  return hash.digest('hex');
}

/** @param {string} file */
function contentOf(file) {
  try {
    return readFileSync(resolve(root, file));
  } catch {
    return '';
  }
}

/** The last lines of a program's output, which is where it says what went wrong.
 * @param {string | null | undefined} output */
export function lastLines(output, count = 6) {
  return (output ?? '').trim().split('\n').slice(-count).join('\n    ');
}
