import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { AcceptedFile } from './accepted-file.ts';
import { type OutgoingMail, readOutgoingMail } from './outgoing-mail.ts';

interface MailboxOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Gets `mails/` and `accepted.jsonl`. */
  readonly folder: string;
  /** Plans what follows from a mail. If it fails, the mail is not accepted and its sender tries again. */
  readonly onAccepted: (mail: OutgoingMail) => Promise<void>;
}

export interface PracticeMailbox {
  readonly port: number;
  /** Takes no more mail and returns when what was accepted is on the disk. */
  close(): Promise<void>;
}

/** Larger than any mail of ours with its attachments. */
const mailBytesAtMost = 50 * 1024 * 1024;

/**
 * The practice mailbox (演练信箱): a real SMTP server on loopback that accepts whatever is sent to anybody. It says 250
 * only when the raw mail is stored, what follows from it is planned, and its line stands in `accepted.jsonl`. A mail
 * that comes twice gets two lines: that is what the drill's checker looks at.
 *
 * @throws Error when the port is taken
 */
export async function startPracticeMailbox({ port, folder, onAccepted }: MailboxOptions): Promise<PracticeMailbox> {
  await mkdir(join(folder, 'mails'), { recursive: true });
  const accepted = await AcceptedFile.open(acceptedPath(folder));

  async function accept(stream: SMTPServerDataStream, recipients: readonly string[]): Promise<void> {
    const raw = await bytesOf(stream);
    for (const recipient of recipients) {
      const mail = readOutgoingMail(raw, recipient);
      await storeRaw(mailPath(folder, mail.messageId), raw);
      await onAccepted(mail);
      const { messageId, kind, to, sentAt: date } = mail;
      const lines = mail.lines.map(({ key }) => key);
      await accepted.append({ messageId, kind, to, lines, date, acceptedAt: new Date().toISOString() });
    }
  }

  const smtp = new SMTPServer({
    name: 'practice.invalid',
    banner: 'huitoukan practice mailbox',
    size: mailBytesAtMost,
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 500,
    onData(stream, { envelope }, callback) {
      const recipients = envelope.rcptTo.map(({ address }) => address);
      accept(stream, recipients).then(
        () => callback(null, 'Accepted.'),
        (error: unknown) =>
          callback(Object.assign(new Error(`Cannot take it now: ${whatOf(error)}`), { responseCode: 451 })),
      );
    },
  });
  const server = await listen(smtp, port);
  // A connection that breaks off is the other side's affair: what was not answered with 250 will come again.
  smtp.on('error', () => undefined);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async close() {
      await new Promise<void>((resolve) => void smtp.close(resolve));
      await accepted.close();
    },
  };
}

/** Where the practice mailbox of a folder keeps its record of accepted mails. */
export function acceptedPath(folder: string): string {
  return join(folder, 'accepted.jsonl');
}

/** Where it keeps a mail's bytes. */
export function mailPath(folder: string, messageId: string): string {
  return join(folder, 'mails', `${createHash('sha256').update(messageId).digest('hex')}.eml`);
}

/**
 * Whole or not at all: a reader never meets half a mail. The same mail again replaces itself. Not flushed: the bytes are
 * for people to look at and stand in the ledger as well, while the line in `accepted.jsonl` is the proof, and is flushed.
 */
async function storeRaw(path: string, raw: Buffer): Promise<void> {
  const part = `${path}.${randomUUID()}.part`;
  await writeFile(part, raw);
  await rename(part, path);
}

async function bytesOf(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) if (!stream.sizeExceeded) chunks.push(chunk);
  if (stream.sizeExceeded) throw new Error('the mail is larger than 50 MB');
  return Buffer.concat(chunks);
}

/** Answers of the protocol are one line of ASCII (RFC 5321 §4.2). */
function whatOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 200);
}

function listen(smtp: SMTPServer, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    smtp.once('error', reject);
    const server = smtp.listen(port, '127.0.0.1', () => {
      smtp.removeListener('error', reject);
      resolve(server);
    });
  });
}
