import { createHash } from 'node:crypto';
import { isDecoration } from './decoration.ts';
import { contentOf, type FoundFile } from './mail-content.ts';
import { type MailSender, senderIn } from './mail-sender.ts';
import { headerOnly, mailLimits, type MimePart, partsOf, TooManyParts } from './mime-parts.ts';
import { readHeader } from './part-content.ts';
import { keepable } from '../../prisma/keepable.ts';

/** A file that came with a mail. */
export interface MailFile {
  /** Without folders and control characters; never empty. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: Uint8Array;
  /** `decoration` is what mail programs add by themselves: pictures of a signature, digital signatures, cards. */
  readonly purpose: 'enclosed' | 'decoration';
}

/** What a mail's header says. */
export interface MailHeader {
  /** Lower case; empty when there is none. Of an ambiguous sender, what a reader would see. */
  readonly fromAddress: string;
  /** Whether the mail names one sender beyond doubt. */
  readonly sender: MailSender;
  readonly subject: string;
  /** With angle brackets; empty when there is none. */
  readonly messageId: string;
  /** The Message-IDs of the thread so far, with angle brackets. */
  readonly references: readonly string[];
  /** What servers on the way found out about its sender, the last of them first, unfolded. */
  readonly authenticationResults: readonly string[];
  /** The headers by lower-case name; of one that stands twice, the first. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A mail, taken apart. */
export interface OpenedMail extends MailHeader {
  /** The whole text, quotes and all. */
  readonly text: string;
  /** Files of mails that it encloses, and of a `winmail.dat`, stand behind these. */
  readonly files: readonly MailFile[];
  /** Of a mail that is larger than a mail may be, a Chinese reason: it has neither text nor files. */
  readonly unopenedBecause?: string;
}

/** Takes a raw mail apart; one that is larger than a mail may be (`mailLimits`) is read as far as its header. */
export async function openMail(raw: Uint8Array): Promise<OpenedMail> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const left = { parts: mailLimits.parts };
  const root = rootOf(bytes, left);
  if ('unopenedBecause' in root) {
    return { ...(await headerOf(headerOnly(bytes))), text: '', files: [], ...root };
  }
  const header = await headerOf(root);
  const { text, html, files } = await contentOf(root, left);
  return { ...header, text: keepable(text), files: files.map((file, index) => mailFileOf(file, index + 1, html)) };
}

function rootOf(bytes: Buffer, left: { parts: number }): MimePart | { readonly unopenedBecause: string } {
  if (bytes.length > mailLimits.sizeBytes)
    return { unopenedBecause: `邮件超过${String(mailLimits.sizeBytes / 1024 / 1024)}兆字节，未打开` };
  try {
    return partsOf(bytes, left);
  } catch (error) {
    if (error instanceof TooManyParts) return { unopenedBecause: `${error.message}，未打开` };
    throw error;
  }
}

async function headerOf({ header, fields }: Pick<MimePart, 'header' | 'fields'>): Promise<MailHeader> {
  const email = await readHeader(header);
  const headers = new Map<string, string>();
  for (const { key, value } of email.headers) if (!headers.has(key)) headers.set(key, value);
  const shown = email.from?.address ?? email.from?.group?.[0]?.address ?? '';
  return {
    fromAddress: keepable(shown.trim().toLowerCase()),
    sender: senderIn(
      fields.flatMap(({ name, value }) => (name === 'from' ? [Buffer.from(value, 'latin1').toString('utf8')] : [])),
    ),
    subject: keepable((email.subject ?? '').replace(/\s+/g, ' ').trim()),
    messageId: keepable(email.messageId?.trim() ?? ''),
    references: email.references?.match(/<[^<>\s]+>/g) ?? [],
    authenticationResults: fields.flatMap(({ name, value }) => (name === 'authentication-results' ? [value] : [])),
    headers,
  };
}

function mailFileOf(file: FoundFile, place: number, html: string): MailFile {
  const { mediaType, bytes } = file;
  return {
    fileName: fileNameOf(file.fileName, mediaType, place),
    mediaType,
    sizeBytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes,
    purpose: isDecoration(file, html) ? 'decoration' : 'enclosed',
  };
}

function fileNameOf(declaredName: string | null, mediaType: string, place: number): string {
  const name = (declaredName ?? '')
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
    .slice(0, 200)
    .toWellFormed();
  if (name !== '' && name !== '.' && name !== '..') return name;
  if (mediaType === 'message/rfc822') return `附件${String(place)}.eml`;
  const subtype = /\/([a-z0-9]{2,5})$/.exec(mediaType)?.[1];
  return `附件${String(place)}${subtype === undefined ? '' : `.${subtype}`}`;
}
