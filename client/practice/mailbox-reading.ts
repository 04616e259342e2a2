import { readFile } from 'node:fs/promises';
import PostalMime from 'postal-mime';
import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { RefusedError } from '../refused-error.ts';
import { mailPath } from './mailbox.ts';

/** Which mails of the practice mailbox to show; what is left out is not asked for. */
export interface MailboxFilter {
  /** `real`, or a drill's id. */
  readonly clockId?: string;
  readonly roundId?: string;
  readonly personId?: string;
  readonly limit?: number;
  /** The id of the last mail shown: what follows it. */
  readonly after?: string;
}

/** A mail as the list shows it. */
export interface MailboxEntry {
  readonly mailId: string;
  readonly messageId: string;
  readonly clockId: string;
  readonly kind: 'reminder' | 'answer' | 'acknowledgement' | 'notice';
  readonly subject: string;
  readonly to: { readonly personId: string; readonly name: string; readonly address: string };
  /** Business time. */
  readonly sentAt: IsoInstant;
  /** How many lines it carries. */
  readonly lines: number;
  /** How many answers have come to it. */
  readonly replies: number;
}

const entriesAtOnce = 50;

/** The mails that have been accepted, the newest first. */
export async function listPracticeMails(ledger: Ledger, filter: MailboxFilter): Promise<MailboxEntry[]> {
  const { clockId, roundId, personId, limit = entriesAtOnce, after } = filter;
  const mails = await ledger.mail.findMany({
    where: {
      state: 'accepted',
      ...(clockId !== undefined && { clockId }),
      ...(personId !== undefined && { personId }),
      ...(roundId !== undefined && { lines: { some: { row: { roundId } } } }),
    },
    orderBy: [{ preparedAt: 'desc' }, { id: 'asc' }],
    take: limit,
    ...(after !== undefined && { cursor: { id: after }, skip: 1 }),
    select: {
      id: true,
      messageId: true,
      clockId: true,
      kind: true,
      subject: true,
      address: true,
      preparedAt: true,
      person: { select: { id: true, name: true } },
      _count: { select: { lines: true, replies: true } },
    },
  });
  return mails.map(({ id, person, address, preparedAt, _count, ...mail }) => ({
    ...mail,
    mailId: id,
    to: { personId: person.id, name: person.name, address },
    sentAt: preparedAt.toISOString(),
    lines: _count.lines,
    replies: _count.replies,
  }));
}

/** A mail as its reader sees it. */
export interface PracticeMailReading {
  readonly messageId: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly sentAt: IsoInstant | null;
  readonly text: string;
  readonly html: string;
  /** The Message-IDs that it follows, with angle brackets. */
  readonly references: readonly string[];
  /** The bytes that came in. */
  readonly raw: Uint8Array;
  readonly attachments: readonly {
    readonly fileName: string;
    readonly mediaType: string;
    readonly content: Uint8Array;
  }[];
}

/**
 * Reads a mail from the bytes that came in.
 *
 * @throws RefusedError `NoSuchMail`
 */
export async function readPracticeMail(folder: string, messageId: string): Promise<PracticeMailReading> {
  const raw = await readFile(mailPath(folder, messageId)).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new RefusedError('NoSuchMail', '演练信箱里没有这封邮件', { cause: error });
  });
  return readingOf(messageId, raw);
}

/** A mail's bytes as its reader sees them. */
export async function readingOf(messageId: string, raw: Uint8Array): Promise<PracticeMailReading> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' });
  const [to] = mail.to ?? [];
  return {
    messageId,
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    from: addressWords(mail.from),
    to: addressWords(to),
    subject: mail.subject ?? '',
    sentAt: mail.date === undefined ? null : new Date(mail.date).toISOString(),
    text: mail.text ?? '',
    html: mail.html ?? '',
    references: `${mail.references ?? ''} ${mail.inReplyTo ?? ''}`.match(/<[^<>\s]+>/g) ?? [],
    raw,
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      fileName: filename ?? '未命名附件',
      mediaType: mimeType,
      content: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
    })),
  };
}

function addressWords(mailbox: { readonly name: string; readonly address?: string | undefined } | undefined): string {
  if (mailbox?.address === undefined) return mailbox?.name ?? '';
  return mailbox.name === '' ? mailbox.address : `${mailbox.name} <${mailbox.address}>`;
}
