import type { Ledger } from '../../prisma/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { compared } from '../../workflows/rules/compared.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import { addDays, dayOf, type IsoDate, type IsoInstant, weekdayOf } from '../../workflows/rules/instants.ts';
import { shortRoleNames } from './words.ts';

/** What leaves on a day if nobody does anything before: at most one mail a person. */
export interface ComingDay {
  readonly day: IsoDate;
  readonly mails: number;
  readonly lines: number;
  /** People by the role in which they are written to; who holds two roles counts in both. */
  readonly byRole: readonly { readonly role: string; readonly persons: number; readonly lines: number }[];
}

/** The lines of a round that are planned for a day and written to one role. */
export interface ComingLines {
  readonly roundId: string;
  readonly day: IsoDate;
  /** Empty for an answer to one person. */
  readonly role: keyof typeof shortRoleNames | '';
  readonly lines: number;
  /** Whoever holds the role, each once; null where nobody does. */
  readonly persons: readonly string[] | null;
}

/** From which day, and up to which (inclusive). */
export interface ComingSpan {
  readonly now: IsoInstant;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** What is shown of what comes: from Monday of this week, eight weeks. */
export function comingSpan(now: IsoInstant): ComingSpan {
  const today = dayOf(now);
  const from = addDays(today, -((weekdayOf(today) + 6) % 7));
  return { now, from, to: addDays(from, 8 * 7 - 1) };
}

/**
 * The planned lines of rounds of one clock by day and role; roles are resolved as of now, as the post-office will.
 *
 * @param within a condition on an issue `i`: the lines of which issues count; of all of them when left out
 */
export async function readComingLines(
  ledger: Ledger,
  clockId: string,
  roundIds: readonly string[],
  { now, from, to }: ComingSpan,
  within?: Prisma.Sql,
): Promise<(roundId: string) => readonly ComingLines[]> {
  const ids = [...roundIds];
  const counted =
    within === undefined
      ? Prisma.sql`true`
      : Prisma.sql`(r."issueId" IS NULL OR EXISTS (SELECT FROM "Issue" i WHERE i.id = r."issueId" AND ${within}))`;
  const lines = await ledger.$queryRaw<ComingLines[]>`
    WITH held AS (
      SELECT "roundId", "issueId", role, "personId" FROM "Assignment"
      WHERE "roundId" = ANY(${ids}::text[]) AND ("fromAt" IS NULL OR "fromAt" <= ${now}::timestamptz)
        AND ("untilAt" IS NULL OR "untilAt" > ${now}::timestamptz)
    ), rows AS (
      SELECT r."roundId", r."plannedOn" AS day, r.role, r."issueId", r."personId", count(*) AS lines
      FROM "OutboxRow" r
      WHERE r."clockId" = ${clockId} AND r.waits AND r.state = 'planned' AND r."roundId" = ANY(${ids}::text[])
        AND r."plannedOn" BETWEEN ${fromIsoDate(from)}::date AND ${fromIsoDate(to)}::date
        AND ${counted}
      GROUP BY 1, 2, 3, 4, 5
    ), readers AS (
      SELECT DISTINCT w."roundId", w.day, coalesce(w.role::text, '') AS role,
        coalesce(w."personId", own."personId", wide."personId") AS person
      FROM rows w
      LEFT JOIN held own ON own."issueId" = w."issueId" AND own.role = w.role
      LEFT JOIN held wide ON wide."roundId" = w."roundId" AND wide."issueId" IS NULL AND wide.role = w.role
        AND own."personId" IS NULL
    ), people AS (
      SELECT "roundId", day, role, array_agg(person) FILTER (WHERE person IS NOT NULL) AS persons FROM readers GROUP BY 1, 2, 3
    ), counted AS (
      SELECT "roundId", day, coalesce(role::text, '') AS role, sum(lines)::int AS lines FROM rows GROUP BY 1, 2, 3
    )
    SELECT "roundId", to_char(day, 'YYYY-MM-DD') AS day, role, lines, persons
    FROM counted JOIN people USING ("roundId", day, role)`;
  const byRound = groupBy(lines, ({ roundId }) => roundId);
  return (roundId) => byRound.get(roundId) ?? [];
}

/** The lines of any number of rounds by day: whoever is written to in several gets one mail. */
export function comingDays(lines: readonly ComingLines[]): ComingDay[] {
  const days = [...groupBy(lines, ({ day }) => day)].sort(([one], [other]) => compared(one, other));
  return days.map(([day, those]) => {
    const byRole = groupBy(those, ({ role }) => role);
    return {
      day,
      mails: personsOf(those),
      lines: linesOf(those),
      byRole: (Object.keys(shortRoleNames) as (keyof typeof shortRoleNames)[]).flatMap((role) => {
        const some = byRole.get(role);
        return some === undefined
          ? []
          : [{ role: shortRoleNames[role], persons: personsOf(some), lines: linesOf(some) }];
      }),
    };
  });
}

function personsOf(lines: readonly ComingLines[]): number {
  return new Set(lines.flatMap(({ persons }) => persons ?? [])).size;
}

function linesOf(all: readonly ComingLines[]): number {
  return all.reduce((sum, { lines }) => sum + lines, 0);
}
