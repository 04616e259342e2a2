import type { Ledger } from '../../prisma/client.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import { addMs, type IsoInstant } from '../../workflows/rules/instants.ts';
import { domainOfAddress } from '../../workflows/rules/mail-domain.ts';
import type { QueuedMail } from '../../workflows/rules/sending-rate.ts';
import { isGathered, type RowKind } from './due-rows.ts';
import { type HeldLine, type Hours, type HoursOf, type HoursPlace, leavesAt, loadHours } from './hours.ts';

/** A mail that is to be handed over. */
export interface LeavingMail extends Pick<QueuedMail, 'domain' | 'leavesFrom'> {
  readonly id: string;
  /** The bytes, for one that has just been made; else the ledger has them. */
  readonly raw?: Uint8Array;
}

/** A mail that still has to be handed over: at its next attempt or when its lease runs out, within the hours of all its lines. */
export interface WaitingMail extends QueuedMail {
  readonly id: string;
}

/**
 * The mails of a clock that wait, and when each may leave. A mail that is left over keeps the hours of all its lines, as
 * they are by now: what was adopted since it was made may have made today a day off.
 *
 * @param now the moment of business time that SQL's `now()` stands for
 */
export async function loadWaiting(ledger: Ledger, clockId: string, now: IsoInstant): Promise<WaitingMail[]> {
  const rows = await ledger.$queryRaw<WaitingLine[]>`
    SELECT m.id, m.address, m.kind::text AS kind, r."issueId", r."roundId", jsonb_build_object('issueIds', r.content->'issueIds') AS content, r.letter, to_char(r."plannedOn", 'YYYY-MM-DD') AS "plannedOn", r."latestAt",
      greatest(0, ceil(extract(epoch FROM coalesce(
        CASE m.state WHEN 'prepared' THEN m."nextAttemptAt" ELSE m."leaseUntil" END, now()) - now()) * 1000))::float8
        AS "waitsMs"
    FROM "Mail" m JOIN "Delivery" d ON d."mailId" = m.id JOIN "OutboxRow" r ON r.key = d."rowKey"
    WHERE m."clockId" = ${clockId} AND m.state IN ('prepared', 'handedOver')
    ORDER BY m."preparedAt", m.id, d.position`;
  const hoursOf = await loadHours(ledger, rows);
  return [...groupBy(rows, ({ id }) => id)].map(([id, lines]) => {
    const leavesFrom = leavesTogether(
      lines.map((line) => ({ ...line, latestAt: line.latestAt.toISOString() })),
      hoursOf,
    );
    const { address, kind, waitsMs } = lines[0]!;
    const lane = isGathered(kind) ? 'reminders' : 'answers';
    return { id, domain: domainOfAddress(address), lane, leavesAt: leavesFrom(addMs(now, waitsMs)), leavesFrom };
  });
}

interface WaitingLine extends HoursPlace, Omit<HeldLine, 'latestAt'> {
  readonly id: string;
  readonly address: string;
  readonly kind: RowKind;
  readonly latestAt: Date;
  readonly waitsMs: number;
}

/** Rounds may have quiet days of their own: the first moment from one on at which each of a mail's lines may leave. */
export function leavesTogether(
  lines: readonly (HeldLine & HoursPlace)[],
  hoursOf: HoursOf,
): (moment: IsoInstant) => IsoInstant {
  // A mail's lines mostly close together and by the same hours: each such is asked once.
  const alike = new Map<Hours, Map<string, HeldLine>>();
  for (const line of lines) {
    const hours = hoursOf(line);
    const known = alike.get(hours) ?? new Map<string, HeldLine>();
    alike.set(hours, known.set(`${line.letter}/${line.plannedOn}/${line.latestAt}`, line));
  }
  return (moment) => {
    let leaving = moment;
    for (let before = ''; before !== leaving;) {
      before = leaving;
      for (const [hours, some] of alike) for (const line of some.values()) leaving = leavesAt(line, hours, leaving);
    }
    return leaving;
  };
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
