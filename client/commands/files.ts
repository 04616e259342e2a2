import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { MisuseError } from '../misuse-error.ts';

/** No notice and no directory is larger; what is, is not read at all. */
const largestBytes = 32 * 1024 * 1024;

/**
 * A file named on the command line.
 *
 * @throws MisuseError when it is not there, is no file, cannot be read or is larger than 32 MB
 */
export function fileGiven(path: string): { bytes: Uint8Array; fileName: string } {
  try {
    const { size } = statSync(path);
    if (size > largestBytes) throw new MisuseError(`${path}：文件超过 32 MB，没有读`);
    return { bytes: readFileSync(path), fileName: basename(path) };
  } catch (error) {
    if (error instanceof MisuseError) throw error;
    const reasons: Record<string, string> = {
      ENOENT: '没有这个文件',
      EISDIR: '这是文件夹，不是文件',
      EACCES: '没有读取的权限',
    };
    throw new MisuseError(`${path}：${reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? '读不了'}`, {
      cause: error,
    });
  }
}
