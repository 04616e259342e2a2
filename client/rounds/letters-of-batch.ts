import type { Ledger } from '../../prisma/client.ts';
import type { RoundFactOf } from '../../workflows/rules/round/events.ts';
import { writeBatchLetters } from '../letters/batch-letters.ts';

/**
 * Writes the letters (督办单) of the batch, or of the correction of one, that came of this request; a second call finds
 * them.
 */
export async function lettersOfBatch(ledger: Ledger, roundId: string, requestId: string): Promise<void> {
  const event = await ledger.roundEvent.findFirst({ where: { roundId, requestId, type: { in: batchTypes } } });
  if (event === null) return; // the id had served another request before, so that no batch came of this one
  const { sequence, by, at, type } = event;
  const issued = { roundId, issuedBy: by, issuedAt: at.toISOString() };
  if (type === 'batchIssued') {
    const { number, task, dueOn, units } = event.detail as unknown as RoundFactOf<'batchIssued'>;
    await writeBatchLetters(ledger, { ...issued, number, task, dueOn, units });
    return;
  }
  const { number, asks, reason } = event.detail as unknown as RoundFactOf<'batchCorrected'>;
  const told = await toldBy(ledger, { roundId, number, sequence });
  await writeBatchLetters(ledger, { ...issued, ...told, number, units: asks, correction: { sequence, reason } });
}

const batchTypes = ['batchIssued', 'batchCorrected'];

/** What the batch said once this event was recorded, whatever was corrected afterwards. */
async function toldBy(
  ledger: Ledger,
  { roundId, number, sequence }: { readonly roundId: string; readonly number: number; readonly sequence: number },
): Promise<Pick<RoundFactOf<'batchIssued'>, 'task' | 'dueOn'>> {
  const events = await ledger.roundEvent.findMany({
    where: { roundId, sequence: { lte: sequence }, type: { in: batchTypes } },
    select: { detail: true },
    orderBy: { sequence: 'asc' },
  });
  return events
    .map(({ detail }) => detail as unknown as RoundFactOf<'batchIssued'>)
    .filter((fact) => fact.number === number)
    .reduce(
      (told, { task = told.task, dueOn = told.dueOn }: Partial<RoundFactOf<'batchIssued'>>) => ({ task, dueOn }),
      {
        task: '',
        dueOn: '',
      },
    );
}
