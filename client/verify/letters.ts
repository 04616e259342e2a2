import type { Ledger } from '../../prisma/client.ts';
import type { Difference } from './differences.ts';

/**
 * Whether every letter (函件) follows from a decision on record: from a proposal's that was accepted, or from a supervision
 * batch that was issued or corrected.
 */
export async function verifyLetters(ledger: Ledger): Promise<{ letters: number; differences: Difference[] }> {
  const [letters, undecided] = await Promise.all([ledger.issuedLetter.count(), undecidedLetters(ledger)]);
  return { letters, differences: undecided };
}

async function undecidedLetters(ledger: Ledger): Promise<Difference[]> {
  const letters = await ledger.$queryRaw<{ id: string; number: number; round: string; issueId: string | null }[]>`
    SELECT letter.id, letter.number, letter."issueId", round.name AS round
    FROM "IssuedLetter" letter
    JOIN "Round" round ON round.id = letter."roundId"
    LEFT JOIN (
      SELECT issue."roundId", issue.id AS "issueId", 'letter/' || issue.id || '/' || event.sequence AS id
        FROM "IssueEvent" event JOIN "Issue" issue ON issue.id = event."issueId"
        WHERE event.type = 'proposalDecided' AND event.detail->>'decision' = 'accepted'
      UNION ALL
      SELECT "roundId", NULL, 'letter/' || "roundId" || '/batch-' || (detail->>'number') || '/' || unit
        FROM "RoundEvent" CROSS JOIN generate_series(1, jsonb_array_length(detail->'units')) AS unit
        WHERE type = 'batchIssued'
      UNION ALL
      SELECT "roundId", NULL,
          'letter/' || "roundId" || '/batch-' || (detail->>'number') || '-correction-' || sequence || '/' || unit
        FROM "RoundEvent" CROSS JOIN generate_series(1, jsonb_array_length(detail->'asks')) AS unit
        WHERE type = 'batchCorrected'
    ) decided ON decided.id = letter.id AND decided."roundId" = letter."roundId"
      AND decided."issueId" IS NOT DISTINCT FROM letter."issueId"
    WHERE decided.id IS NULL
    ORDER BY letter."roundId", letter.number`;
  return letters.map(({ id, number, round, issueId }) => ({
    row: `IssuedLetter ${round}/${String(number)}（${id}）`,
    field: 'row',
    stored: '有',
    replayed: issueId === null ? '没有下发或更正这一督办批次的记录' : '没有同意这项提请的记录',
  }));
}
