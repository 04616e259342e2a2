import { textOfHtml } from './html-text.ts';
import { fieldNamed, type MimePart, type PartsLeft, partsOf, TooManyParts } from './mime-parts.ts';
import { bytesOf, descriptionOf, type PartText, textOfPart } from './part-content.ts';
import { tnefFiles } from './tnef.ts';

/** A file of a mail, with all that tells what it is for. */
export interface FoundFile {
  /** As declared; `null` when it has no name. */
  readonly fileName: string | null;
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly contentId: string;
  /** `wrapping` holds only files that are listed themselves. */
  readonly role: 'own' | 'wrapping';
}

/** What a mail holds: its whole text, and its files, those of mails that it encloses behind them. */
export interface MailContent {
  readonly text: string;
  /** All HTML, for what refers to a file. */
  readonly html: string;
  readonly files: readonly FoundFile[];
}

interface Gathered {
  readonly texts: PartText[];
  readonly pages: string[];
  readonly files: FoundFile[];
}

/** Reads what the parts of a mail hold. */
export async function contentOf(root: MimePart, left: PartsLeft): Promise<MailContent> {
  const gathered: Gathered = { texts: [], pages: [], files: [] };
  await gather(root, gathered, { left, depth: 1 });
  const text = gathered.texts.map(readable).join('\n');
  return {
    text: gathered.files.length === 0 && text.trim() === '' ? asItStands(root) : text,
    html: gathered.pages.join('\n'),
    files: gathered.files,
  };
}

/** Parts that cannot be told apart: what they say must not be lost, so all below the header is text. */
function asItStands({ body }: MimePart): string {
  return body.toString('utf8').replace(/\r\n?/g, '\n');
}

/** HTML is read ourselves: it tells what is a quote. */
function readable({ kind, text }: PartText): string {
  return kind === 'html' ? textOfHtml(text) : text;
}

interface Reach {
  readonly left: PartsLeft;
  /** Of mails in mails. */
  readonly depth: number;
}

async function gather(part: MimePart, gathered: Gathered, reach: Reach): Promise<void> {
  if (part.parts.length > 0) {
    if (part.mediaType === 'multipart/alternative') return gatherAlternative(part, gathered, reach);
    for (const one of part.parts) await gather(one, gathered, reach);
    return;
  }
  if (isText(part)) {
    const text = await textOfPart(part);
    gathered.texts.push(text);
    if (text.kind === 'html') gathered.pages.push(text.text);
    return;
  }
  if (part.body.length === 0) return;
  if (part.mediaType.startsWith('multipart/')) gathered.texts.push({ kind: 'plain', text: asItStands(part) });
  else await gatherFile(part, gathered, reach);
}

/** Of several forms of the same words, the plain one is read unless it is blank. */
async function gatherAlternative({ parts }: MimePart, gathered: Gathered, reach: Reach): Promise<void> {
  const forms: Gathered = { texts: [], pages: [], files: gathered.files };
  for (const one of parts) await gather(one, forms, reach);
  const plain = forms.texts.filter(({ kind, text }) => kind === 'plain' && text.trim() !== '');
  gathered.texts.push(...(plain.length > 0 ? plain : forms.texts));
  gathered.pages.push(...forms.pages);
}

function isText({ mediaType, fields, contentType }: MimePart): boolean {
  if (mediaType !== 'text/plain' && mediaType !== 'text/html') return false;
  const disposition = fieldNamed(fields, 'content-disposition') ?? '';
  if (/^\s*attachment/i.test(disposition)) return false;
  return !/filename\*?\d?\*?\s*=/i.test(disposition) || (/^\s*inline/i.test(disposition) && contentType === '');
}

async function gatherFile(part: MimePart, { files }: Gathered, reach: Reach): Promise<void> {
  const { fileName, contentId } = await descriptionOf(part);
  const bytes = bytesOf(part);
  const { mediaType } = part;
  const name = (fileName ?? '').toLowerCase();
  if (/^application\/(?:vnd\.)?ms-tnef$/.test(mediaType) || name === 'winmail.dat') {
    const wrapped = tnefFiles(bytes);
    files.push({ fileName, mediaType, bytes, contentId, role: wrapped.length > 0 ? 'wrapping' : 'own' });
    for (const one of wrapped) files.push({ ...one, contentId: '', role: 'own' });
    return;
  }
  files.push({ fileName: fileName ?? null, mediaType, bytes, contentId, role: 'own' });
  if (mediaType === 'message/rfc822' || name.endsWith('.eml')) files.push(...(await filesInMail(bytes, reach)));
}

/** Mails in mails in mails: what is deeper stays in the file that holds it. */
const mailsInMailsAtMost = 3;

/** The files of a mail that is enclosed; none where it is too deep or has too many parts, for it is kept itself. */
async function filesInMail(bytes: Buffer, { left, depth }: Reach): Promise<readonly FoundFile[]> {
  if (depth > mailsInMailsAtMost) return [];
  try {
    const inner: Gathered = { texts: [], pages: [], files: [] };
    await gather(partsOf(bytes, left), inner, { left, depth: depth + 1 });
    return inner.files;
  } catch (error) {
    if (error instanceof TooManyParts) return [];
    throw error;
  }
}
