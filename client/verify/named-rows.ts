import type { Ledger } from '../../prisma/client.ts';
import type { Difference } from './differences.ts';

export interface NamedVerified {
  /** How many pieces of evidence and how many notes the events name, each name counted. */
  readonly evidence: number;
  readonly notes: number;
  readonly differences: readonly Difference[];
}

interface Name {
  readonly code: string;
  readonly sequence: number;
  readonly type: string;
  readonly id: string;
  readonly there: boolean;
}

/**
 * Whether what the events of issues name is there: every piece of evidence that was handed in, judged, corrected or
 * approved, and every note, of that issue. Two statements, however many issues.
 */
export async function verifyNamedRows(ledger: Ledger): Promise<NamedVerified> {
  const [evidence, notes] = await Promise.all([namedEvidence(ledger), namedNotes(ledger)]);
  return {
    evidence: evidence.length,
    notes: notes.length,
    differences: [
      ...evidence.filter(({ there }) => !there).map(missing('Evidence')),
      ...notes.filter(({ there }) => !there).map(missing('ProgressNote')),
    ],
  };
}

function namedEvidence(ledger: Ledger): Promise<Name[]> {
  return ledger.$queryRaw<Name[]>`
    SELECT issue.code, named.sequence, named.type, named.id, piece.id IS NOT NULL AS there
    FROM (
      SELECT "issueId", sequence, type, jsonb_array_elements(detail->'evidence')->>'evidenceId' AS id
        FROM "IssueEvent" WHERE type = 'evidenceReceived'
      UNION ALL SELECT "issueId", sequence, type, jsonb_array_elements_text((detail->'accepted') || (detail->'returned'))
        FROM "IssueEvent" WHERE type = 'evidenceJudged'
      UNION ALL SELECT "issueId", sequence, type, jsonb_array_elements_text(detail->'acceptedEvidence')
        FROM "IssueEvent" WHERE type IN ('closureLevelApproved', 'closureApproved')
      UNION ALL SELECT "issueId", sequence, type, detail->>'evidenceId'
        FROM "IssueEvent" WHERE type = 'evidenceCorrected'
    ) named
    JOIN "Issue" issue ON issue.id = named."issueId"
    LEFT JOIN "Evidence" piece ON piece.id = named.id AND piece."issueId" = named."issueId"
    ORDER BY issue."roundId", issue.number, named.sequence, named.id`;
}

function namedNotes(ledger: Ledger): Promise<Name[]> {
  return ledger.$queryRaw<Name[]>`
    SELECT issue.code, event.sequence, event.type, event.detail->>'noteId' AS id, note.id IS NOT NULL AS there
    FROM "IssueEvent" event
    JOIN "Issue" issue ON issue.id = event."issueId"
    LEFT JOIN "ProgressNote" note ON note.id = event.detail->>'noteId' AND note."issueId" = event."issueId"
    WHERE event.detail ? 'noteId'
    ORDER BY issue."roundId", issue.number, event.sequence`;
}

function missing(table: 'Evidence' | 'ProgressNote'): (name: Name) => Difference {
  return ({ code, sequence, type, id }) => ({
    row: `${table} ${code}/${id}`,
    field: 'row',
    stored: '无',
    replayed: `第${String(sequence)}号记录（${type}）提到它`,
  });
}
