import type { Ledger, LedgerTransaction } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { addWorkdays } from '../../workflows/rules/calendar.ts';
import type { DueRow } from './due-rows.ts';
import { type Hours, issuesNamed } from './hours.ts';
import { stillOwed } from './still-wanted.ts';

/** A page (打印件) that waits to be printed and brought to somebody without mail, as the office is told of it. */
export interface WaitingPage {
  /** The mail's id. */
  readonly id: string;
  readonly person: string;
  readonly unit: string;
  /** Inclusive. */
  readonly deliverBy: IsoDate;
}

/** The workday by whose end a page that is made today should be brought: the next one. */
export function deliverBy({ calendar }: Hours, madeAt: IsoInstant): IsoDate {
  return addWorkdays(calendar, dayOf(madeAt), 1);
}

/** Whose office brings a page: of each round that its lines are about, an acknowledgement's by the issues it names. */
export async function roundsOf(tx: LedgerTransaction, rows: readonly DueRow[]): Promise<string[]> {
  const known = rows.flatMap(({ roundId }) => roundId ?? []);
  const named = rows.flatMap(issuesNamed);
  const issues =
    named.length === 0 ? [] : await tx.issue.findMany({ where: { id: { in: named } }, select: { roundId: true } });
  return [...new Set([...known, ...issues.map(({ roundId }) => roundId)])].sort();
}

/** The pages of these ids. */
export async function loadPages(ledger: Ledger, ids: readonly string[]): Promise<ReadonlyMap<string, WaitingPage>> {
  if (ids.length === 0) return new Map();
  const mails = await ledger.mail.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, deliverBy: true, preparedAt: true, person: { select: { name: true, unit: true } } },
  });
  return new Map(
    mails.map(({ id, deliverBy: by, preparedAt, person: { name, unit } }) => {
      const deliverBy = by === null ? dayOf(preparedAt.toISOString()) : toIsoDate(by);
      return [id, { id, person: name, unit, deliverBy }];
    }),
  );
}

/**
 * Ends the pages that wait although nothing on them is owed any more: they need not be brought. Pages of answers stay: what
 * somebody is answered does not lapse.
 */
export async function lapsePages(ledger: Ledger, clockId: string): Promise<void> {
  await ledger.$executeRaw`
    UPDATE "Mail" m SET state = 'lapsed', response = '送达以前，所列事项均已办结，无须送达'
    WHERE m."clockId" = ${clockId} AND m.state = 'toPrint' AND m.kind = 'reminder'
      AND NOT EXISTS (
        SELECT 1 FROM "Delivery" d JOIN "OutboxRow" r ON r.key = d."rowKey"
        WHERE d."mailId" = m.id AND ${stillOwed})`;
}
