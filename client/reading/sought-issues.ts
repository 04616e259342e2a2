import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { areCommon, bySomePairs, escaped, soughtIn, wholly } from './sought-words.ts';

/**
 * The issues that hold the words, as conditions on an issue `i`. A few are named by their ids; of many it is asked issue by
 * issue, which is quicker where a page of them is soon full.
 */
export type SoughtIssues =
  | { readonly are: 'few'; readonly condition: Prisma.Sql }
  | { readonly are: 'many'; readonly condition: Prisma.Sql; readonly conditionOfAll: Prisma.Sql };

const indexed = { table: Prisma.raw('"IssueWords" w'), indexed: Prisma.raw('w.words') };

/** Undefined where nothing is sought. The words may stand in code, title, unit or text, or in the unit of a measure. */
export async function soughtIssues(ledger: Ledger, text: string | undefined): Promise<SoughtIssues | undefined> {
  const words = soughtIn(text ?? '');
  if (words.length === 0) return undefined;
  const named = words.map((word) => Prisma.sql`unit ILIKE ${`%${escaped(word)}%`}`);
  const ofMeasures = Prisma.sql`SELECT "issueId" FROM "Measure" WHERE unit <> '' AND ${Prisma.join(named, ' AND ')}`;
  const ofWords = Prisma.sql`SELECT w."issueId" FROM "IssueWords" w WHERE ${wholly(indexed.indexed, words)}`;
  if ((await areCommon(ledger, indexed, words)) === 'rare') {
    const found = await ledger.$queryRaw<{ issueId: string }[]>`
      ${ofWords} ${bySomePairs(indexed.indexed, words)} UNION ${ofMeasures}`;
    return { are: 'few', condition: Prisma.sql`i.id = ANY(${found.map(({ issueId }) => issueId)}::text[])` };
  }
  const own = Prisma.raw('(SELECT w.words FROM "IssueWords" w WHERE w."issueId" = i.id)');
  return {
    are: 'many',
    condition: Prisma.sql`(${wholly(own, words)} OR i.id IN (${ofMeasures}))`,
    conditionOfAll: Prisma.sql`i.id IN (${ofWords} UNION ALL ${ofMeasures})`,
  };
}
