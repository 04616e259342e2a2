import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { CountedIssues, Lit } from './issue-counts.ts';
import { byToday, countedByColour, type ListedIn, roundsTable } from './issue-filter.ts';

/** Issues that are alike in all that figures tell apart. */
export interface FigureGroup extends CountedIssues {
  readonly roundId: string;
  readonly bodyId: string | null;
  readonly source: string;
  readonly unit: string;
  /** The number of the first of them. */
  readonly first: number;
}

/** Issues of which another unit than their own answers for measures, by the light of what that unit owes. */
export interface OtherUnitGroup extends Lit {
  readonly roundId: string;
  readonly unit: string;
  readonly first: number;
}

/** What the figures of a round are made of, counted by the database. */
export interface RoundFigures {
  readonly groups: readonly FigureGroup[];
  readonly otherUnits: readonly OtherUnitGroup[];
  /** Of the first launched issue; undefined for a draft. */
  readonly rules: { readonly completionRate: Policy['completionRate']; readonly calendar: Calendar } | undefined;
}

/**
 * Counts the issues of these rounds, in three questions however many there are.
 *
 * @param within a condition on an issue `i`: which of them count; all of them when left out
 */
export async function readRoundFigures(
  ledger: Ledger,
  rounds: readonly ListedIn[],
  within = Prisma.sql`true`,
): Promise<(roundId: string) => RoundFigures> {
  const [groups, otherUnits, rules] = await Promise.all([
    readGroups(ledger, rounds, within),
    readOtherUnits(ledger, rounds, within),
    readRules(ledger, rounds),
  ]);
  const [groupsOf, unitsOf] = [groupBy(groups, inRound), groupBy(otherUnits, inRound)];
  return (roundId) => ({
    groups: groupsOf.get(roundId) ?? [],
    otherUnits: unitsOf.get(roundId) ?? [],
    rules: rules.find(({ id }) => id === roundId),
  });
}

function inRound({ roundId }: { readonly roundId: string }): string {
  return roundId;
}

async function readGroups(ledger: Ledger, rounds: readonly ListedIn[], within: Prisma.Sql): Promise<FigureGroup[]> {
  const groups = byToday(rounds, 'some').map(
    ({ today, isThere }) => ledger.$queryRaw<FigureGroup[]>`
      SELECT i."roundId", i."bodyId", i.source, i.unit, i.phase::text AS phase, ${countedByColour(today)},
        count(i."lightIdle")::int AS launched,
        (count(*) FILTER (WHERE i."closedAs" = 'basicallyDone'))::int AS "basicallyDone",
        sum(i.cycle - 1)::int AS rebounds, sum(i."measureCount")::int AS measures, min(i.number) AS first
      FROM "Issue" i WHERE ${isThere} AND ${within} GROUP BY 1, 2, 3, 4, 5 ORDER BY first`,
  );
  return (await Promise.all(groups)).flat();
}

/** Of a unit's measures of one issue the one that is due first decides; on the same day, the one that turns yellow first. */
async function readOtherUnits(
  ledger: Ledger,
  rounds: readonly ListedIn[],
  within: Prisma.Sql,
): Promise<OtherUnitGroup[]> {
  const groups = byToday(rounds, 'some').map(
    ({ today, isThere }) => ledger.$queryRaw<OtherUnitGroup[]>`
      SELECT i."roundId", i.unit, ${countedByColour(today)}, min(i.number) AS first FROM (
        SELECT DISTINCT ON (i.id, m.unit) i."roundId", i.number, m.unit, m."lightIdle", m."yellowFrom", m."redFrom"
        FROM "Issue" i JOIN "Measure" m ON m."issueId" = i.id
        WHERE ${isThere} AND ${within} AND m.unit <> '' AND m.unit <> i.unit AND m."lightIdle" IS NOT NULL
        ORDER BY i.id, m.unit, m."redFrom", m."yellowFrom") AS i
      GROUP BY 1, 2 ORDER BY first`,
  );
  return (await Promise.all(groups)).flat();
}

/** The issues of a round carry the same rules, but for an adoption under way: any of them tells. */
async function readRules(ledger: Ledger, rounds: readonly ListedIn[]) {
  return ledger.$queryRaw<{ id: string; completionRate: Policy['completionRate']; calendar: Calendar }[]>`
    SELECT r.id, i."completionRate", i.calendar FROM ${roundsTable(rounds)} CROSS JOIN LATERAL (
      SELECT terms->'policy'->>'completionRate' AS "completionRate", terms->'calendar' AS calendar
      FROM "Issue" WHERE "roundId" = r.id AND "lightIdle" IS NOT NULL ORDER BY number LIMIT 1) i
    ORDER BY r.place`;
}
