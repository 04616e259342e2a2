import type { FileKind } from './kinds.ts';

type Signature = FileKind | 'zipArchive' | 'compoundFile' | 'none';

/** Bytes in hexadecimal at the beginning, `..` for any. */
const beginnings: readonly (readonly [string, Signature])[] = [
  ['504b0304', 'zipArchive'],
  ['504b0506', 'zipArchive'],
  ['d0cf11e0a1b11ae1', 'compoundFile'],
  ['7b5c727466', 'rtf'],
  ['ffd8ff', 'jpeg'],
  ['89504e470d0a1a0a', 'png'],
  ['474946383761', 'gif'],
  ['474946383961', 'gif'],
  ['424d........00000000', 'bmp'],
  ['52494646........57454250', 'webp'],
  ['52494646........57415645', 'sound'],
  ['52494646........41564920', 'film'],
  ['49492a00', 'tiff'],
  ['4d4d002a', 'tiff'],
  ['49443302', 'sound'], // MP3 with a tag
  ['49443303', 'sound'],
  ['49443304', 'sound'],
  ['fff1', 'sound'], // AAC
  ['fff9', 'sound'],
  ['fffb', 'sound'], // MP3
  ['fff3', 'sound'],
  ['fff2', 'sound'],
  ['2321414d52', 'sound'], // AMR
  ['4f676753', 'sound'], // Ogg
  ['664c6143', 'sound'], // FLAC
  ['1a45dfa3', 'film'], // Matroska
  ['464c5601', 'film'],
  ['3026b2758e66cf11', 'film'], // WMV, WMA
  ['000001ba', 'film'],
  ['526172211a07', 'rar'],
  ['377abcaf271c', 'sevenZip'],
  ['1f8b08', 'otherArchive'],
  ['425a68', 'otherArchive'],
  ['fd377a585a00', 'otherArchive'],
  ['4d534346', 'otherArchive'], // CAB
  ['7f454c46', 'program'],
  ['feedface', 'program'],
  ['feedfacf', 'program'],
  ['cefaedfe', 'program'],
  ['cffaedfe', 'program'],
  ['cafebabe', 'program'],
  ['0061736d', 'program'], // WebAssembly
  ['4c0000000114020000000000c000', 'program'], // a shortcut of Windows
  ['49545346', 'program'], // CHM
];

const patterns = beginnings.map(([hex, signature]) => ({ bytes: hex.match(/../g) ?? [], signature }));

/** The kind whose mark stands in a file's first bytes; `none` when there is no mark. */
export function signatureOf(bytes: Uint8Array): Signature {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024));
  const found = patterns.find((pattern) =>
    pattern.bytes.every((hex, index) => hex === '..' || head[index] === Number.parseInt(hex, 16)),
  );
  if (found) return found.signature;
  // A program for Windows has more than text behind its two letters.
  if (head.toString('latin1', 0, 2) === 'MZ' && head.subarray(0, 64).includes(0)) return 'program';
  if (head.includes('%PDF-')) return 'pdf'; // anywhere in the first 1,024 bytes (ISO 32000-1, annex H)
  if (head.toString('latin1', 4, 8) === 'ftyp') return mediaFileOf(head.toString('latin1', 8, 12));
  if (bytes.length > 262 && Buffer.from(bytes.subarray(257, 262)).toString('latin1') === 'ustar') return 'otherArchive';
  return 'none';
}

/** By the brand of ISO/IEC 14496-12. */
function mediaFileOf(brand: string): FileKind {
  if (/^(?:hei[cxms]|hev[cx]|mif1|msf1|avif)$/.test(brand)) return 'heic';
  return /^(?:M4A |M4B )$/.test(brand) ? 'sound' : 'film';
}
