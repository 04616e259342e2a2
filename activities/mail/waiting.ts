import type { Ledger } from '../../prisma/client.ts';
import { addMs, earliest, type IsoInstant } from '../../workflows/rules/instants.ts';
import { withinHours } from '../../workflows/rules/answers.ts';
import { loadHours } from './hours.ts';

/** A mail that still has to be handed over. */
export interface WaitingMail {
  readonly id: string;
  /** Business time: its next attempt, or when its lease runs out; never outside the hours. */
  readonly leavesAt: IsoInstant;
}

/**
 * The mails of a clock that wait, and when each may leave. A mail that is left over keeps the sending hours too, unless
 * the window of one of its lines is still open.
 *
 * @param now the moment of business time that SQL's `now()` stands for
 */
export async function loadWaiting(ledger: Ledger, clockId: string, now: IsoInstant): Promise<WaitingMail[]> {
  const mails = await ledger.$queryRaw<
    {
      id: string;
      preparedAt: Date;
      issueId: string | null;
      roundId: string | null;
      windowTo: Date | null;
      waitsMs: number;
    }[]
  >`SELECT m.id, m."preparedAt", line."issueId", line."roundId", line."latestAt" AS "windowTo",
      greatest(0, ceil(extract(epoch FROM coalesce(
        CASE m.state WHEN 'prepared' THEN m."nextAttemptAt" ELSE m."leaseUntil" END, now()) - now()) * 1000))::float8
        AS "waitsMs"
    FROM "Mail" m
    LEFT JOIN LATERAL (
      SELECT r."issueId", r."roundId", r."latestAt" FROM "Delivery" d JOIN "OutboxRow" r ON r.key = d."rowKey"
      WHERE d."mailId" = m.id ORDER BY r."latestAt" DESC LIMIT 1) line ON true
    WHERE m."clockId" = ${clockId} AND m.state IN ('prepared', 'handedOver')
    ORDER BY m."preparedAt", m.id`;
  const hoursOf = await loadHours(ledger, mails);
  return mails.map((mail) => {
    const { id, preparedAt, windowTo, waitsMs } = mail;
    const triedAt = addMs(now, waitsMs);
    const isJudged = preparedAt.toISOString() >= triedAt; // at this very moment, when its lines were claimed
    const isInWindow = windowTo !== null && triedAt < windowTo.toISOString();
    return { id, leavesAt: isJudged || isInWindow ? triedAt : withinHours(hoursOf(mail), triedAt) };
  });
}

/** Says that the post-office is looking: whoever plans a row from now on calls it. */
export async function startLooking(ledger: Ledger, clockId: string): Promise<void> {
  await ledger.postOffice.upsert({ where: { clockId }, create: { clockId }, update: { wakeAt: null } });
}

/** When the next line or the next attempt falls due; kept where the writers of rows look. Null when nothing waits. */
export async function stopLooking(ledger: Ledger, clockId: string, now: IsoInstant): Promise<IsoInstant | null> {
  const [rows] = await ledger.$queryRaw<{ at: Date | null }[]>`
    SELECT least(
      (SELECT min(r."earliestAt") FROM "OutboxRow" r LEFT JOIN "Round" round ON round.id = r."roundId"
        WHERE r."clockId" = ${clockId} AND r.state = 'planned' AND round.state IS DISTINCT FROM 'draft'),
      (SELECT min(r."earliestAt") FROM "OutboxRow" r WHERE r."clockId" = ${clockId} AND r.state = 'claimed'
        AND jsonb_array_length(r.recipients) > (SELECT count(*) FROM "Delivery" d WHERE d."rowKey" = r.key))) AS at`;
  const mails = await loadWaiting(ledger, clockId, now);
  const nextAt = earliest(rows?.at?.toISOString(), ...mails.map(({ leavesAt }) => leavesAt)) ?? null;
  await ledger.postOffice.update({ where: { clockId }, data: { wakeAt: nextAt } });
  return nextAt;
}

/**
 * Ends the leases of every owner but one: an instance that starts alone knows that the earlier ones are dead, so what
 * they had handed over without an answer need not wait for its lease. Running twice changes nothing.
 */
export async function expireLeases(ledger: Ledger, keepOwner: string): Promise<void> {
  await ledger.$executeRaw`
    UPDATE "Mail" SET "leaseUntil" = now()
    WHERE state = 'handedOver' AND "leaseOwner" IS DISTINCT FROM ${keepOwner} AND "leaseUntil" > now()`;
}
