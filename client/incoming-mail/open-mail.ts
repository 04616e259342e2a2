import { createHash } from 'node:crypto';
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { textOfHtml } from './html-text.ts';

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

/** A mail, taken apart. */
export interface OpenedMail {
  /** Lower case; empty when there is none. */
  readonly fromAddress: string;
  readonly subject: string;
  /** With angle brackets; empty when there is none. */
  readonly messageId: string;
  /** The Message-IDs of the thread so far, with angle brackets. */
  readonly references: readonly string[];
  /** The whole text, quotes and all. */
  readonly text: string;
  readonly files: readonly MailFile[];
  /** The headers by lower-case name; of one that stands twice, the first. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A signature's picture is smaller; a photograph is larger. */
const decorationBytesBelow = 20 * 1024;
const decorationTypes = new Set([
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
  'application/pgp-signature',
  'text/vcard',
  'text/x-vcard',
]);

/**
 * Takes a raw mail apart. What is declared as gb2312 or gbk is read as gb18030, whose subsets both are: mail programs
 * write the small name over the large set.
 *
 * @throws Error when it cannot be read as a mail at all
 */
export async function openMail(raw: Uint8Array): Promise<OpenedMail> {
  const options = { forceRfc822Attachments: true };
  const email = await PostalMime.parse(raw, options);
  const source = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1');
  // The words are taken from a copy with the larger set declared, the files from the mail as it came.
  const worded = oldChineseSet.test(source)
    ? await PostalMime.parse(Buffer.from(source.replace(oldChineseSets, '$1gb18030'), 'latin1'), options)
    : email;
  const headers = new Map<string, string>();
  for (const { key, value } of worded.headers) if (!headers.has(key)) headers.set(key, value);
  return {
    fromAddress: addressOf(worded.from),
    subject: (worded.subject ?? '').replace(/\s+/g, ' ').trim(),
    messageId: worded.messageId?.trim() ?? '',
    references: worded.references?.match(/<[^<>\s]+>/g) ?? [],
    text: isHollow(worded) ? afterHeader(source) : textOf(worded),
    files: email.attachments.map((attachment, index) =>
      fileOf(attachment, worded.attachments[index]?.filename ?? attachment.filename, index + 1, email.html ?? ''),
    ),
    headers,
  };
}

const oldChineseSet = /(charset\s*=\s*"?|=\?)(?:gb2312|gbk|gb_2312-80|x-gbk|cp936)(?=["?;\s])/i;
const oldChineseSets = new RegExp(oldChineseSet.source, 'gi');

function addressOf(from: Address | undefined): string {
  return (from?.address ?? from?.group?.[0]?.address ?? '').trim().toLowerCase();
}

/** A mail whose parts cannot be told apart has neither text nor file. */
function isHollow({ text, html, attachments }: Email): boolean {
  return attachments.length === 0 && (text ?? '').trim() === '' && (html ?? '').trim() === '';
}

/** What it says must not be lost: all after the header is its text. */
function afterHeader(source: string): string {
  const body = /\r?\n\r?\n([^]*)$/.exec(source)?.[1] ?? '';
  return Buffer.from(body, 'latin1').toString('utf8').replace(/\r\n?/g, '\n');
}

/** The HTML is read ourselves when there is no text beside it: it knows what is a quote. */
function textOf({ text, html, headers }: Email): string {
  const type = headers.find(({ key }) => key === 'content-type')?.value ?? '';
  const isHtmlOnly = html !== undefined && (text === undefined || text.trim() === '' || /^\s*text\/html/i.test(type));
  return (isHtmlOnly ? textOfHtml(html) : (text ?? '')).replace(/\r\n?/g, '\n');
}

function fileOf(attachment: Attachment, declaredName: string | null, place: number, html: string): MailFile {
  const { content, mimeType } = attachment;
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
  return {
    fileName: fileNameOf(declaredName, mimeType, place),
    mediaType: mimeType,
    sizeBytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes,
    purpose: isDecoration(attachment, bytes.byteLength, html) ? 'decoration' : 'enclosed',
  };
}

function fileNameOf(declaredName: string | null, mediaType: string, place: number): string {
  const name = (declaredName ?? '')
    .replace(/^.*[/\\]/s, '')
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 200);
  if (name !== '' && name !== '.' && name !== '..') return name;
  const subtype = /\/([a-z0-9]{2,5})$/.exec(mediaType)?.[1];
  return `附件${String(place)}${subtype === undefined ? '' : `.${subtype}`}`;
}

function isDecoration({ contentId, mimeType }: Attachment, sizeBytes: number, html: string): boolean {
  if (decorationTypes.has(mimeType)) return true;
  const cid = contentId?.replace(/^<|>$/g, '') ?? '';
  return mimeType.startsWith('image/') && sizeBytes < decorationBytesBelow && cid !== '' && html.includes(`cid:${cid}`);
}
