import type { Ledger } from '../../prisma/client.ts';
import type { HandedIn } from '../../workflows/rules/events.ts';
import { RefusedError } from '../refused-error.ts';
import { readSignatures } from './signatures.ts';

/**
 * Who handed in a piece of evidence in the issue's present cycle, and who entered it for him, by the event with which it
 * came and what has been corrected since.
 *
 * @throws RefusedError `UnknownEvidence` when it is no piece of this issue and cycle
 */
export async function handedInBy(ledger: Ledger, issueId: string, evidenceId: string): Promise<HandedIn> {
  const [event] = await ledger.$queryRaw<
    { sequence: number; by: string | null; recordedBy: string | null; onBehalfOf: string | null }[]
  >`
    SELECT e.sequence, e.by, e."recordedBy", e."onBehalfOf" FROM "IssueEvent" e
    JOIN "Issue" i ON i.id = e."issueId" AND i.cycle = e.cycle
    JOIN "Evidence" piece ON piece.id = ${evidenceId} AND piece."issueId" = i.id
    WHERE i.id = ${issueId} AND e.type = 'evidenceReceived'
      AND e.detail->'evidence' @> jsonb_build_array(jsonb_build_object('evidenceId', ${evidenceId}::text))
    ORDER BY e.sequence LIMIT 1`;
  if (event === undefined) throw new RefusedError('UnknownEvidence', '没有这件佐证，或它属于已结束的整改');
  const { by, recordedBy, onBehalfOf } = event;
  const recorded = recordedBy !== null && { recordedBy };
  const signed = (await readSignatures(ledger, issueId)).get(event.sequence);
  if (signed === undefined) return { by, ...recorded, ...(onBehalfOf !== null && { onBehalfOf }) };
  const { personId, standsInFor, correctedBy } = signed;
  return { by: personId, ...recorded, ...(standsInFor !== undefined && { onBehalfOf: standsInFor }), correctedBy };
}
