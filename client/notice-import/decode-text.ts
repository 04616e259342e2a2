/**
 * Decodes UTF-8, UTF-16 (either byte order) or GB 18030, with or without a byte order mark.
 * Null when the bytes are none of these, or hold control characters as binary files do.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const text = decoded(bytes);
  return text === null || looksBinary(text) ? null : text;
}

function decoded(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return strictly('utf-8', bytes);
  if (first === 0xff && second === 0xfe) return strictly('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return strictly('utf-16be', bytes);
  const wide = wideEncoding(bytes);
  if (wide !== null) return strictly(wide, bytes);
  // A file cut in the middle of a character still counts as what the rest of it is.
  return (
    strictly('utf-8', bytes) ??
    strictly('utf-8', trimmed(bytes)) ??
    strictly('gb18030', bytes) ??
    strictly('gb18030', bytes.subarray(0, -1))
  );
}

function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes.length - end < 4 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, Math.max(0, end - 1));
}

/** UTF-16 without a mark: line feeds, blanks and digits have a zero byte, always on the same side. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 65_536);
  const zeros: [number, number] = [0, 0];
  const han: [number, number] = [0, 0];
  sample.forEach((byte, index) => {
    const side = index % 2 === 0 ? 0 : 1;
    if (byte === 0) zeros[side] += 1;
    else if (byte >= 0x4e && byte <= 0x9f) han[side] += 1;
  });
  if (zeros[0] + zeros[1] === 0) return null;
  if (zeros[1] > zeros[0] * 4 && han[1] > han[0]) return 'utf-16le';
  return zeros[0] > zeros[1] * 4 && han[0] > han[1] ? 'utf-16be' : null;
}

function looksBinary(text: string): boolean {
  const sample = text.slice(0, 65_536);
  // eslint-disable-next-line no-control-regex -- control characters are what tells a binary file
  const controls = sample.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f\ufffd\ufffe\uffff]/gu)?.length ?? 0;
  return controls > 2 + sample.length / 500;
}
