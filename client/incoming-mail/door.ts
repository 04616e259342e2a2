import type { Server } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Ledger } from '../../prisma/client.ts';
import { incomingBytesAtMost } from './limits.ts';
import { replyTokenIn } from './reply-address.ts';
import { storeIncoming } from './store-incoming.ts';

interface DoorOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly ledger: Ledger;
  readonly mailDomain: string;
  /** LMTP (RFC 2033) is for a mail server on this machine that delivers to us as to a mailbox; SMTP unless it is said. */
  readonly protocol?: 'smtp' | 'lmtp';
  /** Told of every mail that was stored or met its own row, after its sender has his 250. */
  readonly onStored: (incomingId: string) => Promise<void> | void;
}

export interface InboundDoor {
  readonly port: number;
  /** Lets nobody in any more and returns when the deliveries under way have ended. */
  close(): Promise<void>;
}

/**
 * Opens the SMTP or LMTP door on loopback through which answers come in. It takes mail for `reply+<token>@<mailDomain>` only,
 * and says 250 only when the raw mail stands in the ledger; a second delivery of the same Message-ID changes nothing.
 * While the ledger cannot be reached the sender is told to try again later (451).
 *
 * @throws Error when the port is taken
 */
export async function startInboundDoor({
  port,
  ledger,
  mailDomain,
  protocol = 'smtp',
  onStored,
}: DoorOptions): Promise<InboundDoor> {
  const smtp = new SMTPServer({
    lmtp: protocol === 'lmtp',
    name: mailDomain,
    banner: 'huitoukan',
    size: incomingBytesAtMost,
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 5000,
    onRcptTo({ address }, { envelope }, callback) {
      if (replyTokenIn(address, mailDomain) === undefined) return callback(refusal(550, noSuchMailbox));
      // A mail answers one mail; its copy to another reply address comes in a transaction of its own.
      if (envelope.rcptTo.length > 0) return callback(refusal(452, 'One reply address at a time, please.'));
      callback();
    },
    onData(stream, session, callback) {
      receive(ledger, stream, session).then(
        (incomingId) => {
          callback(null, 'Stored.');
          // Whoever handles it looks again by himself.
          Promise.resolve(onStored(incomingId)).catch(() => undefined);
        },
        (error: unknown) => callback(error instanceof SmtpRefusal ? error : refusal(451, 'Cannot store it now.')),
      );
    },
  });
  const server = await listen(smtp, port);
  // A connection that breaks off is the other side's affair: what was not answered with 250 will come again.
  smtp.on('error', () => undefined);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => new Promise((resolve) => void smtp.close(resolve)),
  };
}

// Answers of the protocol are ASCII: a bounce may not be able to carry more (RFC 5321 §2.4).
const noSuchMailbox = 'No such mailbox here: an answer goes to the reply address of the mail it answers.';

class SmtpRefusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

function refusal(responseCode: number, message: string): SmtpRefusal {
  return new SmtpRefusal(responseCode, message);
}

async function receive(ledger: Ledger, stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<string> {
  const bytes = await bytesOf(stream);
  const envelopeTo = envelope.rcptTo[0]?.address.trim().toLowerCase() ?? '';
  const envelopeFrom = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  return storeIncoming(ledger, { bytes, envelopeFrom, envelopeTo });
}

async function bytesOf(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (stream.sizeExceeded)
      chunks.length = 0; // what follows is only read so that the refusal can be said
    else chunks.push(chunk);
  }
  if (stream.sizeExceeded) throw refusal(552, 'The mail is larger than 25 MB.');
  return Buffer.concat(chunks);
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
