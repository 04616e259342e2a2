import type { Ledger } from '../../prisma/client.ts';
import { handleMail, type MailHandling } from './handle-mail.ts';
import { replyTokenOf, tokenHashOf } from './reply-address.ts';
import { TurnTaking } from './turn-taking.ts';
import type { IncomingVerdict } from './verdict.ts';

export interface InboxOptions extends MailHandling {
  /** Told of every try that failed, with the incoming mail's id and nothing of its content. */
  readonly onFailure?: (incomingId: string, error: unknown) => void;
  /** How long after a failed try a mail is tried again; half a minute. */
  readonly retryAfterMs?: number;
}

/** Understands the mails that the door has stored (收信), and does what they ask. */
export interface Inbox {
  /**
   * Handles one mail, or joins whoever is at it; one that is handled already is left alone.
   *
   * @throws Error when it cannot be handled now; the mail is still stored and will be tried again
   */
  handle(incomingId: string): Promise<void>;
  /** Handles every mail still stored, the mails of one person in the order they came; returns when each was tried. */
  handleStored(): Promise<void>;
  /** Looks at once and then every half minute, beside the calls from the door. */
  start(): void;
  /** Takes nothing up any more and returns when what is under way has ended. */
  close(): Promise<void>;
}

const mailsAtOnce = 8;
const looksEveryMs = 30_000;
/** The pause before the next try doubles up to so many times the first: an outage of a day loses no answer. */
const longestPause = 20;

export function createInbox(options: InboxOptions): Inbox {
  const { ledger, onFailure = () => undefined, retryAfterMs = 30_000 } = options;
  const turns = new TurnTaking(mailsAtOnce);
  const tryAgainAt = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let state: 'open' | 'closed' = 'open';

  const handle = ({ id, personKey }: StoredMail) =>
    turns.take(id, personKey, async () => {
      if (state === 'closed') return;
      await handleMail(options, id);
      tryAgainAt.delete(id);
    });

  const tryToHandle = async (mail: StoredMail) => {
    const { id } = mail;
    try {
      await handle(mail);
    } catch (error) {
      onFailure(id, error);
      tryAgainAt.set(id, Date.now() + retryAfterMs);
      const tries = await noteFailure(ledger, id, error);
      tryAgainAt.set(id, Date.now() + retryAfterMs * Math.min(2 ** (tries - 1), longestPause));
    }
  };

  // However many mails come in while the list is read, it is read once more for all of them.
  let listing: Promise<readonly StoredMail[]> = Promise.resolve([]);
  let nextListing: Promise<readonly StoredMail[]> | undefined;
  const listed = () =>
    (nextListing ??= listing
      .catch(() => [])
      .then(() => {
        nextListing = undefined;
        return (listing = storedMails(ledger, {}));
      }));

  const handleStored = async () => {
    if (state === 'closed') return;
    const stored = await listed();
    const now = Date.now();
    await Promise.all(stored.filter(({ id }) => (tryAgainAt.get(id) ?? 0) <= now).map(tryToHandle));
  };

  const look = () => {
    // A ledger that cannot be reached now is looked at again next time.
    handleStored().catch((error: unknown) => onFailure('', error));
  };

  return {
    async handle(incomingId) {
      for (const mail of await storedMails(ledger, { id: incomingId })) await handle(mail);
    },
    handleStored,
    start() {
      timer ??= setInterval(look, looksEveryMs);
      look();
    },
    async close() {
      state = 'closed';
      clearInterval(timer);
      await turns.ended();
    },
  };
}

interface StoredMail {
  readonly id: string;
  /** Mails with the same key are handled one after the other. */
  readonly personKey: string;
}

/** What is still to be handled, in the order in which it came. */
async function storedMails(ledger: Ledger, which: { readonly id?: string }): Promise<StoredMail[]> {
  const stored = await ledger.incomingMail.findMany({
    where: { state: 'stored', ...which },
    orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, envelopeTo: true },
  });
  const hashOf = ({ envelopeTo }: { envelopeTo: string }) => tokenHashOf(replyTokenOf(envelopeTo) ?? '');
  const mails = await ledger.mail.findMany({
    where: { tokenHash: { in: [...new Set(stored.map(hashOf))] } },
    select: { tokenHash: true, personId: true },
  });
  const personOf = new Map(mails.map(({ tokenHash, personId }) => [tokenHash, personId]));
  return stored.map((mail) => ({ id: mail.id, personKey: personOf.get(hashOf(mail)) ?? mail.id }));
}

/** Counts a failed try and says how many there were. The mail stays stored: it is tried until it is handled. */
async function noteFailure(ledger: Ledger, id: string, error: unknown): Promise<number> {
  const incoming = await ledger.incomingMail.findUnique({ where: { id }, select: { verdict: true } });
  const before = incoming?.verdict as unknown as IncomingVerdict | null;
  const tries = (before?.kind === 'problem' ? before.tries : 0) + 1;
  const problem = error instanceof Error ? error.message : String(error);
  const verdict: IncomingVerdict = { kind: 'problem', problem, tries };
  await ledger.incomingMail.updateMany({ where: { id, state: 'stored' }, data: { verdict } });
  return tries;
}
