import { ImapFlow } from 'imapflow';
import type { ImapAccount } from './account.ts';
import type { MailSeen, OpenMailbox } from './mailbox.ts';
import { recipientHeaders } from './reply-recipient.ts';

/** So many headers are fetched at once; mails are fetched one by one. */
const batchSize = 200;
const closesWithinMs = 2_000;

/**
 * Opens the account's folder; the folder that taken mails go to is made when there is none.
 *
 * @param givenUp ends the try
 * @throws Error when the server cannot be reached, refuses the login or has no such folder
 */
export async function openMailbox(account: ImapAccount, givenUp: AbortSignal): Promise<OpenMailbox> {
  const { host, port, encryption, user, password, folder, moveTo } = account;
  const client = new ImapFlow({
    host,
    port,
    secure: encryption === 'tls',
    ...(encryption === 'startTls' && { doSTARTTLS: true }),
    auth: { user, pass: password },
    // NetEase shuts out whoever does not say who he is (RFC 2971).
    clientInfo: { name: 'huitoukan' },
    disableAutoIdle: true,
    logger: false,
  });
  // An error that comes between two calls makes the next one throw.
  client.on('error', () => undefined);
  const giveUp = () => client.close();
  givenUp.addEventListener('abort', giveUp);
  try {
    await client.connect();
    if (moveTo !== undefined) await client.mailboxCreate(moveTo);
    await client.mailboxOpen(folder);
  } catch (error) {
    client.close();
    throw error;
  } finally {
    givenUp.removeEventListener('abort', giveUp);
  }
  return new ImapMailbox(client, moveTo);
}

class ImapMailbox implements OpenMailbox {
  readonly uidValidity: bigint;
  readonly #client: ImapFlow;
  readonly #moveTo: string | undefined;
  #hasCome = false;
  #wake: () => void = () => undefined;

  constructor(client: ImapFlow, moveTo: string | undefined) {
    if (client.mailbox === false) throw new Error('The folder is not open.');
    this.uidValidity = client.mailbox.uidValidity;
    this.#client = client;
    this.#moveTo = moveTo;
    const come = () => {
      this.#hasCome = true;
      this.#wake();
    };
    client.on('exists', come);
    client.on('close', come);
  }

  async newAfter(uid: number): Promise<readonly MailSeen[]> {
    this.#hasCome = false;
    const found = await this.#client.search({ uid: `${String(uid + 1)}:*` }, { uid: true });
    if (found === false || found === undefined) throw new Error('The server did not search the folder.');
    // n:* always holds the last mail, also one before n (RFC 3501 §6.4.8).
    const uids = found.filter((one) => one > uid).sort((one, other) => one - other);
    if (uids.length === 0) return [];
    const mails = await this.#client.fetchAll(
      uids.slice(0, batchSize).join(','),
      { uid: true, size: true, headers: [...recipientHeaders] },
      { uid: true },
    );
    if (mails.length < Math.min(uids.length, batchSize)) await this.#haveGone(uids.slice(0, batchSize), mails);
    return mails
      .map((mail) => ({ uid: mail.uid, header: mail.headers ?? Buffer.of(), sizeBytes: mail.size ?? 0 }))
      .sort((one, other) => one.uid - other.uid);
  }

  async bytesOf(uid: number): Promise<Buffer | undefined> {
    const mail = await this.#client.fetchOne(String(uid), { source: true }, { uid: true });
    if (mail !== false && mail.source !== undefined) return mail.source;
    await this.#haveGone([uid], []);
    return undefined;
  }

  /** @throws Error when one of those that the server did not give is still there: it must not be passed over */
  async #haveGone(asked: readonly number[], given: readonly { readonly uid: number }[]): Promise<void> {
    const missing = asked.filter((uid) => !given.some((mail) => mail.uid === uid));
    const left = await this.#client.search({ uid: missing.join(',') }, { uid: true });
    if (!Array.isArray(left) || left.length > 0) throw new Error('The server did not give a mail that it has.');
  }

  async mark(uid: number): Promise<'marked' | 'unmarked'> {
    const which = String(uid);
    const seen = await this.#client.messageFlagsAdd(which, ['\\Seen'], { uid: true });
    if (!this.#client.usable) throw new Error('The connection has ended.');
    if (this.#moveTo === undefined) return seen ? 'marked' : 'unmarked';
    // Without either, a move would end with an EXPUNGE of whatever else somebody has struck off (RFC 4315 §1).
    if (!['MOVE', 'UIDPLUS'].some((name) => this.#client.capabilities.has(name))) return 'unmarked';
    const moved = await this.#client.messageMove(which, this.#moveTo, { uid: true });
    if (!this.#client.usable) throw new Error('The connection has ended.');
    return moved === false ? 'unmarked' : 'marked';
  }

  async news(withinMs: number): Promise<void> {
    if (this.#hasCome || !this.#client.usable) return;
    // The next command ends it. A server without IDLE is asked when the time is over.
    this.#client.idle().catch(() => undefined);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }

  async close(): Promise<void> {
    this.#wake();
    const leaving = this.#client.logout().catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([leaving, new Promise((resolve) => (timer = setTimeout(resolve, closesWithinMs)))]);
    clearTimeout(timer);
    this.#client.close();
  }
}
