import type { Ledger } from '../../prisma/client.ts';
import { pageNumber } from '../../prisma/page-number.ts';
import { outcomeOf } from '../reading/incoming-outcome.ts';
import { RefusedError } from '../refused-error.ts';
import { replyRecipientIn } from './imap/reply-recipient.ts';
import { incomingIdOf } from './incoming-id.ts';
import type { Inbox } from './inbox.ts';
import { incomingBytesAtMost } from './limits.ts';
import { headerOnly } from './mime-parts.ts';
import { sortMail } from './read-mail.ts';
import { senderOf } from './sender.ts';
import { storeIncoming } from './store-incoming.ts';
import type { IncomingVerdict } from './verdict.ts';

/** What became of a mail that was handed in as a file (.eml), or would. */
export interface ImportedMail {
  readonly incomingMailId: string;
  /** What people call it. */
  readonly number: string;
  /** `before`: the same mail had come in already, by whatever door; nothing was done. */
  readonly taken: 'now' | 'before' | 'preview';
  readonly from: string;
  readonly subject: string;
  /** In a sentence. */
  readonly outcome: string;
}

interface Importing {
  readonly ledger: Ledger;
  readonly inbox: Pick<Inbox, 'handleStored'>;
  readonly mailDomain: string;
}

/**
 * Takes in a mail from a file as if it had come by a door: stored raw first, then handled. One that was written to no reply
 * address of ours, like what was sent to a colleague and saved, is kept for the office to say whose it is (来信核实). The same
 * mail a second time, also by another door, changes nothing.
 *
 * @throws RefusedError `NotAMail`, `MailTooLarge`
 */
export async function importMail(
  { ledger, inbox, mailDomain }: Importing,
  { bytes: given, mode }: { readonly bytes: Uint8Array; readonly mode: 'write' | 'preview' },
): Promise<ImportedMail> {
  const bytes = Buffer.from(given);
  if (bytes.byteLength > incomingBytesAtMost)
    throw new RefusedError('MailTooLarge', `超过${String(incomingBytesAtMost / 1024 / 1024)}兆字节，没有收`);
  const sorted = await sortMail(bytes);
  const header = sorted.kind === 'unreadable' ? sorted.header : sorted.mail;
  if (header === undefined) throw new RefusedError('NotAMail', '不是邮件：请从邮箱里另存为 .eml 再收');
  const id = incomingIdOf(bytes);
  const seen = { incomingMailId: id, number: pageNumber(id), from: header.fromAddress, subject: header.subject };
  const known = await readOutcome(ledger, id);
  if (known !== undefined) return { ...seen, taken: 'before', outcome: known };
  const envelopeTo = replyRecipientIn(headerOnly(bytes).header, mailDomain) ?? '';
  if (mode === 'preview') {
    const sender = await senderOf(ledger, {
      envelopeTo,
      from: header.sender,
      receivedAt: new Date().toISOString(),
    });
    const counts = sender.kind === 'verified' ? '是登记的人写的' : '要由督办办公室核实是谁写的';
    return {
      ...seen,
      taken: 'preview',
      outcome: sorted.kind === 'reply' || sorted.kind === 'forward' ? counts : kindWords[sorted.kind],
    };
  }
  await storeIncoming(ledger, { bytes, envelopeFrom: null, envelopeTo });
  await inbox.handleStored();
  return { ...seen, taken: 'now', outcome: (await readOutcome(ledger, id)) ?? '' };
}

const kindWords = {
  automatic: '自动回复，不计入进展',
  bounce: '退信',
  unreadable: '太大或太杂，不会打开',
} as const;

async function readOutcome(ledger: Ledger, id: string): Promise<string | undefined> {
  const row = await ledger.incomingMail.findUnique({ where: { id }, select: { state: true, verdict: true } });
  return row === null ? undefined : outcomeOf(row.state, row.verdict as unknown as IncomingVerdict | null).outcome;
}
