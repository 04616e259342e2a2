import type { Ledger } from '../../../prisma/client.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { incomingBytesAtMost } from '../limits.ts';
import { storeIncoming } from '../store-incoming.ts';
import type { MailSeen, OpenMailbox } from './mailbox.ts';
import { replyRecipientIn } from './reply-recipient.ts';

interface Taking {
  readonly ledger: Ledger;
  /** The account's id: a row in the ledger says how far it was looked through. */
  readonly mailboxId: string;
  readonly mailbox: OpenMailbox;
  readonly mailDomain: string;
  /** Told of every mail that was stored or met its own row. */
  readonly onStored: (incomingId: string) => Promise<void> | void;
}

/** What became of a mail; `unmarked` was stored all the same. */
type Outcome = 'stored' | 'unmarked' | 'keptOut' | 'tooLarge' | 'gone';

/**
 * Takes all answers that nobody has looked at yet out of a mailbox: stores each raw, then marks it, then writes down
 * how far it came. Whatever is killed in between, the next look begins at that mail, which meets its own row; so
 * nothing is lost and nothing doubled. What has no reply address of ours, or is larger than the door takes, is counted
 * and left as it is. A mailbox with new UIDs is looked through from its beginning.
 */
export async function takeNew(taking: Taking): Promise<void> {
  const { ledger, mailboxId, mailbox } = taking;
  let lastUid = await placeIn(ledger, mailboxId, mailbox.uidValidity);
  for (let batch = await mailbox.newAfter(lastUid); batch.length > 0; batch = await mailbox.newAfter(lastUid)) {
    for (const seen of batch) {
      const outcome = await take(taking, seen);
      await lookedUpTo(ledger, { mailboxId, uidValidity: mailbox.uidValidity, uid: seen.uid, outcome });
      lastUid = seen.uid;
    }
  }
  await ledger.fetchedMailbox.update({
    where: { id: mailboxId },
    data: { lookedAt: new Date(), failedSince: null, problem: null },
  });
}

/** How far the mailbox was looked through: 0 when its UIDs are others than those that were. */
async function placeIn(ledger: Ledger, id: string, uidValidity: bigint): Promise<number> {
  const create = { id, uidValidity };
  const place = await ledger.fetchedMailbox.upsert({ where: { id }, create, update: { state: 'watched' } });
  if (place.uidValidity === uidValidity) return Number(place.lastUid);
  const anew = { uidValidity, lastUid: 0, stored: 0, keptOut: 0 };
  await ledger.fetchedMailbox.update({ where: { id }, data: anew });
  return 0;
}

async function take({ ledger, mailbox, mailDomain, onStored }: Taking, seen: MailSeen): Promise<Outcome> {
  const envelopeTo = replyRecipientIn(seen.header, mailDomain);
  if (envelopeTo === undefined) return 'keptOut';
  if (seen.sizeBytes > incomingBytesAtMost) return 'tooLarge';
  const bytes = await mailbox.bytesOf(seen.uid);
  if (bytes === undefined) return 'gone';
  // The mailbox's server has written the envelope's sender into the mail itself (RFC 5321 §4.4).
  const incomingId = await storeIncoming(ledger, { bytes, envelopeFrom: null, envelopeTo });
  // Whoever handles it looks again by himself.
  Promise.resolve(onStored(incomingId)).catch(() => undefined);
  return (await mailbox.mark(seen.uid)) === 'marked' ? 'stored' : 'unmarked';
}

/** Writes down that all up to this mail was looked at, unless somebody beside us has come as far. */
async function lookedUpTo(
  ledger: Ledger,
  { mailboxId, uidValidity, uid, outcome }: { mailboxId: string; uidValidity: bigint; uid: number; outcome: Outcome },
): Promise<void> {
  await ledger.fetchedMailbox.updateMany({
    where: { id: mailboxId, uidValidity, lastUid: { lt: uid } },
    data: { lastUid: uid, ...noted(outcome) },
  });
}

function noted(outcome: Outcome): Prisma.FetchedMailboxUpdateManyMutationInput {
  switch (outcome) {
    case 'stored':
      return { stored: { increment: 1 }, unmarkedAt: null };
    case 'unmarked':
      return { stored: { increment: 1 }, unmarkedAt: new Date() };
    case 'keptOut':
      return { keptOut: { increment: 1 } };
    case 'tooLarge':
      return { tooLargeAt: new Date() };
    case 'gone':
      return {};
  }
}
