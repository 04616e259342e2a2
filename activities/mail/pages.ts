import type { Ledger, LedgerTransaction } from '../../prisma/client.ts';
import { fromIsoDate, toIsoDate } from '../../prisma/days.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { addWorkdays } from '../../workflows/rules/calendar.ts';
import type { DueRow } from './due-rows.ts';
import { type Hours, windowOn } from './hours.ts';
import { stillOwed } from './still-wanted.ts';

/** A page (打印件) that waits to be printed and brought to somebody without mail, as the office is told of it. */
export interface WaitingPage {
  /** The mail's id. */
  readonly id: string;
  readonly person: string;
  readonly unit: string;
  /** Inclusive. */
  readonly deliverBy: IsoDate;
  readonly roundId: string;
  readonly roundName: string;
  readonly bodyName: string | null;
}

/** The workday by whose end a page that is made today should be brought: the next one. */
export function deliverBy({ calendar }: Hours, madeAt: IsoInstant): IsoDate {
  return addWorkdays(calendar, dayOf(madeAt), 1);
}

/** Whose office brings a page: of each round that its lines are about, an acknowledgement's by the issues it names. */
async function roundsOf(tx: LedgerTransaction, rows: readonly DueRow[]): Promise<string[]> {
  const known = rows.flatMap(({ roundId }) => roundId ?? []);
  const named = rows.flatMap(
    ({ issueId, content }) => issueId ?? (content as { issueIds?: string[] } | null)?.issueIds ?? [],
  );
  const issues =
    named.length === 0 ? [] : await tx.issue.findMany({ where: { id: { in: named } }, select: { roundId: true } });
  return [...new Set([...known, ...issues.map(({ roundId }) => roundId)])].sort();
}

/** Plans the line by which the office learns of a page, in the transaction that makes the page. */
export async function planNotices(
  tx: LedgerTransaction,
  page: { readonly id: string; readonly clockId: string; readonly rows: readonly DueRow[] },
  hours: Hours,
  now: IsoInstant,
): Promise<void> {
  const today = dayOf(now);
  const { policy, calendar } = hours;
  await tx.outboxRow.createMany({
    data: (await roundsOf(tx, page.rows)).map((roundId) => ({
      key: `page/${page.id}/${roundId}/office`,
      clockId: page.clockId,
      kind: 'notice' as const,
      roundId,
      cycle: 1,
      obligationId: page.id,
      rungId: 'page',
      letter: 'notice',
      role: 'office' as const,
      plannedOn: fromIsoDate(today),
      earliestAt: now,
      latestAt: windowOn(hours, today).latestAt,
      missed: 'sendLate' as const,
      policyVersion: policy.version,
      calendarVersion: calendar.version,
      because: { rule: 'pageWaits', page: page.id },
    })),
    skipDuplicates: true,
  });
}

/** What the notices among these rows tell; one statement. */
export async function loadPages(
  ledger: Ledger,
  rows: readonly DueRow[],
): Promise<(row: DueRow) => WaitingPage | undefined> {
  const notices = rows.filter(({ kind }) => kind === 'notice');
  if (notices.length === 0) return () => undefined;
  const [mails, rounds] = await Promise.all([
    ledger.mail.findMany({
      where: { id: { in: notices.map(({ obligationId }) => obligationId ?? '') } },
      select: { id: true, deliverBy: true, preparedAt: true, person: { select: { name: true, unit: true } } },
    }),
    ledger.round.findMany({
      where: { id: { in: notices.map(({ roundId }) => roundId ?? '') } },
      select: { id: true, name: true, bodies: { select: { name: true }, take: 2 } },
    }),
  ]);
  return ({ kind, obligationId, roundId }) => {
    const mail = kind === 'notice' ? mails.find(({ id }) => id === obligationId) : undefined;
    const round = rounds.find(({ id }) => id === roundId);
    if (mail === undefined || round === undefined) return undefined;
    return {
      id: mail.id,
      person: mail.person.name,
      unit: mail.person.unit,
      deliverBy: mail.deliverBy === null ? dayOf(mail.preparedAt.toISOString()) : toIsoDate(mail.deliverBy),
      roundId: round.id,
      roundName: round.name,
      bodyName: round.bodies.length === 1 ? round.bodies[0]!.name : null,
    };
  };
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
