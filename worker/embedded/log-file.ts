import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from './children.ts';

/** Appends lines with their moment to a file. Names and addresses do not belong there. */
export function openLog(file: string): Log {
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file, { flags: 'a' });
  return (line) => void stream.write(`${new Date().toISOString()} ${line}\n`);
}
