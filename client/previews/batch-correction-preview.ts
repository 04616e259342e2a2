import type { Ledger } from '../../prisma/client.ts';
import type { Said } from '../../workflows/messages.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { roundRequestRules } from '../../workflows/rules/round/requests.ts';
import { batchLetterTexts } from '../letters/batch-letters.ts';
import { requireNoRefusal } from '../refused-error.ts';
import { batchCorrection, type BatchCorrectionOrder } from '../rounds/correct-batch.ts';
import { roundStandpoint } from '../rounds/round-standpoint.ts';
import { type UnitPreview, unitsWithLetters } from './batch-preview.ts';

/** What the correction of a supervision batch (督办批次) would change; nothing of it has been done. */
export interface BatchCorrectionPreview {
  readonly written: 'preview';
  readonly number: number;
  /** Inclusive. */
  readonly dueOn: IsoDate;
  /** Titles of what is owed in its old form no more. */
  readonly ends: readonly string[];
  /** Who is asked anew, with the letter that replaces the one before. */
  readonly units: readonly UnitPreview[];
}

/**
 * Says what would end and which units would get which letter, by the round's own rules; writes nothing.
 *
 * @throws RefusedError as the correction itself would be refused
 */
export async function previewBatchCorrection(
  ledger: Ledger,
  roundId: string,
  { by, ...order }: Said & BatchCorrectionOrder,
): Promise<BatchCorrectionPreview> {
  const { number, reason } = order;
  const asked = { ...(await batchCorrection(ledger, roundId, order)), by };
  const standing = await roundStandpoint(ledger, roundId);
  const rule = roundRequestRules.correctBatch;
  requireNoRefusal(rule.refusals(standing, asked));
  const fact = rule.fact(standing, asked);
  if (fact.type !== 'batchCorrected') throw new Error(`a correction became ${fact.type}`);
  const batch = await ledger.supervisionBatch.findUniqueOrThrow({ where: { roundId_number: { roundId, number } } });
  const was = standing.progress.batches.find((one) => one.number === number);
  const told = { roundId, number, task: fact.task ?? batch.task, dueOn: fact.dueOn ?? was?.dueOn ?? '' };
  const letters = await batchLetterTexts(ledger, {
    ...{ ...told, units: fact.asks, issuedAt: standing.now, correction: { reason } },
  });
  const ends = standing.progress.obligations.filter(({ id }) => fact.closes.includes(id)).map(({ title }) => title);
  const { dueOn } = told;
  return { written: 'preview', number, dueOn, ends, units: await unitsWithLetters(ledger, fact.asks, letters) };
}
