import type { Ledger } from '../../../prisma/client.ts';
import type { ImapAccount } from './account.ts';
import type { OpenMailbox } from './mailbox.ts';
import { openMailbox } from './open-mailbox.ts';
import { takeNew } from './take-new.ts';
import { backOffMs, failureWords } from './trouble.ts';

interface ImapDoorOptions {
  readonly account: ImapAccount;
  readonly ledger: Ledger;
  readonly mailDomain: string;
  readonly onStored: (incomingId: string) => Promise<void> | void;
  readonly log: (line: string) => void;
  /** How the mailbox is opened, when not by IMAP. */
  readonly open?: (account: ImapAccount, givenUp: AbortSignal) => Promise<OpenMailbox>;
  /** How long nothing may come before the mailbox is looked at all the same. */
  readonly looksEveryMs?: number;
  readonly pauseMs?: (failures: number) => number;
}

export interface ImapDoor {
  /** Takes nothing up any more and returns when the mail under way is stored or left. */
  close(): Promise<void>;
}

/**
 * Watches a mailbox for answers (取信): takes what is there, is told by the server when more comes (IDLE, RFC 2177), and
 * looks every minute in case it is not told. A connection that breaks is made again, the pauses growing to five
 * minutes; the ledger keeps since when and why, for the health page. Never throws.
 */
export function startImapDoor(options: ImapDoorOptions): ImapDoor {
  const { account, ledger, mailDomain, onStored, log } = options;
  const { open = openMailbox, looksEveryMs = 60_000, pauseMs = backOffMs } = options;
  const closing = new AbortController();
  let failures = 0;
  let mailbox: OpenMailbox | undefined;

  const watch = async () => {
    mailbox = await open(account, closing.signal);
    while (!closing.signal.aborted) {
      await takeNew({ ledger, mailboxId: account.id, mailbox, mailDomain, onStored });
      if (failures > 0) log(`取信邮箱（${account.host}）又连上了`);
      failures = 0;
      if (!closing.signal.aborted) await mailbox.news(looksEveryMs);
    }
  };

  const watchOn = async () => {
    while (!closing.signal.aborted) {
      try {
        await watch();
      } catch (error) {
        if (closing.signal.aborted) break;
        failures += 1;
        const problem = failureWords(error, account);
        // A server may repeat the account's address in its reason, and logs hold none.
        if (failures === 1) log(`取信邮箱（${account.host}）取不到信，原因见 health`);
        await noteProblem(ledger, account.id, problem).catch(() => undefined);
      } finally {
        await mailbox?.close();
        mailbox = undefined;
      }
      await paused(pauseMs(failures), closing.signal);
    }
  };

  const watching = watchOn();
  return {
    async close() {
      closing.abort();
      await mailbox?.close();
      await watching;
    },
  };
}

/** Tells the ledger which mailboxes are watched from now on, so that one that was given up is no fault. */
export async function watchedAre(ledger: Ledger, mailboxIds: readonly string[]): Promise<void> {
  await ledger.fetchedMailbox.updateMany({ where: { id: { notIn: [...mailboxIds] } }, data: { state: 'givenUp' } });
}

async function noteProblem(ledger: Ledger, id: string, problem: string): Promise<void> {
  const failedSince = new Date();
  await ledger.fetchedMailbox.upsert({
    where: { id },
    create: { id, problem, failedSince },
    update: { problem, state: 'watched' },
  });
  await ledger.fetchedMailbox.updateMany({ where: { id, failedSince: null }, data: { failedSince } });
}

function paused(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
