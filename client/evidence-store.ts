import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Ledger } from '../prisma/client.ts';
import { contentOf } from './evidence-check/judge-file.ts';
import { kindFacts } from './evidence-check/kinds.ts';
import { RefusedError } from './refused-error.ts';

interface KeptFile {
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

interface OpenedFile extends KeptFile {
  readonly mediaType: string;
  readonly stream: ReadStream;
}

/** The files of evidence (佐证材料), each under its content's sha256: flushed to disk first, then a row in the ledger. */
export interface EvidenceStore {
  /** Keeps the content, with what it is by itself. When it returns, file and row survive a power cut; a second call with it finds both. */
  keep(bytes: Uint8Array, mediaType: string): Promise<KeptFile>;
  /** @throws RefusedError `NoSuchFile` when no such content is kept */
  open(sha256: string): Promise<OpenedFile>;
}

/** Where a file's content stands in the folder. */
export function evidencePath(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256.slice(2));
}

/** @param folder made when the first file is kept */
export function createEvidenceStore({ folder, ledger }: { folder: string; ledger: Ledger }): EvidenceStore {
  const pathOf = (sha256: string) => evidencePath(folder, sha256);
  return {
    async keep(bytes, mediaType) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const sizeBytes = bytes.byteLength;
      const path = pathOf(sha256);
      if (!(await hasSize(path, sizeBytes))) await writeFlushed(path, bytes);
      const { kind, concerns } = contentOf(bytes);
      const isType = kindFacts[kind].mediaType ?? mediaType;
      const row = { sha256, sizeBytes, mediaType: isType, kind, concerns: [...concerns] };
      await ledger.evidenceFile.createMany({ data: row, skipDuplicates: true });
      return { sha256, sizeBytes };
    },

    async open(sha256) {
      const row = await ledger.evidenceFile.findUnique({ where: { sha256 } });
      if (!row) throw new RefusedError('NoSuchFile', '没有这份佐证材料');
      const { sizeBytes, mediaType } = row;
      return { sha256, sizeBytes, mediaType, stream: createReadStream(pathOf(sha256)) };
    },
  };
}

/** A file has its name only when all of it is on disk, so its size tells that it is whole. */
async function hasSize(path: string, sizeBytes: number): Promise<boolean> {
  try {
    return (await stat(path)).size === sizeBytes;
  } catch {
    return false;
  }
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const firstMade = await mkdir(folder, { recursive: true });
  if (firstMade !== undefined) await flushFolder(dirname(firstMade));
  await flushFolder(dirname(folder));
  const unfinished = join(folder, `.${randomUUID()}`);
  try {
    const file = await open(unfinished, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await flushFolder(folder);
}

/** A name is on disk only when its folder is. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
