import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import PostalMime, { type Address } from 'postal-mime';
import type { Ledger } from '../../prisma/client.ts';
import { type Original, replySubject } from './reply-composing.ts';

/** Where answers are taken in. */
export interface Door {
  readonly host: string;
  readonly port: number;
}

/** A mail of ours that somebody wants to answer. */
export interface Answerable extends Original {
  readonly messageId: string;
  readonly references: string;
  readonly replyTo: string;
}

export interface Reply {
  /** Without angle brackets; the same for every attempt. */
  readonly messageId: string;
  readonly body: string;
  readonly files: readonly { readonly fileName: string; readonly content: string | Buffer }[];
}

/** What is sent to anybody but ourselves would be practice in earnest. */
export async function readAnswerable(raw: Uint8Array, mailDomain: string): Promise<Answerable> {
  const mail = await PostalMime.parse(raw);
  const replyTo = mailboxOf(mail.replyTo?.[0])?.address ?? '';
  if (!replyTo.toLowerCase().endsWith(`@${mailDomain.toLowerCase()}`)) {
    throw new Error(`mail ${mail.messageId ?? ''} does not ask for its answer at ${mailDomain}`);
  }
  const from = mailboxOf(mail.from);
  const to = mailboxOf(mail.to?.[0]);
  return {
    messageId: (mail.messageId ?? '').replace(/^<|>$/g, ''),
    references: mail.references ?? '',
    replyTo,
    fromName: from?.name ?? '',
    fromAddress: replyTo,
    toName: to?.name ?? '',
    toAddress: to?.address ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    sentAt: new Date(mail.date ?? 0).toISOString(),
  };
}

/** Sends an answer through the door by real SMTP. Sent again with the same Message-ID, it changes nothing. */
export async function sendReply(door: Door, to: Answerable, reply: Reply, at: Date): Promise<void> {
  const transport = createTransport({ host: door.host, port: door.port, secure: false, ignoreTLS: true });
  try {
    await transport.sendMail({
      from: { name: to.toName, address: to.toAddress },
      to: to.replyTo,
      subject: replySubject(to.subject),
      date: at,
      messageId: `<${reply.messageId}>`,
      baseBoundary: incomingIdFor(reply.messageId).slice(0, 24), // the same bytes at every attempt
      inReplyTo: `<${to.messageId}>`,
      references: `${to.references} <${to.messageId}>`.trim(),
      text: reply.body,
      attachments: reply.files.map(({ fileName, content }) => ({ filename: fileName, content })),
    });
  } finally {
    transport.close();
  }
}

/** A mail that came in has this id. */
export function incomingIdFor(messageId: string): string {
  return createHash('sha256').update(messageId).digest('hex');
}

const handledWithinMs = 60_000;

/** Waits until the inbox has done all that an answer asks for. */
export async function untilHandled(ledger: Ledger, messageId: string): Promise<void> {
  const giveUpAt = Date.now() + handledWithinMs;
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 1.5, 250)) {
    const incoming = await ledger.incomingMail.findUnique({
      where: { id: incomingIdFor(messageId) },
      select: { state: true },
    });
    if (incoming?.state === 'handled') return;
    if (Date.now() > giveUpAt) {
      throw new Error(
        `the answer ${messageId} was ${incoming ? 'stored but not handled' : 'not even stored'} within a minute: does the inbox run?`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function mailboxOf(address: Address | undefined): { name: string; address: string } | undefined {
  return address?.address === undefined ? undefined : address;
}
