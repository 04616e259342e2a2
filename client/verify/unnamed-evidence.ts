import type { Ledger } from '../../prisma/client.ts';
import type { Difference } from './differences.ts';

/** Why a piece of evidence that no event names ought to be named by one. */
type Fault = 'noMail' | 'notInAnswer' | 'notRecorded' | 'leftOut' | 'untold';

const faults: Readonly<Record<Fault, string>> = {
  noMail: '没有它所说的来信，也没有一条记录提到它',
  notInAnswer: '它所说的来信没有答复这个问题，也没有一条记录提到它',
  notRecorded: '没有一条记录提到它，也查不到是谁代录的',
  leftOut: '同一次交来的其他材料有记录，没有提到它',
  untold: '责任人交来的，没有一条记录提到它',
};

/**
 * The pieces of evidence that no event names and that ought to be named. Kept without an event are: what came in a mail that
 * is still being handled; what somebody other than the handler sent; what came when the issue had ended; and, for some
 * minutes, what the office has just entered.
 */
export async function unnamedEvidence(ledger: Ledger): Promise<Difference[]> {
  const pieces = await ledger.$queryRaw<{ code: string; id: string; fault: Fault }[]>`
    SELECT * FROM (
      SELECT issue.code, piece.id, issue."roundId", issue.number, CASE
        WHEN piece."incomingMailId" IS NULL THEN CASE
          WHEN note.id IS NULL THEN 'notRecorded'
          WHEN EXISTS (SELECT 1 FROM "IssueEvent" event WHERE event."issueId" = issue.id
            AND event.type = 'evidenceReceived' AND event.detail->>'noteId' = note.id) THEN 'leftOut'
          WHEN issue.phase IN ('archived', 'withdrawn', 'merged')
            AND piece."receivedAt" >= issue."phaseSince" - interval '5 minutes' THEN NULL
          WHEN piece."receivedAt" BETWEEN coalesce(drill.now, now()) - interval '5 minutes' AND coalesce(drill.now, now())
            THEN NULL
          WHEN EXISTS (SELECT 1 FROM "Assignment" held WHERE held.role = 'handler'
            AND held."personId" = piece."personId" AND held."roundId" = issue."roundId"
            AND (held."issueId" = issue.id OR held."issueId" IS NULL AND (held."bodyId" IS NULL OR held."bodyId" = issue."bodyId"))
            AND (held."fromAt" IS NULL OR held."fromAt" <= piece."receivedAt")
            AND (held."untilAt" IS NULL OR held."untilAt" > piece."receivedAt")) THEN 'untold' END
        WHEN mail.id IS NULL THEN 'noMail'
        WHEN mail.state = 'stored' THEN NULL
        WHEN NOT coalesce(mail.verdict->'items' @> jsonb_build_array(jsonb_build_object('issueId', issue.id)), false)
          THEN 'notInAnswer'
        WHEN EXISTS (SELECT 1 FROM "IssueEvent" event WHERE event."issueId" = issue.id
          AND event.type = 'evidenceReceived' AND event.source = mail.id) THEN 'leftOut'
        END AS fault
      FROM "Evidence" piece
      JOIN "Issue" issue ON issue.id = piece."issueId"
      JOIN "Round" round ON round.id = issue."roundId"
      LEFT JOIN "Drill" drill ON drill.id = round."clockId"
      LEFT JOIN "IncomingMail" mail ON mail.id = piece."incomingMailId"
      LEFT JOIN "ProgressNote" note ON note."issueId" = piece."issueId" AND note."recordedBy" IS NOT NULL
        AND note.id = 'note-' || substring(piece.id FROM '^recorded-(.*)-[0-9]+$')
      LEFT JOIN (
        SELECT "issueId", jsonb_array_elements(detail->'evidence')->>'evidenceId' AS id
        FROM "IssueEvent" WHERE type = 'evidenceReceived'
      ) named ON named.id = piece.id AND named."issueId" = piece."issueId"
      WHERE named.id IS NULL
    ) unnamed
    WHERE fault IS NOT NULL
    ORDER BY "roundId", number, id`;
  return pieces.map(({ code, id, fault }) => ({
    row: `Evidence ${code}/${id}`,
    field: 'row',
    stored: '有',
    replayed: faults[fault],
  }));
}
