import { Readable } from 'node:stream';
import { domainToASCII } from 'node:url';
import type MailMessage from 'nodemailer/lib/mailer/mail-message';
import SMTPPool from 'nodemailer/lib/smtp-pool';
import { keepable } from '../../prisma/keepable.ts';

/** A mail ready to be handed to a mail server. */
interface Handover {
  /** Envelope sender: where bounces go. */
  readonly from: string;
  readonly to: string;
  readonly raw: Buffer;
}

/** What became of a handover; `response` is the server's text or the error's. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly response: string }
  /** Certainly not accepted, and may be tried again. */
  | { readonly kind: 'deferred'; readonly response: string }
  /** Refused for good; `address` when it is the address that does not exist. */
  | { readonly kind: 'refused'; readonly because: 'address' | 'mail'; readonly response: string }
  /** The bytes were on their way and no answer came: it may have been accepted. */
  | { readonly kind: 'unknown'; readonly response: string };

/** What a mail server knows of a mail that was handed to it without our hearing the answer. */
export type Whereabouts =
  | { readonly kind: 'accepted'; readonly queueId: string }
  /** Certainly never accepted, and it never will be from that handover. */
  | { readonly kind: 'absent' }
  /** The server has not done with it. */
  | { readonly kind: 'receiving' }
  | { readonly kind: 'unknown'; readonly because: string };

/** Where the mails of a clock leave. */
export interface MailTransport {
  /** The organisation's mail server reaches anybody; what the practice mailbox gets does not leave this machine. */
  readonly reach: 'world' | 'practiceMailbox';
  /** Never throws for what a mail server or a network can do; ends within 50 seconds, before the lease does. */
  send(handover: Handover): Promise<SendOutcome>;
  /** Asks the server what became of a mail; absent where it cannot be asked. Never throws, ends within 50 seconds. */
  readonly whereabouts?: (mail: {
    /** Without angle brackets. */
    readonly messageId: string;
    readonly envelopeFrom: string;
    /** When the first handover whose outcome is unknown began. */
    readonly handedOverAt: Date;
  }) => Promise<Whereabouts>;
  close(): void;
}

/** Shorter than the lease, so that nobody sends the mail again while we still wait for the answer. */
const giveUpAfterMs = 50_000;

/** A pooled SMTP connection to the organisation's mail server, or to the practice mailbox. */
export function smtpTransport(url: string, reach: MailTransport['reach'], maxConnections = 10): MailTransport {
  const pool = new SMTPPool({
    url,
    pool: true,
    maxConnections,
    maxMessages: 1_000,
    // Whether a mail goes again is decided by its row, never behind our back: the pool would try five times more.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 40_000,
  });
  return {
    reach,
    async send({ from, to, raw }) {
      const body = Readable.from([raw], { objectMode: false });
      try {
        const { response } = await sentBy(pool, { from: asciiDomain(from), to: [asciiDomain(to)] }, body);
        return { kind: 'accepted', response: keepable(response) };
      } catch (error) {
        return outcomeOf(error, () => body.readableDidRead);
      }
    },
    close: () => pool.close(),
  };
}

/**
 * Hands bytes to nodemailer's pool as they are. Its `sendMail` would parse and wrap them anew, which takes as long as the
 * whole handover; the pool asks a message for no more than this.
 */
function sentBy(
  pool: SMTPPool,
  envelope: { from: string; to: string[] },
  body: Readable,
): Promise<SMTPPool.SentMessageInfo> {
  const message = {
    getEnvelope: () => envelope,
    messageId: () => '',
    getHeader: () => '',
    createReadStream: () => body,
  };
  const mail = { data: { signal: AbortSignal.timeout(giveUpAfterMs) }, message };
  return new Promise((resolve, reject) => {
    pool.send(mail as unknown as MailMessage<SMTPPool.SentMessageInfo>, (error, info) => {
      if (info === undefined || error !== null) reject(error ?? new Error('the pool said nothing'));
      else resolve(info);
    });
  });
}

/** A domain in Chinese stands in an envelope as its ASCII form (RFC 5890). */
function asciiDomain(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  return `${address.slice(0, at)}${domainToASCII(domain) || domain}`;
}

/**
 * What an error of nodemailer means for the mail. A refusal counts as final only when it is about the recipient or the
 * mail itself: a wrong password or a forbidden sender is ours to put right, and the mail waits.
 */
export function outcomeOf(error: unknown, bodyWasRead: () => boolean): SendOutcome {
  const { responseCode, response, command } = error as { responseCode?: number; response?: string; command?: string };
  const said = keepable(response ?? (error instanceof Error ? error.message : String(error)));
  if (responseCode === undefined) return { kind: bodyWasRead() ? 'unknown' : 'deferred', response: said };
  const isAboutMail = command === 'RCPT TO' || command === 'DATA';
  if (responseCode < 500 || !isAboutMail) return { kind: 'deferred', response: said };
  return { kind: 'refused', because: isAddressGone(responseCode, said) ? 'address' : 'mail', response: said };
}

/** RFC 3463: 5.1.x but for the sender's faults, and 5.2.1, a mailbox that accepts nothing; without such a code, RFC 5321's own. */
function isAddressGone(responseCode: number, response: string): boolean {
  const [, status] = /\b(5\.\d{1,3}\.\d{1,3})\b/.exec(response) ?? [];
  if (status === undefined) return responseCode === 550 || responseCode === 551 || responseCode === 553;
  return (/^5\.1\./.test(status) && status !== '5.1.7' && status !== '5.1.8') || status === '5.2.1';
}
