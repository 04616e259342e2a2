import type { Ledger } from '../../prisma/client.ts';
import { fromIsoDate, toIsoDate } from '../../prisma/days.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import { shortRoleNames } from './words.ts';

/** What leaves on a day if nobody does anything before: at most one mail a person. */
export interface ComingDay {
  readonly day: IsoDate;
  readonly mails: number;
  readonly lines: number;
  /** People by the role in which they are written to; who holds two roles counts in both. */
  readonly byRole: readonly { readonly role: string; readonly persons: number; readonly lines: number }[];
}

/** Which mails: of a clock's rounds, or of one round, from a day on and no further than another. */
export interface ComingScope {
  readonly clockId: string;
  readonly roundId?: string;
  readonly now: IsoInstant;
  readonly from: IsoDate;
  /** Inclusive. */
  readonly to: IsoDate;
}

/** The planned lines by day and role, counted where they lie; roles are resolved as of now, as the post-office will. */
export async function readComingMails(ledger: Ledger, scope: ComingScope): Promise<ComingDay[]> {
  const { clockId, now } = scope;
  const from = fromIsoDate(scope.from);
  const to = fromIsoDate(scope.to);
  const roundId = scope.roundId ?? null;
  const counted = await ledger.$queryRaw<
    { day: Date; role: keyof typeof shortRoleNames | null; persons: number; lines: number }[]
  >`
    WITH rows AS (
      SELECT r.key, r."plannedOn" AS day, r.role, r."roundId", r."issueId", r."personId"
      FROM "OutboxRow" r
      WHERE r."clockId" = ${clockId} AND r.waits AND r.state = 'planned' AND r."plannedOn" BETWEEN ${from}::date AND ${to}::date
        AND (${roundId}::text IS NULL OR r."roundId" = ${roundId})
    ), held AS (
      SELECT * FROM "Assignment"
      WHERE ("fromAt" IS NULL OR "fromAt" <= ${new Date(now)}::timestamptz)
        AND ("untilAt" IS NULL OR "untilAt" > ${new Date(now)}::timestamptz)
    ), readers AS (
      SELECT w.key, w.day, w.role, coalesce(w."personId", own."personId", wide."personId") AS person
      FROM rows w
      LEFT JOIN held own ON own."issueId" = w."issueId" AND own.role = w.role
      LEFT JOIN held wide ON wide."roundId" = w."roundId" AND wide."issueId" IS NULL AND wide.role = w.role
        AND own."personId" IS NULL
    )
    SELECT day, role, count(DISTINCT person)::int AS persons, count(DISTINCT key)::int AS lines
    FROM readers GROUP BY GROUPING SETS ((day, role), (day)) ORDER BY day, role`;
  return days(counted);
}

function days(
  counted: readonly { day: Date; role: keyof typeof shortRoleNames | null; persons: number; lines: number }[],
): ComingDay[] {
  const byDay = new Map<
    IsoDate,
    { day: IsoDate; mails: number; lines: number; byRole: ComingDay['byRole'][number][] }
  >();
  for (const { day, role, persons, lines } of counted) {
    const iso = toIsoDate(day);
    const one = byDay.get(iso) ?? { day: iso, mails: 0, lines: 0, byRole: [] };
    byDay.set(iso, one);
    // The day's own total has no role and, being the largest, is kept over an answer to one person, which has none either.
    if (role === null) Object.assign(one, { mails: Math.max(one.mails, persons), lines: Math.max(one.lines, lines) });
    else one.byRole.push({ role: shortRoleNames[role], persons, lines });
  }
  return [...byDay.values()];
}
