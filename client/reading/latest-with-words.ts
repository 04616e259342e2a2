import { Prisma } from '../../prisma/generated/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { bySomePairs, wholly } from './sought-words.ts';

/** Where a further page of hits begins: behind the last one shown. */
export interface HitKey {
  readonly at: IsoInstant;
  readonly id: string;
}

export interface HitPage {
  readonly most: number;
  readonly after?: HitKey | undefined;
}

const lookedThrough = 2_000;

/** A table of the ledger, as SQL names it. */
interface Searched {
  readonly table: string;
  /** The column of its time, by which the latest are found. */
  readonly at: string;
  /** The expression as the table's index has it. */
  readonly text: string;
}

/**
 * The latest rows that hold the words. A common word fills the page from the latest rows, which are looked through first;
 * else the index is asked, which for a common one would give almost all.
 */
export async function latestWithWords<Row>(
  { table, at, text }: Searched,
  words: readonly string[],
  { most, after }: HitPage,
  read: (found: Prisma.Sql) => Promise<Row[]>,
): Promise<Row[]> {
  const rows = Prisma.raw(`"${table}"`);
  const key = Prisma.raw(`("${at}", id)`);
  const sought = Prisma.raw(text);
  const behind = after === undefined ? Prisma.sql`true` : Prisma.sql`${key} < (${after.at}::timestamptz, ${after.id})`;
  const holds = wholly(Prisma.sql`lower(${sought})`, words);
  const order = Prisma.raw(`"${at}" DESC, id DESC`);
  const near = await read(
    Prisma.sql`SELECT * FROM (SELECT * FROM ${rows} WHERE ${behind} ORDER BY ${order} LIMIT ${lookedThrough}) AS near WHERE ${holds}`,
  );
  if (near.length > most) return near;
  return read(Prisma.sql`SELECT * FROM ${rows} WHERE ${behind} AND ${holds} ${bySomePairs(sought, words)}`);
}
