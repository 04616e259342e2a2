import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { EvidenceStore } from '../evidence-store.ts';

type Files = Pick<EvidenceStore, 'open'>;

/** Whatever it is, it may neither run nor ask for anything. */
const shutIn = "default-src 'none'; sandbox";

/** A file as it was handed in: to be kept, never to be opened as a page of ours. */
export async function keptFile(
  c: Context,
  files: Files,
  { sha256, fileName }: { readonly sha256: string; readonly fileName: string },
): Promise<Response> {
  const { stream, sizeBytes } = await files.open(sha256);
  return c.body(Readable.toWeb(stream) as ReadableStream, 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(sizeBytes),
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, percentEncoded)}`,
    'Content-Security-Policy': shutIn,
  });
}

/** A picture, as its own bytes say that it is one: whatever it was sent as, it is served as that picture or not at all. */
export async function keptPicture(
  c: Context,
  files: Files,
  { sha256, mediaType }: { readonly sha256: string; readonly mediaType: string },
): Promise<Response> {
  const { stream, sizeBytes } = await files.open(sha256);
  return c.body(Readable.toWeb(stream) as ReadableStream, 200, {
    'Content-Type': mediaType,
    'Content-Length': String(sizeBytes),
    'Content-Disposition': 'inline',
    'Content-Security-Policy': shutIn,
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
