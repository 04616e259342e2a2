import type { FoundFile } from './mail-content.ts';

/** A signature's picture is smaller; a photograph is larger. */
const decorationBytesBelow = 20 * 1024;
const decorationTypes = new Set([
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
  'application/pgp-signature',
  'application/pgp-keys',
  'text/vcard',
  'text/x-vcard',
]);

/** A picture so narrow or low is a line or a counter (跟踪像素). */
const pixelsAtMost = 8;

/** Is the file what mail programs add by themselves: pictures of a signature, counters, digital signatures, cards? */
export function isDecoration({ mediaType, bytes, contentId, role }: FoundFile, html: string): boolean {
  if (role === 'wrapping' || decorationTypes.has(mediaType)) return true;
  if (!mediaType.startsWith('image/')) return false;
  const [width, height] = pixelsOf(bytes) ?? [Infinity, Infinity];
  if (Math.min(width, height) <= pixelsAtMost) return true;
  return bytes.length < decorationBytesBelow && contentId !== '' && html.includes(`cid:${contentId}`);
}

/** Width and height of a PNG or GIF, from its first bytes. */
function pixelsOf(bytes: Buffer): readonly [number, number] | undefined {
  if (bytes.length >= 24 && bytes.toString('latin1', 1, 4) === 'PNG')
    return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (bytes.length >= 10 && bytes.toString('latin1', 0, 4) === 'GIF8')
    return [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  return undefined;
}
