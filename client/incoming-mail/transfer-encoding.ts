/** The bytes that a part's body stands for (RFC 2045 §6); what is broken is read as far as it goes. */
export function decodedBody(body: Buffer, transferEncoding: string): Buffer {
  const encoding = /[\w-]+/.exec(transferEncoding.replace(/\([^()]*\)/g, ''))?.[0]?.toLowerCase() ?? '';
  if (encoding === 'base64') return decodedBase64(body);
  if (encoding === 'quoted-printable') return decodedQuotedPrintable(body);
  return body;
}

/** Several pieces, each with padding of its own, may follow one another. */
function decodedBase64(body: Buffer): Buffer {
  const text = body.toString('latin1');
  if (!/=[^=\s]/.test(text.replace(/\s+/g, ''))) return Buffer.from(text, 'base64');
  return Buffer.concat(
    text
      .replace(/\s+/g, '')
      .split(/(?<==)(?!=)/)
      .map((piece) => Buffer.from(piece, 'base64')),
  );
}

const equals = 0x3d;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function decodedQuotedPrintable(body: Buffer): Buffer {
  const decoded = Buffer.alloc(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at]!;
    if (byte !== equals) {
      decoded[length] = byte;
      length += 1;
      continue;
    }
    const value = hexadecimal(body[at + 1]) * 16 + hexadecimal(body[at + 2]);
    if (value >= 0) {
      decoded[length] = value;
      length += 1;
      at += 2;
      continue;
    }
    const breakAt = endOfSoftBreak(body, at + 1);
    if (breakAt === undefined) {
      decoded[length] = byte;
      length += 1;
    } else at = breakAt;
  }
  return decoded.subarray(0, length);
}

function hexadecimal(byte: number | undefined): number {
  if (byte === undefined) return -Infinity;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -Infinity;
}

/** No program writes more blanks before the break; so a flood of them is not read again and again. */
const blanksAtMost = 80;

/** Where the line break ends that an `=` at the end of a line takes away; blanks may stand between them. */
function endOfSoftBreak(body: Buffer, from: number): number | undefined {
  let at = from;
  while ((body[at] === 0x20 || body[at] === 0x09) && at - from < blanksAtMost) at += 1;
  if (at >= body.length || body[at] === lineFeed) return at;
  return body[at] === carriageReturn && body[at + 1] === lineFeed ? at + 1 : undefined;
}
