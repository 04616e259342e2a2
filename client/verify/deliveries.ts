import type { Ledger, LedgerTransaction } from '../../prisma/client.ts';
import type { Difference } from './differences.ts';

/**
 * Whether every copy of a line (送达) has its line and its mail, to the person it was made for; whether every line that counts
 * as sent stands in a mail that was accepted or a page that was brought; and whether every mail carries a line. A mail whose
 * lines have moved to a page (replaced) may carry none.
 */
export async function verifyDeliveries(
  ledger: Ledger | LedgerTransaction,
): Promise<{ deliveries: number; differences: Difference[] }> {
  const [deliveries, ...differences] = await Promise.all([
    ledger.delivery.count(),
    looseCopies(ledger),
    linesNobodyHas(ledger),
    emptyMails(ledger),
  ]);
  return { deliveries, differences: differences.flat() };
}

async function looseCopies(ledger: Ledger | LedgerTransaction): Promise<Difference[]> {
  const copies = await ledger.$queryRaw<
    { rowKey: string; personId: string; mailId: string; line: string | null; reader: string | null }[]
  >`
    SELECT copy."rowKey", copy."personId", copy."mailId", line.key AS line, mail."personId" AS reader
    FROM "Delivery" copy
    LEFT JOIN "OutboxRow" line ON line.key = copy."rowKey"
    LEFT JOIN "Mail" mail ON mail.id = copy."mailId"
    WHERE line.key IS NULL OR mail.id IS NULL OR mail."personId" <> copy."personId"
    ORDER BY copy."rowKey", copy."personId"`;
  return copies.flatMap(({ rowKey, personId, mailId, line, reader }) => {
    const row = `Delivery ${rowKey}/${personId}`;
    return [
      ...(line === null ? [{ row, field: 'rowKey', stored: rowKey, replayed: '发件箱没有这一条' }] : []),
      ...(reader === null ? [{ row, field: 'mailId', stored: mailId, replayed: '没有这封邮件' }] : []),
      ...(reader !== null && reader !== personId
        ? [{ row, field: 'personId', stored: personId, replayed: `邮件是给${reader}的` }]
        : []),
    ];
  });
}

async function linesNobodyHas(ledger: Ledger | LedgerTransaction): Promise<Difference[]> {
  const lines = await ledger.$queryRaw<{ key: string }[]>`
    SELECT line.key FROM "OutboxRow" line
    WHERE line.state = 'sent' AND NOT EXISTS (
      SELECT 1 FROM "Delivery" copy JOIN "Mail" mail ON mail.id = copy."mailId"
      WHERE copy."rowKey" = line.key AND mail.state IN ('accepted', 'printed'))
    ORDER BY line.key`;
  return lines.map(({ key }) => ({
    row: `OutboxRow ${key}`,
    field: 'state',
    stored: 'sent',
    replayed: '没有一封已发出的邮件、已送达的打印件带着它',
  }));
}

async function emptyMails(ledger: Ledger | LedgerTransaction): Promise<Difference[]> {
  const mails = await ledger.$queryRaw<{ id: string; state: string }[]>`
    SELECT mail.id, mail.state::text AS state FROM "Mail" mail
    WHERE mail.state <> 'replaced' AND NOT EXISTS (SELECT 1 FROM "Delivery" copy WHERE copy."mailId" = mail.id)
    ORDER BY mail.id`;
  return mails.map(({ id, state }) => ({
    row: `Mail ${id}`,
    field: 'lines',
    stored: `无（${state}）`,
    replayed: '发件箱至少有一条由它带出',
  }));
}
