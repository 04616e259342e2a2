import type { Ledger } from '../../prisma/client.ts';
import { addMs, earliest, type IsoInstant } from '../../workflows/rules/instants.ts';
import { type HeldLine, type HoursOf, type HoursPlace, leavesAt, loadHours } from './hours.ts';

/** A mail that is to be handed over. */
export interface LeavingMail {
  readonly id: string;
  /** The first moment from this one on, inclusive, that is inside the hours of all its lines. */
  readonly leavesFrom: (moment: IsoInstant) => IsoInstant;
  /** The bytes, for one that has just been made; else the ledger has them. */
  readonly raw?: Uint8Array;
}

/** A mail that still has to be handed over, because it was not when it was made. */
interface WaitingMail extends LeavingMail {
  /** Business time: its next attempt, or when its lease runs out; never outside the hours. */
  readonly leavesAt: IsoInstant;
}

/**
 * The mails of a clock that wait, and when each may leave. A mail that is left over keeps the hours of all its lines, as
 * they are by now: what was adopted since it was made may have made today a day off.
 *
 * @param now the moment of business time that SQL's `now()` stands for
 */
export async function loadWaiting(ledger: Ledger, clockId: string, now: IsoInstant): Promise<WaitingMail[]> {
  const rows = await ledger.$queryRaw<WaitingLine[]>`
    SELECT m.id, r."issueId", r."roundId", r.letter, to_char(r."plannedOn", 'YYYY-MM-DD') AS "plannedOn", r."latestAt",
      greatest(0, ceil(extract(epoch FROM coalesce(
        CASE m.state WHEN 'prepared' THEN m."nextAttemptAt" ELSE m."leaseUntil" END, now()) - now()) * 1000))::float8
        AS "waitsMs"
    FROM "Mail" m JOIN "Delivery" d ON d."mailId" = m.id JOIN "OutboxRow" r ON r.key = d."rowKey"
    WHERE m."clockId" = ${clockId} AND m.state IN ('prepared', 'handedOver')
    ORDER BY m."preparedAt", m.id, d.position`;
  const hoursOf = await loadHours(ledger, rows);
  const byMail = new Map<string, WaitingLine[]>();
  for (const row of rows) {
    const lines = byMail.get(row.id);
    if (lines === undefined) byMail.set(row.id, [row]);
    else lines.push(row);
  }
  return [...byMail].map(([id, lines]) => {
    const leavesFrom = leavesTogether(
      lines.map((line) => ({ ...line, latestAt: line.latestAt.toISOString() })),
      hoursOf,
    );
    return { id, leavesAt: leavesFrom(addMs(now, lines[0]!.waitsMs)), leavesFrom };
  });
}

interface WaitingLine extends HoursPlace, Omit<HeldLine, 'latestAt'> {
  readonly id: string;
  readonly latestAt: Date;
  readonly waitsMs: number;
}

/** Rounds may have quiet days of their own: the first moment from one on at which each of a mail's lines may leave. */
export function leavesTogether(
  lines: readonly (HeldLine & HoursPlace)[],
  hoursOf: HoursOf,
): (moment: IsoInstant) => IsoInstant {
  return (moment) => {
    let leaving = moment;
    for (let before = ''; before !== leaving;) {
      before = leaving;
      for (const line of lines) leaving = leavesAt(line, hoursOf(line), leaving);
    }
    return leaving;
  };
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
