/** What a mail may be at most; what is more is kept as it came and read as far as its header. */
export const mailLimits = { sizeBytes: 25 * 1024 * 1024, parts: 100, depth: 10 } as const;

/** A mail, or a part of one (RFC 2045, RFC 2046). */
export interface MimePart {
  /** As it stands there, without the empty line that ends it. */
  readonly header: Buffer;
  readonly fields: readonly HeaderField[];
  /** The value of `Content-Type`, on one line; what the part is by default where it is not said. */
  readonly contentType: string;
  /** Lower case: `text/plain`. */
  readonly mediaType: string;
  /** What stands below the header, still encoded. */
  readonly body: Buffer;
  readonly parts: readonly MimePart[];
}

/** A header, unfolded; bytes are characters. */
export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
}

/** A mail is taken apart into no more than this; both are counted across mails that it encloses. */
export interface PartsLeft {
  parts: number;
}

/** Thrown when a mail has more parts, or parts nested deeper, than a mail may. */
export class TooManyParts extends Error {}

/**
 * Takes a mail apart, without reading what its parts hold. Takes time in proportion to its length: each level of nesting
 * is searched once for its boundary.
 *
 * @throws TooManyParts as soon as that is seen
 */
export function partsOf(raw: Buffer, left: PartsLeft, depth = 1, byDefault = 'text/plain'): MimePart {
  left.parts -= 1;
  if (left.parts < 0) throw new TooManyParts(`邮件的组成部分超过${String(mailLimits.parts)}个`);
  if (depth > mailLimits.depth) throw new TooManyParts(`邮件的嵌套超过${String(mailLimits.depth)}层`);
  const { header, body } = headerAndBody(raw);
  const fields = fieldsOf(header);
  const contentType = fieldNamed(fields, 'content-type') ?? byDefault;
  const mediaType = /^\s*([\w.+-]{1,80}\/[\w.+-]{1,80})/.exec(contentType)?.[1]?.toLowerCase() ?? byDefault;
  const boundary = mediaType.startsWith('multipart/') ? (boundaryIn(contentType) ?? firstBoundaryIn(body)) : undefined;
  if (boundary === undefined) return { header, fields, contentType, mediaType, body, parts: [] };
  const inside = mediaType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const parts: MimePart[] = [];
  for (const piece of piecesOf(body, boundary)) parts.push(partsOf(piece, left, depth + 1, inside));
  return { header, fields, contentType, mediaType, body, parts };
}

const headerBytesAtMost = 256 * 1024;

/** Takes the header of a mail that is not taken apart. */
export function headerOnly(raw: Buffer): Pick<MimePart, 'header' | 'fields'> {
  const { header } = headerAndBody(raw);
  return { header, fields: fieldsOf(header) };
}

/** A header without end is read so far as a header may go. */
function headerAndBody(raw: Buffer): { header: Buffer; body: Buffer } {
  let at = 0;
  while (at < raw.length) {
    const lineEnd = raw.indexOf(0x0a, at);
    const end = lineEnd < 0 ? raw.length : lineEnd;
    const isEmpty = end === at || (end === at + 1 && raw[at] === 0x0d);
    if (isEmpty) return { header: raw.subarray(0, Math.min(at, headerBytesAtMost)), body: raw.subarray(end + 1) };
    at = end + 1;
  }
  return { header: raw.subarray(0, headerBytesAtMost), body: Buffer.alloc(0) };
}

/** The first header of this name; `undefined` when there is none. */
export function fieldNamed(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

/** The headers, in order. */
function fieldsOf(header: Buffer): HeaderField[] {
  const folded: string[][] = [];
  for (const line of header.toString('latin1').split(/\r?\n/)) {
    if (/^[ \t]/.test(line) && folded.length > 0) folded.at(-1)!.push(line);
    else folded.push([line]);
  }
  return folded.flatMap((lines) => {
    const line = lines.join('');
    const colon = line.indexOf(':');
    return colon <= 0 ? [] : [{ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() }];
  });
}

function boundaryIn(contentType: string): string | undefined {
  const found = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.){1,200})"|([^\s;"]{1,200}))/i.exec(contentType);
  return found?.[1]?.replace(/\\(.)/g, '$1') ?? found?.[2];
}

/** A header that was broken wrongly has lost its boundary: it is the first line that may be one. */
function firstBoundaryIn(body: Buffer): string | undefined {
  return /(?:^|\n)--([^\s-][^\r\n]{0,200}?|-{2,}[^\s-][^\r\n]{0,200}?)[ \t]*\r?\n/.exec(
    body.toString('latin1', 0, 4096),
  )?.[1];
}

/** What stands between the lines of the boundary (RFC 2046 §5.1.1); what is broken off counts to its end. */
function* piecesOf(body: Buffer, boundary: string): Generator<Buffer> {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  let from: number | undefined;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue;
    const lineEnd = body.indexOf(0x0a, at);
    const behind = body.subarray(at + mark.length, lineEnd < 0 ? body.length : lineEnd);
    const isLast = behind[0] === 0x2d && behind[1] === 0x2d;
    if (!isBlank(isLast ? behind.subarray(2) : behind)) continue;
    if (from !== undefined) yield withoutLineEnd(body.subarray(from, at));
    from = lineEnd < 0 ? body.length : lineEnd + 1;
    if (isLast) return;
  }
  if (from !== undefined && from < body.length) yield body.subarray(from);
}

function isBlank(bytes: Buffer): boolean {
  return bytes.length < 1000 && bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

/** The break before a boundary belongs to it. */
function withoutLineEnd(piece: Buffer): Buffer {
  const end = piece.at(-1) === 0x0a ? piece.length - 1 : piece.length;
  return piece.subarray(0, end > 0 && piece[end - 1] === 0x0d ? end - 1 : end);
}
