import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';

const mostWords = 8;

/** The words that somebody looks for: in lower case, each once; more than eight are left out. */
export function soughtIn(text: string): string[] {
  const words = text.toLowerCase().split(/\s+/u);
  return [...new Set(words.filter((word) => word !== ''))].slice(0, mostWords);
}

/** Whether each of the words stands in the text, which is in lower case. */
export function wholly(lower: Prisma.Sql, words: readonly string[]): Prisma.Sql {
  return Prisma.join(
    words.map((word) => Prisma.sql`${lower} LIKE ${`%${escaped(word)}%`}`),
    ' AND ',
  );
}

/**
 * What lets a bigram index find the rows, to stand behind `wholly`: nothing for single characters, which have no pairs.
 *
 * @param indexed the expression as the index has it (`prisma/migrations`)
 */
export function bySomePairs(indexed: Prisma.Sql, words: readonly string[]): Prisma.Sql {
  const isPaired = words.some((word) => word.length > 1);
  return isPaired ? Prisma.sql`AND bigrams(${indexed}) @> bigrams(${words.join('\n')})` : Prisma.empty;
}

const mostFew = 500;

/**
 * Whether so many rows of a table hold the words' pairs that a page of them is soon full when they are read in order; the
 * index is then of no use. Single characters are taken for common.
 */
export async function areCommon(
  ledger: Pick<Ledger, '$queryRaw'>,
  { table, indexed }: { readonly table: Prisma.Sql; readonly indexed: Prisma.Sql },
  words: readonly string[],
): Promise<'common' | 'rare'> {
  if (words.every((word) => word.length === 1)) return 'common';
  const [found] = await ledger.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM ${table} WHERE true ${bySomePairs(indexed, words)} LIMIT ${mostFew + 1}) AS hits`;
  return (found?.count ?? 0) > mostFew ? 'common' : 'rare';
}

/** A pattern in which only the words' own characters count. */
export function escaped(word: string): string {
  return word.replaceAll(/[\\%_]/gu, String.raw`\$&`);
}

const before = 20;
const excerptLength = 90;

/** Some words of a text around the first place where one that is sought stands; from its beginning where none does. */
export function excerptOf(text: string, words: readonly string[]): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  const lower = line.toLowerCase();
  const places = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
  const from = Math.max(0, Math.min(...places, line.length) - before);
  const start = places.length === 0 ? 0 : from;
  const end = start + excerptLength;
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}

/** A text in pieces, every second of them one of the words: to be marked. */
export function piecesOf(text: string, words: readonly string[]): string[] {
  if (words.length === 0) return [text];
  const longestFirst = [...words].sort((one, other) => other.length - one.length);
  const pattern = longestFirst.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)).join('|');
  return text.split(new RegExp(`(${pattern})`, 'giu'));
}
