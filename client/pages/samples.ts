import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RefusedError } from '../refused-error.ts';

/** A sample notice of the project's own writing (samples/), for drills. */
export interface Sample {
  readonly fileName: string;
  /** What it calls itself. */
  readonly title: string;
}

const ownSamples = join(import.meta.dirname, '../../samples');
const noticePattern = /^[\w.-]+\.(?:txt|html|docx)$/;
const preselected = 'qinghe-2024.txt';

/** The samples, the one that is chosen unless somebody chooses another first. */
export async function listSamples(folder = ownSamples): Promise<Sample[]> {
  const names = (await readdir(folder).catch(() => []))
    .filter((name) => noticePattern.test(name))
    .sort(preselectedFirst);
  return Promise.all(
    names.map(async (fileName) => {
      if (!fileName.endsWith('.txt')) return { fileName, title: fileName };
      const text = await readFile(join(folder, fileName), 'utf8');
      return { fileName, title: titleOf(text) ?? fileName };
    }),
  );
}

/** @throws RefusedError `NoSuchSample` */
export async function readSample(fileName: string, folder = ownSamples): Promise<Uint8Array> {
  const known = await listSamples(folder);
  if (known.every((sample) => sample.fileName !== fileName)) {
    throw new RefusedError('NoSuchSample', '没有这份样例，请另选一份，或上传自己的通报。');
  }
  return readFile(join(folder, fileName));
}

/** The line that calls itself a notice; pages saved from a site begin with their menus. */
function titleOf(text: string): string | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.slice(0, 40).find((line) => /的(?:通报|公告|报告)$/.test(line)) ?? lines.find((line) => line !== '');
}

function preselectedFirst(one: string, other: string): number {
  return Number(other === preselected) - Number(one === preselected) || one.localeCompare(other);
}
