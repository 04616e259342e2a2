import type { Ledger } from '../../prisma/client.ts';
import { RefusedError } from '../refused-error.ts';

/** A prefix as people write it, in the one form in which it is kept. @throws RefusedError `CodeUnfit` */
export function fitPrefix(words: string): string {
  const wanted = words.normalize('NFKC').trim().toUpperCase();
  if (!/^[\p{L}][\p{L}\d]{0,9}$/u.test(wanted)) {
    throw new RefusedError('CodeUnfit', `“${wanted}”不能作编号前缀：请用 1 至 10 个字母、汉字或数字，以字母或汉字开头`);
  }
  return wanted;
}

/** The prefixes in use on a clock and by which round; a round has more than one where bodies number for themselves. */
export async function takenPrefixes(
  ledger: Pick<Ledger, '$queryRaw'>,
  clockId: string,
): Promise<{ readonly roundId: string; readonly prefix: string }[]> {
  return ledger.$queryRaw`
    SELECT id AS "roundId", "codePrefix" AS prefix FROM "Round" WHERE "clockId" = ${clockId}
    UNION SELECT i."roundId", regexp_replace(i.code, '-[0-9]+$', '') FROM "Issue" i JOIN "Round" r ON r.id = i."roundId"
    WHERE r."clockId" = ${clockId}`;
}
