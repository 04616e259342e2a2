import type { Ledger, LedgerTransaction } from './client.ts';

/**
 * Settles the claimed rows of a clock of which every recipient's copy has come to something: sent when one was accepted by a
 * mail server or brought as a page, and skipped when none was. A row whose only copies are pages that wait stays claimed.
 * Running again finds nothing.
 */
export async function settleRows(ledger: Ledger | LedgerTransaction, clockId: string): Promise<void> {
  // Read first, written second: as one statement the planner may count the mails again for every row. What has been
  // settled stays settled in between.
  const settled = await ledger.$queryRaw<
    { key: string; arrived: number; sentAt: Date | null }[]
  >`SELECT r.key, (count(*) FILTER (WHERE m.state IN ('accepted', 'printed')))::int AS arrived,
      max(m."acceptedAt") AS "sentAt"
    FROM "OutboxRow" r
    JOIN "Delivery" d ON d."rowKey" = r.key
    JOIN "Mail" m ON m.id = d."mailId"
    WHERE r."clockId" = ${clockId} AND r.waits AND r.state = 'claimed'
    GROUP BY r.key
    HAVING count(*) FILTER (WHERE m.state IN ('accepted', 'replaced', 'toPrint', 'printed', 'lapsed'))
        >= jsonb_array_length(r.recipients)
      AND count(*) FILTER (WHERE m.state IN ('accepted', 'replaced', 'printed', 'lapsed')) > 0
      AND (count(*) FILTER (WHERE m.state IN ('accepted', 'printed')) > 0
        OR count(*) FILTER (WHERE m.state = 'toPrint') = 0)`;
  if (settled.length === 0) return;
  await ledger.$executeRaw`
    UPDATE "OutboxRow" r SET
      state = CASE WHEN settled.arrived > 0 THEN 'sent'::"RowState" ELSE 'skipped'::"RowState" END,
      "stateReason" = CASE WHEN settled.arrived > 0 THEN r."stateReason" 
        WHEN r.kind = 'notice' THEN '督办办公室的邮件被拒收，见待打印清单' ELSE '打印件送达以前，所列事项已办结' END,
      "sentAt" = settled."sentAt"
    FROM jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) AS settled(key text, arrived int, "sentAt" timestamptz)
    WHERE r.key = settled.key AND r.state = 'claimed'`;
}
