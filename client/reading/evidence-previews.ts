import { headBytes, type Preview, previewOf } from '../evidence-check/preview.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { Ledger } from '../../prisma/client.ts';

type Files = Pick<EvidenceStore, 'open'>;

/** How each piece of evidence may be shown, by its content's sha256; what the store no longer holds says so. */
export async function readPreviews(
  { ledger, files }: { readonly ledger: Ledger; readonly files: Files },
  sha256s: readonly string[],
): Promise<ReadonlyMap<string, Preview>> {
  const kept = await ledger.evidenceFile.findMany({
    where: { sha256: { in: [...new Set(sha256s)] } },
    select: { sha256: true, sizeBytes: true, kind: true },
  });
  const previews = new Map<string, Preview>();
  // One after the other: a page of fifty pieces opens one file at a time.
  for (const { sha256, ...facts } of kept) previews.set(sha256, await readPreview(files, { sha256, ...facts }));
  return previews;
}

/** How one kept file may be shown. */
export async function readPreview(
  files: Files,
  { sha256, ...facts }: { readonly sha256: string; readonly sizeBytes: number; readonly kind: string | null },
): Promise<Preview> {
  const head = await readHead(files, sha256);
  if (head === undefined) return { kind: 'none', because: '文件不在存放处，请告诉运维人员。' };
  return previewOf(head, facts);
}

/** The first bytes of a kept file; undefined when the file itself is gone. */
async function readHead(files: Files, sha256: string): Promise<Uint8Array | undefined> {
  const { stream } = await files.open(sha256);
  try {
    // Leaving the loop closes the file.
    for await (const chunk of stream) return (chunk as Uint8Array).subarray(0, headBytes);
    return new Uint8Array();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
