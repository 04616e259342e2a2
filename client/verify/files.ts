import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Ledger } from '../../prisma/client.ts';
import { evidencePath } from '../evidence-store.ts';
import type { Difference } from './differences.ts';

export interface FilesVerified {
  readonly files: number;
  readonly differences: readonly Difference[];
}

/** Reads every file of evidence again, one after the other, and names those that are gone or have changed. */
export async function verifyFiles(ledger: Ledger, folder: string): Promise<FilesVerified> {
  const rows = await ledger.evidenceFile.findMany({ select: { sha256: true }, orderBy: { sha256: 'asc' } });
  const differences: Difference[] = [];
  for (const { sha256 } of rows) {
    const found = await hashOf(evidencePath(folder, sha256));
    if (found === sha256) continue;
    const stored = found === undefined ? '文件不在或读不了' : '内容已改变';
    differences.push({ row: `EvidenceFile ${sha256}`, field: 'content', stored, replayed: '登记时的内容' });
  }
  return { files: rows.length, differences };
}

/** The sha256 of a file's content; undefined when it cannot be read. */
async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}
