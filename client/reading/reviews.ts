import { conditionOfTurn, type Sight } from '../access/sight.ts';
import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { closureLevelsOf } from '../../workflows/rules/policy-parts.ts';
import { readClocks } from './clocks.ts';
import type { Duty } from './duties.ts';
import { type Stored, storedIssue } from './stored.ts';

/** What may wait for a reviewer: a closure at his level, a look-back that is due, or one that is still to come. */
export type ReviewKind = 'closure' | 'lookBack' | 'coming';

/** Something that waits; of a look-back to come, `dueOn` is the day from which it is to be made. */
export interface WaitingReview extends Duty {
  readonly kind: ReviewKind;
}

/** A page of all that waits, by the day it is due. */
export interface ReviewList {
  readonly rows: readonly WaitingReview[];
  readonly counts: Readonly<Record<ReviewKind, number>>;
  /** Where the next page begins; undefined at the end. */
  readonly next: string | undefined;
}

interface Asked {
  readonly sight: Sight;
  /** A drill to look at alone. */
  readonly drillId?: string | undefined;
  /** `next` of the page before; anything else begins at the beginning. */
  readonly after?: string | undefined;
  readonly limit?: number;
}

const rowsOfAPage = 50;

/**
 * Everything that waits for somebody's decision or look-back, over all rounds in his sight. The supervision office, as in its
 * duties, has the closures whose turn is its own and all look-backs; in a drill, where one of its people is chosen, all of both.
 */
export async function readReviews(
  ledger: Ledger,
  { sight, drillId, after, limit = rowsOfAPage }: Asked,
): Promise<ReviewList> {
  const waiting = Prisma.sql`FROM (${closures} UNION ALL ${coming}) o
    JOIN "Issue" i ON i.id = o."issueId" JOIN "Round" r ON r.id = i."roundId" WHERE ${within(sight, drillId)}`;
  const key = keyOf(after);
  const beyond =
    key === undefined
      ? Prisma.sql`true`
      : Prisma.sql`(o."on", o."issueId", o.id) > (${key.on}::date, ${key.issueId}, ${key.id})`;
  const [found, counted] = await Promise.all([
    ledger.$queryRaw<Found[]>`
      SELECT o.list, o.id, o."issueId", o."on"::text AS "on" ${waiting} AND ${beyond}
      ORDER BY o."on", o."issueId", o.id LIMIT ${limit + 1}`,
    ledger.$queryRaw<{ list: ReviewKind; count: number }[]>`
      SELECT o.list, count(*)::int AS count ${waiting} GROUP BY o.list`,
  ]);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const count = (list: ReviewKind) => counted.find((one) => one.list === list)?.count ?? 0;
  return {
    rows: await rowsOf(ledger, shown),
    counts: { closure: count('closure'), lookBack: count('lookBack'), coming: count('coming') },
    next: found.length > limit && last !== undefined ? [last.on, last.issueId, last.id].join('~') : undefined,
  };
}

interface Found {
  readonly list: ReviewKind;
  /** Of the obligation. */
  readonly id: string;
  readonly issueId: string;
  readonly on: IsoDate;
}

const closures = Prisma.sql`SELECT CASE kind WHEN 'lookBack' THEN 'lookBack' ELSE 'closure' END AS list, id, "issueId", role,
  "dueOn" AS "on" FROM "Obligation" WHERE "closedAt" IS NULL AND kind IN ('closureDecision', 'lookBack')`;

/** A closed issue is looked at again on the day its look-back opens; an office's clock is Beijing's. */
const coming = Prisma.sql`SELECT 'coming' AS list, '' AS id, c.id AS "issueId", 'reviewer'::"Role" AS role,
  (c."lookAgainAt" AT TIME ZONE 'Asia/Shanghai')::date AS "on" FROM "Issue" c
  WHERE c.phase = 'lookBack' AND c."lookAgainAt" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "Obligation" due
    WHERE due."issueId" = c.id AND due.kind = 'lookBack' AND due."closedAt" IS NULL)`;

function within({ real, drills }: Sight, drillId: string | undefined): Prisma.Sql {
  const ofDrills = drills === 'all' ? Prisma.sql`r."clockId" <> 'real'` : Prisma.sql`false`;
  if (drillId !== undefined) return Prisma.sql`${ofDrills} AND r."clockId" = ${drillId}`;
  if (real === 'none') return ofDrills;
  const turn = real === 'all' ? Prisma.sql`(o.role = 'office' OR o.list <> 'closure')` : conditionOfTurn(real);
  return Prisma.sql`(${ofDrills} OR (r."clockId" = 'real' AND ${turn}))`;
}

function keyOf(after: string | undefined): Pick<Found, 'on' | 'issueId' | 'id'> | undefined {
  const [on, issueId, id] = after?.split('~') ?? [];
  if (on === undefined || issueId === undefined || id === undefined || !/^\d{4}-\d\d-\d\d$/.test(on)) return undefined;
  return Number.isNaN(Date.parse(on)) ? undefined : { on, issueId, id };
}

async function rowsOf(ledger: Ledger, found: readonly Found[]): Promise<WaitingReview[]> {
  const [issues, clocks] = await Promise.all([
    ledger.issue.findMany({
      where: { id: { in: found.map(({ issueId }) => issueId) } },
      select: {
        ...{ id: true, code: true, title: true, unit: true, terms: true, progress: true },
        round: { select: { name: true, clockId: true } },
      },
    }),
    readClocks(ledger),
  ]);
  const byId = new Map(issues.map((issue) => [issue.id, issue]));
  return found.flatMap(({ list, issueId, on }): WaitingReview[] => {
    const issue = byId.get(issueId);
    const stored = issue && storedIssue(issue);
    if (issue === undefined || stored === undefined) return [];
    const { code, title, unit, round } = issue;
    const today = clocks.today(round.clockId);
    const bits = [levelOf(list, issue), unit, round.name].filter((bit) => bit !== '');
    const isOverdue = list !== 'coming' && on < today ? 'yes' : 'no';
    const workdaysLeft = workdaysBetween(stored.terms.calendar, today, on);
    return [{ ...{ kind: list, issueId, code, title, what: title, bits, dueOn: on, workdaysLeft, isOverdue } }];
  });
}

/** `销号，共2级，现第2级`. */
function levelOf(list: ReviewKind, issue: Stored): string {
  if (list !== 'closure') return list === 'coming' ? '回头看，还没到日子' : '回头看';
  const { terms, progress } = storedIssue(issue)!;
  const levels = closureLevelsOf(terms).length;
  const level = (progress.closure?.approvals?.length ?? 0) + 1;
  return levels < 2 ? '销号' : `销号，共${String(levels)}级，现第${String(level)}级`;
}
