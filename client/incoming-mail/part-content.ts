import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { fieldNamed, type MimePart } from './mime-parts.ts';
import { decodedBody } from './transfer-encoding.ts';

/** The text of a part, for a reader. */
export interface PartText {
  readonly kind: 'plain' | 'html';
  readonly text: string;
}

/** What the header of a file's part says of it. */
export interface FileDescription {
  /** As declared, decoded; `null` when there is none. */
  readonly fileName: string | null;
  /** Without angle brackets; empty when there is none. */
  readonly contentId: string;
}

/** The bytes that a part holds. */
export function bytesOf({ fields, body }: MimePart): Buffer {
  return decodedBody(body, fieldNamed(fields, 'content-transfer-encoding') ?? '');
}

/**
 * The text of a `text/plain` or `text/html` part. What is declared as gb2312 or gbk is read as gb18030, whose subsets both
 * are: mail programs write the small name over the large set. So is what is declared as nothing and is no UTF-8.
 */
export async function textOfPart(part: MimePart): Promise<PartText> {
  const bytes = bytesOf(part);
  const html = part.mediaType === 'text/html';
  const declared = /charset\s*=\s*"?([\w.:-]+)/i.exec(part.contentType)?.[1]?.toLowerCase() ?? '';
  const isSilent = /^(?:|us-ascii|ascii|utf-?8|unknown.*|default)$/.test(declared) && !isUtf8(bytes);
  const contentType = isSilent ? `${part.mediaType}; charset=gb18030${flowedIn(part.contentType)}` : part.contentType;
  const { text, html: page } = await read(`Content-Type: ${contentType}`, bytes);
  return { kind: html ? 'html' : 'plain', text: ((html ? page : text) ?? '').replace(/\r\n?/g, '\n') };
}

function flowedIn(contentType: string): string {
  const flowed = /;\s*format\s*=\s*"?flowed"?/i.test(contentType);
  return flowed ? `; format=flowed${/;\s*delsp\s*=\s*"?yes/i.test(contentType) ? '; delsp=yes' : ''}` : '';
}

/** How a file is called and referred to (RFC 2183, RFC 2231, RFC 2047, and names written as they are). */
export async function descriptionOf({ fields, contentType }: MimePart): Promise<FileDescription> {
  const disposition = fieldNamed(fields, 'content-disposition') ?? '';
  const described = await read(
    `Content-Type: application/octet-stream${parametersOf(contentType)}\r\nContent-Disposition: attachment${parametersOf(disposition)}`,
    Buffer.from('x'),
  );
  const file: Attachment | undefined = described.attachments[0];
  return {
    fileName: file?.filename == null ? null : unescaped(file.filename),
    contentId: (fieldNamed(fields, 'content-id') ?? '').replace(/^\s*<|>\s*$/g, ''),
  };
}

function parametersOf(value: string): string {
  const from = value.indexOf(';');
  return from < 0 ? '' : value.slice(from);
}

/** WeCom and others escape names as in addresses of pages. */
function unescaped(name: string): string {
  if (!/%[89A-F][0-9A-F]/i.test(name)) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The header of a mail, decoded. */
export async function readHeader(header: Buffer): Promise<Email> {
  return PostalMime.parse(Buffer.concat([decodable(header), Buffer.from('\r\n\r\n')]));
}

/** A part of its own, whose bytes stand in one line: a parser's time is in its lines. */
async function read(header: string, bytes: Buffer): Promise<Email> {
  return PostalMime.parse(
    Buffer.concat([
      decodable(Buffer.from(header, 'latin1')),
      Buffer.from(`\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}`),
    ]),
  );
}

const oldChineseSets = /(charset\s*=\s*"?|=\?|\*\d{0,2}\*?=\s*"?)(?:gb2312|gbk|gb_2312-80|x-gbk|cp936)(?=["?;'\s]|$)/gi;

/** With the larger set declared, and in UTF-8 where bytes of GB 18030 were written as they are. */
function decodable(header: Buffer): Buffer {
  const text = isUtf8(header) ? header.toString('utf8') : new TextDecoder('gb18030').decode(header);
  return Buffer.from(text.replace(oldChineseSets, '$1gb18030'));
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
