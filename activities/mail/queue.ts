import type { Ledger } from '../../prisma/client.ts';
import { addMs, earliest, type IsoInstant, latest } from '../../workflows/rules/instants.ts';
import { domainOfAddress } from '../../workflows/rules/mail-domain.ts';
import { inTurn, type SendingRates, windowMs } from '../../workflows/rules/sending-rate.ts';
import { loadWaiting, type WaitingMail } from './waiting.ts';

/** The mails of a clock that wait, the first to leave first, and what the sending rates keep back of them. */
export interface MailQueue {
  readonly mails: readonly WaitingMail[];
  readonly held: { readonly count: number; readonly until: IsoInstant | null };
}

/**
 * The same as what waits, each mail at the moment at which the sending rates let it leave. What left in the last minute is
 * read from the ledger, so whoever asks after a crash, or at the same time, gets the same answer: two who send at once take
 * the same mails, each of which goes once.
 *
 * @param now the moment of business time that SQL's `now()` stands for
 */
export async function loadQueue(
  ledger: Ledger,
  clockId: string,
  now: IsoInstant,
  rates: SendingRates,
): Promise<MailQueue> {
  const waiting = await loadWaiting(ledger, clockId, now);
  const departures = rates.size === 0 || waiting.length === 0 ? [] : await loadDepartures(ledger, clockId, now);
  const mails = inTurn(waiting, departures, rates);
  const alone = new Map(waiting.map(({ id, leavesAt }) => [id, leavesAt]));
  const held = mails.flatMap(({ id, leavesAt }) => (leavesAt === alone.get(id) ? [] : [leavesAt]));
  return { mails, held: { count: held.length, until: latest(...held) ?? null } };
}

/** A moment that is far ahead is that of a clock which has been put right since, and holds nothing back. */
async function loadDepartures(ledger: Ledger, clockId: string, now: IsoInstant) {
  const tried = await ledger.mail.findMany({
    where: { clockId, triedAt: { gt: addMs(now, -windowMs), lt: addMs(now, windowMs) } },
    select: { address: true, triedAt: true },
  });
  return tried.map(({ address, triedAt }) => ({ domain: domainOfAddress(address), at: triedAt!.toISOString() }));
}

/** Says that the post-office is looking: whoever plans a row from now on calls it. */
export async function startLooking(ledger: Ledger, clockId: string): Promise<void> {
  await ledger.postOffice.upsert({ where: { clockId }, create: { clockId }, update: { wakeAt: null } });
}

/** When the next line or the next attempt falls due; kept where the writers of rows look. Null when nothing waits. */
export async function stopLooking(
  ledger: Ledger,
  clockId: string,
  now: IsoInstant,
  rates: SendingRates,
): Promise<IsoInstant | null> {
  const [rows] = await ledger.$queryRaw<{ at: Date | null }[]>`
    SELECT least(
      (SELECT min(r."earliestAt") FROM "OutboxRow" r LEFT JOIN "Round" round ON round.id = r."roundId"
        WHERE r."clockId" = ${clockId} AND r.waits AND r.state = 'planned' AND round.state IS DISTINCT FROM 'draft'),
      (SELECT min(r."earliestAt") FROM "OutboxRow" r WHERE r."clockId" = ${clockId} AND r.waits AND r.state = 'claimed'
        AND jsonb_array_length(r.recipients) > (SELECT count(*) FROM "Delivery" d WHERE d."rowKey" = r.key))) AS at`;
  const { mails, held } = await loadQueue(ledger, clockId, now, rates);
  const nextAt = earliest(rows?.at?.toISOString(), mails[0]?.leavesAt) ?? null;
  await ledger.postOffice.update({
    where: { clockId },
    data: { wakeAt: nextAt, held: held.count, heldUntil: held.until },
  });
  return nextAt;
}
