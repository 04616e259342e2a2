import type { Ledger } from '../../prisma/client.ts';
import type { RoundFactOf } from '../../workflows/rules/round/events.ts';
import { writeBatchLetters } from '../letters/batch-letters.ts';

/** Writes the letters (督办单) of the batch that came of this request; a second call finds them. */
export async function lettersOfBatch(ledger: Ledger, roundId: string, requestId: string): Promise<void> {
  const event = await ledger.roundEvent.findFirst({ where: { roundId, requestId, type: 'batchIssued' } });
  if (event === null) return; // the id had served another request before, so that no batch came of this one
  const { number, task, dueOn, units } = event.detail as unknown as RoundFactOf<'batchIssued'>;
  const issued = { issuedBy: event.by, issuedAt: event.at.toISOString() };
  await writeBatchLetters(ledger, { roundId, number, task, dueOn, units, ...issued });
}
