import { conditionOfSight, everything } from '../access/sight.ts';
import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { IssuePhase } from '../../workflows/rules/events.ts';
import { RefusedError } from '../refused-error.ts';
import { colours, type LightCounts, lightsIn, noLights, noPhases, type PhaseCounts } from './issue-counts.ts';
import {
  all,
  byToday,
  countedByColour,
  fits,
  fitsBeside,
  listable,
  type IssueFilter,
  type ListedIn,
  roundsListed,
  roundsTable,
} from './issue-filter.ts';
import { type IssueRow, readIssueRows } from './issue-rows.ts';
import { type SoughtIssues, soughtIssues } from './sought-issues.ts';

/** Where a page of a list begins: after an issue, or so that it ends before one. */
export interface PageKey {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  /** How many issues a page shows at the most. */
  readonly limit?: number | undefined;
}

/** Some of the issues that fit a filter, in the order of their rounds and numbers, and how many there are. */
export interface IssuePage {
  readonly rows: readonly IssueRow[];
  readonly counts: IssueListCounts;
  /** Where the pages beside it begin; undefined at either end. */
  readonly previous: PageKey | undefined;
  readonly next: PageKey | undefined;
}

export interface IssueListCounts {
  /** All that the list could show without a filter. */
  readonly of: number;
  readonly matching: number;
  /** By light, of those of the phase that the filter names; and the other way round. */
  readonly lights: LightCounts;
  readonly phases: PhaseCounts;
}

const rowsOfAPage = 50;
const rowsAtATime = 200;

/**
 * One page of the list.
 *
 * @throws RefusedError `UnknownIssue` when the page's key is no issue of the list's rounds
 */
export async function readIssuePage(ledger: Ledger, filter: IssueFilter, key: PageKey = {}): Promise<IssuePage> {
  const rounds = await roundsListed(ledger, filter);
  const list = { ledger, rounds, filter, sought: await soughtIssues(ledger, filter.text) };
  const [found, counts] = await Promise.all([idsOfPage(list, key), readCounts(list)]);
  const { ids, more } = found;
  const [first, last] = [ids[0], ids.at(-1)];
  const goesBack = key.before !== undefined;
  const hasPrevious = goesBack ? more === 'more' : key.after !== undefined;
  const hasNext = goesBack || more === 'more';
  return {
    rows: await readIssueRows(ledger, rounds, ids),
    counts,
    previous: hasPrevious && first !== undefined ? { before: first } : undefined,
    next: hasNext && last !== undefined ? { after: last } : undefined,
  };
}

/** The issues that follow one, at most so many; all of them without a limit, read page by page. */
export async function readIssueList(
  ledger: Ledger,
  filter: IssueFilter = {},
  { after, limit = Infinity }: Omit<PageKey, 'before'> = {},
): Promise<IssueRow[]> {
  const rounds = await roundsListed(ledger, filter);
  const list = { ledger, rounds, filter, sought: await soughtIssues(ledger, filter.text) };
  const rows: IssueRow[] = [];
  for (let from = after; ;) {
    const size = Math.min(rowsAtATime, limit - rows.length);
    const { ids, more } = await idsOfPage(list, { after: from, limit: size });
    rows.push(...(await readIssueRows(ledger, rounds, ids)));
    from = ids.at(-1);
    if (more === 'none' || rows.length >= limit) return rows;
  }
}

interface List {
  readonly ledger: Ledger;
  readonly rounds: readonly ListedIn[];
  readonly filter: IssueFilter;
  readonly sought: SoughtIssues | undefined;
}

/** The page's issues in the list's order, and whether more lie beyond it in the direction it was read. */
async function idsOfPage(
  { ledger, rounds, filter, sought }: List,
  { after, before, limit = rowsOfAPage }: PageKey,
): Promise<{ ids: string[]; more: 'more' | 'none' }> {
  const goesBack = before !== undefined;
  const ordered = goesBack ? rounds.toReversed() : rounds;
  const key = before ?? after;
  const from = key === undefined ? undefined : await placeOf(ledger, rounds, key);
  const within = from === undefined ? ordered : ordered.slice(ordered.findIndex(({ id }) => id === from.roundId));
  // In the round of the key its number bounds the page; the rounds that follow are read from their beginning.
  const beyond =
    from === undefined
      ? Prisma.sql`true`
      : goesBack
        ? Prisma.sql`(r.place > 1 OR i.number < ${from.number})`
        : Prisma.sql`i.number > CASE WHEN r.place = 1 THEN ${from.number}::int ELSE 0 END`;
  const order = Prisma.raw(goesBack ? 'DESC' : 'ASC');
  const fitting = all([...fits(filter), ...(sought === undefined ? [] : [sought.condition]), beyond]);
  // Round by round, so that each is read in the order of its numbers until the page is full; a few are sorted.
  const issues =
    sought?.are === 'few' || conditionOfSight(filter.sight ?? everything)?.are === 'few'
      ? Prisma.sql`JOIN "Issue" i ON ${fitting}`
      : Prisma.sql`CROSS JOIN LATERAL (
          SELECT i.id, i.number FROM "Issue" i WHERE ${fitting} ORDER BY i.number ${order} LIMIT ${limit + 1}) i`;
  const found = await ledger.$queryRaw<{ id: string }[]>`
    SELECT i.id FROM ${roundsTable(within)} ${issues} ORDER BY r.place, i.number ${order} LIMIT ${limit + 1}`;
  const ids = found.slice(0, limit).map(({ id }) => id);
  return { ids: goesBack ? ids.reverse() : ids, more: found.length > limit ? 'more' : 'none' };
}

async function placeOf(ledger: Ledger, rounds: readonly ListedIn[], id: string) {
  const issue = await ledger.issue.findUnique({ where: { id }, select: { roundId: true, number: true } });
  if (issue === null || rounds.every((round) => round.id !== issue.roundId))
    throw new RefusedError('UnknownIssue', '这一页从哪个问题接着列，已经查不到了，请从头看列表。');
  return issue;
}

async function readCounts({ ledger, rounds, filter, sought }: List): Promise<IssueListCounts> {
  const words = sought?.are === 'many' ? sought.conditionOfAll : sought?.condition;
  const beside = [...fitsBeside(filter), ...(words === undefined ? [] : [words])];
  const days = byToday(rounds, filter.roundId === undefined && filter.sight === undefined ? 'all' : 'some');
  const [groups, of] = await Promise.all([
    Promise.all(
      days.map(
        ({ today, isThere }) =>
          ledger.$queryRaw<(Record<'red' | 'yellow' | 'green' | 'issues', number> & { phase: IssuePhase })[]>`
            SELECT i.phase::text AS phase, ${countedByColour(today)} FROM "Issue" i
            WHERE ${all([isThere, ...beside])} GROUP BY i.phase`,
      ),
    ),
    beside.length === 0 ? undefined : ledger.issue.count({ where: listable(filter) }),
  ]);
  const lights = noLights();
  const phases = noPhases();
  for (const { phase, ...counted } of groups.flat()) {
    const byColour = lightsIn(counted);
    phases[phase] += filter.light === undefined ? counted.issues : byColour[filter.light];
    if (filter.phase !== undefined && filter.phase !== phase) continue;
    for (const colour of colours) lights[colour] += byColour[colour];
  }
  const sumOf = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, one) => sum + one, 0);
  return {
    of: of ?? groups.flat().reduce((sum, { issues }) => sum + issues, 0),
    matching: filter.light === undefined ? sumOf(lights) : lights[filter.light],
    lights,
    phases,
  };
}
