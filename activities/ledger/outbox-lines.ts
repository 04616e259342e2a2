import type { LedgerTransaction } from '../../prisma/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { PlannedLine } from '../../workflows/rules/ladder.ts';
import type { Because } from './because.ts';

/** What all lines of one issue or one round have in common. */
export interface LineCommon {
  readonly clockId: string;
  readonly roundId: string;
  /** Null for what the round owes as a whole. */
  readonly issueId: string | null;
  readonly policyVersion: number;
  readonly calendarVersion: number;
}

/** A line as a row of the outbox. */
export function lineRow(
  common: LineCommon,
  line: PlannedLine,
  because: Because & Prisma.InputJsonObject,
): Prisma.OutboxRowCreateManyInput {
  const { key, obligationId, rungId, role, letter, paper, plannedOn, earliestAt, latestAt, missed } = line;
  return {
    ...common,
    key,
    kind: 'reminder',
    cycle: Number(key.split('/')[1]),
    obligationId,
    rungId,
    letter,
    paper: paper ?? null,
    role,
    plannedOn: fromIsoDate(plannedOn),
    earliestAt,
    latestAt,
    missed,
    because,
  };
}

/**
 * Takes back lines that are no longer wanted. A copy that has been claimed is on its way and has crossed; of a line that
 * was claimed for one of several, the others get none.
 */
export async function cancelLines(
  tx: LedgerTransaction,
  {
    linesCancelled,
    events,
  }: {
    readonly linesCancelled: readonly string[];
    readonly events: readonly { readonly type: string; readonly sequence: number }[];
  },
): Promise<void> {
  if (linesCancelled.length === 0) return;
  const cause = events.findLast(({ type }) => type !== 'obligationOpened');
  const since = cause === undefined ? '' : `第${String(cause.sequence)}号事件后`;
  await tx.outboxRow.updateMany({
    where: { key: { in: [...linesCancelled] }, state: 'planned' },
    data: { state: 'cancelled', stateReason: `${since}不再需要` },
  });
  await withholdRest(tx, linesCancelled, `${since}不再需要，未再发给其余收件人`);
}

/** Takes claimed lines back from those who have not had theirs; who that is stands in `withheld`. A second run changes nothing. */
export async function withholdRest(tx: LedgerTransaction, keys: readonly string[], reason: string): Promise<void> {
  // Locked first: the next statement then sees the copies of whoever held the row until now.
  const claimed = await tx.$queryRaw<{ key: string }[]>`
    SELECT key FROM "OutboxRow" WHERE key = ANY(${keys}::text[]) AND state = 'claimed' ORDER BY key FOR UPDATE`;
  if (claimed.length === 0) return;
  await tx.$executeRaw`
    UPDATE "OutboxRow" r SET "stateReason" = ${reason}, recipients = rest.had,
      withheld = coalesce(r.withheld, '[]') || rest.lacking
    FROM (SELECT r.key, coalesce(jsonb_agg(one) FILTER (WHERE d."rowKey" IS NOT NULL), '[]') AS had,
        coalesce(jsonb_agg(one) FILTER (WHERE d."rowKey" IS NULL), '[]') AS lacking
      FROM "OutboxRow" r CROSS JOIN jsonb_array_elements_text(r.recipients) AS one
      LEFT JOIN "Delivery" d ON d."rowKey" = r.key AND d."personId" = one
      WHERE r.key = ANY(${claimed.map(({ key }) => key)}::text[]) GROUP BY r.key) AS rest
    WHERE r.key = rest.key AND jsonb_array_length(rest.lacking) > 0`;
}

/** What has not been claimed follows the policy and the calendar that were adopted, under the key it has. */
export async function rewriteRows(
  tx: LedgerTransaction,
  rows: readonly Prisma.OutboxRowCreateManyInput[],
): Promise<void> {
  const changes = rows.map(
    ({ key, letter, paper, earliestAt, latestAt, missed, because, policyVersion, calendarVersion }) => ({
      key,
      letter,
      paper,
      earliestAt,
      latestAt,
      missed,
      because,
      policyVersion,
      calendarVersion,
    }),
  );
  await tx.$executeRaw`
    UPDATE "OutboxRow" r SET letter = c.letter, paper = c.paper, "earliestAt" = c."earliestAt", "latestAt" = c."latestAt",
      missed = c.missed::"Missed", because = c.because, "policyVersion" = c."policyVersion",
      "calendarVersion" = c."calendarVersion"
    FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS c(key text, letter text, paper text,
      "earliestAt" timestamptz, "latestAt" timestamptz, missed text, because jsonb, "policyVersion" int,
      "calendarVersion" int)
    WHERE r.key = c.key AND r.state = 'planned'`;
}

/**
 * Adds rows; the same line planned again comes back to life. Who has it already gets no second copy; those from whom it was
 * withheld get theirs.
 */
export async function addRows(tx: LedgerTransaction, rows: Prisma.OutboxRowCreateManyInput[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.outboxRow.createMany({ data: rows, skipDuplicates: true });
  const keys = rows.flatMap(({ kind, key }) => (kind === 'reminder' ? [key] : []));
  await tx.outboxRow.updateMany({
    where: { key: { in: keys }, state: 'cancelled', claimedAt: null },
    data: { state: 'planned', stateReason: null },
  });
  await tx.$executeRaw`
    UPDATE "OutboxRow" SET state = 'claimed', "stateReason" = NULL, recipients = recipients || withheld, withheld = NULL
    WHERE key = ANY(${keys}::text[]) AND withheld IS NOT NULL`;
}
