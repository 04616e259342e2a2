import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { withholdRest } from '../ledger/outbox-lines.ts';
import { stillWaits, stillOwed } from './still-wanted.ts';

/** A row that will not be sent, and why. */
export interface RowEnd {
  readonly key: string;
  readonly state: 'collapsed' | 'skipped';
  readonly reason: string;
}

/** A row that must wait; `latestAt` is given when its window moves with it. */
export interface RowDelay {
  readonly key: string;
  readonly earliestAt: IsoInstant;
  readonly latestAt?: IsoInstant;
  readonly reason: string;
}

/** Ends planned rows. What has been claimed or cancelled meanwhile is left alone, so a second run changes nothing. */
export async function endRows(ledger: Ledger, ends: readonly RowEnd[]): Promise<void> {
  if (ends.length === 0) return;
  await ledger.$executeRaw`
    UPDATE "OutboxRow" r SET state = ended.state::"RowState", "stateReason" = ended.reason
    FROM jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) AS ended(key text, state text, reason text)
    WHERE r.key = ended.key AND r.state = 'planned'`;
}

/** Moves rows to a later moment. Rows that have ended meanwhile are left alone. */
export async function delayRows(ledger: Ledger, delays: readonly RowDelay[]): Promise<void> {
  if (delays.length === 0) return;
  await ledger.$executeRaw`
    UPDATE "OutboxRow" r SET "earliestAt" = delayed."earliestAt",
      "latestAt" = coalesce(delayed."latestAt", r."latestAt"), "stateReason" = delayed.reason
    FROM jsonb_to_recordset(${JSON.stringify(delays)}::jsonb)
      AS delayed(key text, "earliestAt" timestamptz, "latestAt" timestamptz, reason text)
    WHERE r.key = delayed.key AND r.state IN ('planned', 'claimed')`;
}

/**
 * Takes back what is due but no longer owed. Whoever closes an obligation takes its rows back in the same transaction, so
 * this finds only what was left behind.
 */
export async function dropUnowed(ledger: Ledger, clockId: string, now: IsoInstant): Promise<void> {
  const unowed = await ledger.$queryRaw<{ key: string; state: 'planned' | 'claimed' }[]>`
    SELECT r.key, r.state::text AS state FROM "OutboxRow" r
    WHERE r."clockId" = ${clockId} AND r.waits AND r."earliestAt" <= ${now}::timestamptz
      AND (r.kind = 'reminder' AND NOT ${stillOwed} OR r.kind = 'notice' AND r.state = 'claimed' AND NOT ${stillWaits})
      AND (r.state = 'planned' OR jsonb_array_length(r.recipients) >
        (SELECT count(*) FROM "Delivery" d WHERE d."rowKey" = r.key))`;
  if (unowed.length > 0) {
    const keysOf = (of: 'planned' | 'claimed') => unowed.flatMap(({ key, state }) => (state === of ? [key] : []));
    await ledger.$transaction(async (tx) => {
      await tx.outboxRow.updateMany({
        where: { key: { in: keysOf('planned') }, state: 'planned' },
        data: { state: 'cancelled', stateReason: '发信前已办结' },
      });
      await withholdRest(tx, keysOf('claimed'), '已办结，未再发给其余收件人');
    });
  }
  await ledger.$executeRaw`
    UPDATE "OutboxRow" r SET state = 'cancelled', "stateReason" = 
      CASE "rungId" WHEN 'answer' THEN '来信已核实' ELSE '打印件已送达，或已无须送达' END
    WHERE r."clockId" = ${clockId} AND r.waits AND r.state = 'planned' AND r.kind = 'notice'
      AND NOT ${stillWaits}`;
}
