import type { Ledger } from '../../prisma/client.ts';
import { addDays, dayOf, type IsoDate } from '../../workflows/rules/instants.ts';

/** So long after all that a mail is about has ended, its reply address and its links are still good. */
const daysAfterTheEnd = 30;

/**
 * The last day, inclusive, on which a mail can be answered: some days after the last of the issues and duties that it is
 * about ended; undefined while any goes on, or where it is about none.
 */
export async function answerableUntil(ledger: Ledger, mailId: string): Promise<IsoDate | undefined> {
  const [found] = await ledger.$queryRaw<{ goesOn: boolean | null; endedAt: Date | null }[]>`
    WITH line AS (
      SELECT r.* FROM "Delivery" d JOIN "OutboxRow" r ON r.key = d."rowKey" WHERE d."mailId" = ${mailId}
    ), ended AS (
      SELECT CASE WHEN i.phase IN ('archived', 'withdrawn', 'merged') THEN i."phaseSince" END AS at
      FROM "Issue" i WHERE i.id IN (
        SELECT "issueId" FROM line
        UNION SELECT jsonb_array_elements_text(content->'issueIds') FROM line
          WHERE "issueId" IS NULL AND jsonb_typeof(content->'issueIds') = 'array')
      UNION ALL
      SELECT o."closedAt" FROM (
        SELECT "roundId", "obligationId" FROM line WHERE "issueId" IS NULL
        UNION SELECT listed->>'roundId', listed->>'obligationId' FROM line, jsonb_array_elements(content->'lines') listed
          WHERE jsonb_typeof(content->'lines') = 'array' AND listed->>'issueId' IS NULL
      ) duty JOIN "RoundObligation" o ON o."roundId" = duty."roundId" AND o.id = duty."obligationId"
    ) SELECT bool_or(at IS NULL) AS "goesOn", max(at) AS "endedAt" FROM ended`;
  const endedAt = found?.goesOn === false ? found.endedAt : null;
  return endedAt ? addDays(dayOf(endedAt.toISOString()), daysAfterTheEnd) : undefined;
}
