import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { loadRound } from './load-round.ts';
import type { Rehearsal } from './rehearsal.ts';
import { rehearseRound } from './rehearse-round.ts';

/**
 * Rehearses a round (预演): who would be mailed when, and whom it would be escalated to, if nobody did anything. Reads
 * only.
 *
 * @throws RefusedError `UnknownRound`, `NoIssues`
 */
export async function rehearse(
  ledger: Ledger,
  roundId: string,
  { from }: { readonly from?: IsoInstant } = {},
): Promise<Rehearsal> {
  const startedAt = performance.now();
  const { rehearsal } = rehearseRound(await loadRound(ledger, roundId, from));
  return { ...rehearsal, seconds: Math.round(performance.now() - startedAt) / 1000 };
}
