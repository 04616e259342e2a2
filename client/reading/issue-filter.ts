import { conditionOfSight, everything, issuesInSight, roundsInSight, type Sight } from '../access/sight.ts';
import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { IssuePhase } from '../../workflows/rules/events.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import type { Light } from '../../workflows/rules/lights.ts';
import { readClocks } from './clocks.ts';

/** Which issues a list shows. */
export interface IssueFilter {
  readonly roundId?: string | undefined;
  readonly phase?: IssuePhase | undefined;
  readonly light?: Light['colour'] | undefined;
  /** Sought in code, title, unit and the notice's words. */
  readonly text?: string | undefined;
  /** Of issues it answers for, or for a measure of. */
  readonly unit?: string | undefined;
  readonly bodyIds?: readonly string[] | undefined;
  readonly source?: string | undefined;
  /** What whoever asks may see; all of it when left out. */
  readonly sight?: Sight | undefined;
}

/** A round whose issues are listed, with what its clock shows. */
export interface ListedIn {
  readonly id: string;
  readonly now: IsoInstant;
  readonly today: IsoDate;
}

/** The rounds whose issues a filter can show, in the order in which lists show them. */
export async function roundsListed(ledger: Ledger, { roundId, sight = everything }: IssueFilter): Promise<ListedIn[]> {
  const [clocks, rounds] = await Promise.all([
    readClocks(ledger),
    ledger.round.findMany({
      where: { AND: [roundId === undefined ? {} : { id: roundId }, roundsInSight(sight)] },
      select: { id: true, clockId: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
  ]);
  return rounds.map(({ id, clockId }) => {
    const now = clocks.now(clockId);
    return { id, now, today: dayOf(now) };
  });
}

/** The rounds of each day that clocks show: those of one day are counted together, and all of them without being named. */
export function byToday(rounds: readonly ListedIn[], which: 'all' | 'some'): { today: IsoDate; isThere: Prisma.Sql }[] {
  const days = [...groupBy(rounds, ({ today }) => today)];
  return days.map(([today, those]) => ({
    today,
    isThere:
      which === 'all' && days.length === 1
        ? Prisma.sql`true`
        : Prisma.sql`i."roundId" = ANY(${those.map(({ id }) => id)}::text[])`,
  }));
}

/** How many of a group of issues `i` are red, yellow or green on a day; the others have no light. */
export function countedByColour(today: IsoDate): Prisma.Sql {
  return Prisma.sql`(count(*) FILTER (WHERE i."redFrom" <= ${today}::date))::int AS red,
    (count(*) FILTER (WHERE i."yellowFrom" <= ${today}::date AND i."redFrom" > ${today}::date))::int AS yellow,
    (count(*) FILTER (WHERE i."yellowFrom" > ${today}::date OR i."redFrom" IS NULL AND i."lightIdle" = 'green'))::int AS green,
    count(*)::int AS issues`;
}

/** A table `r` of rounds with what their clocks show as `today`, and their place from 1. */
export function roundsTable(rounds: readonly ListedIn[]): Prisma.Sql {
  const ids = rounds.map(({ id }) => id);
  const days = rounds.map(({ today }) => today);
  return Prisma.sql`unnest(${ids}::text[], ${days}::date[]) WITH ORDINALITY AS r(id, today, place)`;
}

/** The colour that `colourOn` of the rules gives an issue `i` on `r.today`. */
export const colour = Prisma.sql`CASE WHEN i."redFrom" <= r.today THEN 'red' WHEN i."yellowFrom" <= r.today THEN 'yellow'
  WHEN i."redFrom" IS NOT NULL THEN 'green' ELSE coalesce(i."lightIdle"::text, 'none') END`;

/** As `colour`, so that an index can be asked for it. */
const hasColour: Readonly<Record<Light['colour'], Prisma.Sql>> = {
  red: Prisma.sql`i."redFrom" <= r.today`,
  yellow: Prisma.sql`i."yellowFrom" <= r.today AND i."redFrom" > r.today`,
  green: Prisma.sql`(i."yellowFrom" > r.today OR i."redFrom" IS NULL AND i."lightIdle" = 'green')`,
  none: Prisma.sql`i."redFrom" IS NULL AND i."lightIdle" IS DISTINCT FROM 'green'`,
};

/** What an issue `i` of a round `r` must be to fit the filter; what is sought is looked for apart. */
export function fits(filter: IssueFilter): Prisma.Sql[] {
  const { light, phase } = filter;
  return [
    Prisma.sql`i."roundId" = r.id`,
    ...fitsBeside(filter),
    ...(light === undefined ? [] : [hasColour[light]]),
    ...(phase === undefined ? [] : [Prisma.sql`i.phase = ${phase}::"IssuePhase"`]),
  ];
}

/** What an issue `i` must be to fit the filter, whatever its round, light, phase and words. */
export function fitsBeside({ unit, bodyIds, source, sight = everything }: IssueFilter): Prisma.Sql[] {
  const seen = conditionOfSight(sight)?.condition;
  return [
    ...(seen === undefined ? [] : [seen]),
    ...(unit === undefined ? [] : [ofUnit(unit)]),
    ...(bodyIds === undefined ? [] : [Prisma.sql`i."bodyId" = ANY(${[...bodyIds]}::text[])`]),
    ...(source === undefined ? [] : [Prisma.sql`i.source = ${source}`]),
  ];
}

/** All that a list could show without a filter. */
export function listable({ roundId, sight = everything }: IssueFilter): Prisma.IssueWhereInput {
  return { AND: [roundId === undefined ? {} : { roundId }, issuesInSight(sight)] };
}

function ofUnit(unit: string): Prisma.Sql {
  return Prisma.sql`(i.unit = ${unit} OR i.id IN (SELECT "issueId" FROM "Measure" WHERE unit <> '' AND unit = ${unit}))`;
}

/** Every one of these conditions. */
export function all(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join([...conditions], ' AND ');
}
