import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { Said } from '../../workflows/messages.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { resumedRound, type RoundProgress } from '../../workflows/rules/round/progress.ts';
import { roundRequestRules } from '../../workflows/rules/round/requests.ts';
import type { RoundTerms } from '../../workflows/rules/terms.ts';
import { batchLetterTexts } from '../letters/batch-letters.ts';
import { RefusedError, requireNoRefusal } from '../refused-error.ts';
import type { BatchOrder } from '../round-duties.ts';
import { batchIssues, batchUnits, requireFollowed } from '../rounds/batch-units.ts';

/** What a supervision batch (督办批次) would be; nothing of it has been issued. */
export interface BatchPreview {
  readonly written: 'preview';
  readonly number: number;
  /** Inclusive. */
  readonly dueOn: IsoDate;
  readonly units: readonly {
    readonly unit: string;
    readonly codes: readonly string[];
    /** The unit's 督办单, word for word. */
    readonly letter: { readonly title: string; readonly text: string };
  }[];
}

/**
 * Says which units would get which letter by which day, by the round's own rules; writes nothing.
 *
 * @throws RefusedError as the batch itself would be refused
 */
export async function previewBatch(
  ledger: Ledger,
  roundId: string,
  { issueIds, ...order }: Said & BatchOrder,
): Promise<BatchPreview> {
  const { terms, progress, clockId } = await ledger.round.findUniqueOrThrow({
    where: { id: roundId },
    select: { terms: true, progress: true, clockId: true },
  });
  if (terms === null || progress === null) throw new RefusedError('Ended', '本轮已经结束，或尚未交办');
  const issues = await batchIssues(ledger, roundId, issueIds);
  requireFollowed(issues);
  const now = await businessNow(ledger, clockId);
  const standing = {
    terms: terms as unknown as RoundTerms,
    progress: resumedRound(progress as unknown as RoundProgress),
    now,
  };
  const asked = { ...order, units: batchUnits(issues) };
  const rule = roundRequestRules.issueBatch;
  requireNoRefusal(rule.refusals(standing, asked));
  const fact = rule.fact(standing, asked);
  if (fact.type !== 'batchIssued') throw new Error(`a batch became ${fact.type}`);
  const { number, task, dueOn, units } = fact;
  const letters = await batchLetterTexts(ledger, { roundId, number, task, dueOn, units, issuedAt: now });
  const codes = new Map(issues.map(({ id, code }) => [id, code]));
  return {
    written: 'preview',
    number,
    dueOn,
    units: units.map(({ unit, issueIds: of }, index) => ({
      unit,
      codes: of.map((id) => codes.get(id) ?? id),
      letter: { title: letters[index]?.title ?? '', text: letters[index]?.text ?? '' },
    })),
  };
}
