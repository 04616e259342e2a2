import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { compared } from '../../workflows/rules/compared.ts';
import { addDays, type IsoDate } from '../../workflows/rules/instants.ts';

/** How many issues of a round remain: from that day on (inclusive), until the next step. */
export interface RemainingFrom {
  readonly day: IsoDate;
  readonly remaining: number;
}

/** Progress against plan (销号进度): what should remain by the first deadlines, and what does. */
export interface BurnDown {
  readonly from: IsoDate;
  /** The day after the last first deadline, or today where that is later. */
  readonly to: IsoDate;
  readonly today: IsoDate;
  readonly total: number;
  /** An issue is due on its first deadline, so it should be gone on the day after. */
  readonly planned: readonly RemainingFrom[];
  /** Up to today: closed by review, long-term ones too, withdrawn or merged; one that rebounded remains again. */
  readonly actual: readonly RemainingFrom[];
}

/**
 * Reads the burn-down of a launched round; null for one without issues. Two statements, however many issues.
 *
 * @param within a condition on an issue `i`: which of them count; all of them when left out
 */
export async function readBurnDown(
  ledger: Ledger,
  roundId: string,
  { from, today }: { readonly from: IsoDate; readonly today: IsoDate },
  within = Prisma.sql`true`,
): Promise<BurnDown | null> {
  const [due, closed] = await Promise.all([
    ledger.$queryRaw<Change[]>`
      SELECT to_char("firstDeadline" + 1, 'YYYY-MM-DD') AS day, count(*)::int AS gone
      FROM "Issue" i WHERE "roundId" = ${roundId} AND terms IS NOT NULL AND ${within} GROUP BY 1`,
    // An undone closure opens the issue again, an undone rebound closes it again; what changes nothing counts for nothing.
    ledger.$queryRaw<Change[]>`
      WITH turns AS (
        SELECT e."issueId", e.sequence, e.at,
          CASE e.type WHEN 'rebounded' THEN false WHEN 'undone' THEN undone.type = 'rebounded' ELSE true END AS closed
        FROM "Issue" i JOIN "IssueEvent" e ON e."issueId" = i.id
        LEFT JOIN "IssueEvent" undone ON e.type = 'undone' AND undone."issueId" = e."issueId"
          AND undone.sequence = (e.detail->>'undoneSequence')::int
        WHERE i."roundId" = ${roundId} AND ${within} AND (e.type IN ('closureApproved', 'withdrawn', 'mergedInto', 'rebounded')
          OR e.type = 'undone' AND undone.type IN ('closureApproved', 'withdrawn', 'mergedInto', 'rebounded'))
      ), steps AS (
        SELECT at, closed, lag(closed, 1, false) OVER (PARTITION BY "issueId" ORDER BY sequence) AS before FROM turns
      )
      SELECT to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day, sum(CASE WHEN closed THEN 1 ELSE -1 END)::int AS gone
      FROM steps WHERE closed <> before GROUP BY 1`,
  ]);
  const total = due.reduce((sum, { gone }) => sum + gone, 0);
  if (total === 0) return null;
  const planned = steps(from, total, due);
  const last = planned.at(-1)!.day;
  const actual = steps(from, total, closed).filter(({ day }) => day <= today);
  return { from, to: last > today ? last : addDays(today, 1), today, total, planned, actual };
}

/** The number that holds on a day; of several steps on or before it the last. */
export function remainingOn(steps: readonly RemainingFrom[], day: IsoDate): number {
  return steps.findLast((step) => step.day <= day)?.remaining ?? 0;
}

interface Change {
  readonly day: IsoDate;
  readonly gone: number;
}

function steps(from: IsoDate, total: number, changes: readonly Change[]): RemainingFrom[] {
  let remaining = total;
  const ordered = changes.toSorted((one, other) => compared(one.day, other.day));
  const before = ordered.filter(({ day }) => day <= from).reduce((sum, { gone }) => sum + gone, 0);
  remaining -= before;
  return [
    { day: from, remaining },
    ...ordered.filter(({ day }) => day > from).map(({ day, gone }) => ({ day, remaining: (remaining -= gone) })),
  ];
}
