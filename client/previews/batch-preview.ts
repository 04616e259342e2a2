import type { Ledger } from '../../prisma/client.ts';
import type { Said } from '../../workflows/messages.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import type { BatchUnit } from '../../workflows/rules/round/events.ts';
import { roundRequestRules } from '../../workflows/rules/round/requests.ts';
import { batchLetterTexts } from '../letters/batch-letters.ts';
import type { LetterText } from '../letters/letter-text.ts';
import { requireNoRefusal } from '../refused-error.ts';
import { batchIssues, type BatchOrder, batchUnits, requireFollowed } from '../rounds/batch-units.ts';
import { roundStandpoint } from '../rounds/round-standpoint.ts';

/** What a supervision batch (督办批次) would be; nothing of it has been issued. */
export interface BatchPreview {
  readonly written: 'preview';
  readonly number: number;
  /** Inclusive. */
  readonly dueOn: IsoDate;
  readonly units: readonly UnitPreview[];
}

export interface UnitPreview {
  readonly unit: string;
  readonly codes: readonly string[];
  /** The unit's 督办单, word for word. */
  readonly letter: LetterText;
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
  const issues = await batchIssues(ledger, roundId, issueIds);
  requireFollowed(issues);
  const standing = await roundStandpoint(ledger, roundId);
  const asked = { ...order, units: batchUnits(issues) };
  const rule = roundRequestRules.issueBatch;
  requireNoRefusal(rule.refusals(standing, asked));
  const fact = rule.fact(standing, asked);
  if (fact.type !== 'batchIssued') throw new Error(`a batch became ${fact.type}`);
  const { number, task, dueOn, units } = fact;
  const letters = await batchLetterTexts(ledger, { roundId, number, task, dueOn, units, issuedAt: standing.now });
  return { written: 'preview', number, dueOn, units: await unitsWithLetters(ledger, units, letters) };
}

/** Each unit with the codes of its issues, beside its letter. */
export async function unitsWithLetters(
  ledger: Ledger,
  units: readonly BatchUnit[],
  letters: readonly LetterText[],
): Promise<UnitPreview[]> {
  const ids = units.flatMap(({ issueIds }) => issueIds);
  const issues = await ledger.issue.findMany({ where: { id: { in: ids } }, select: { id: true, code: true } });
  const codes = new Map(issues.map(({ id, code }) => [id, code]));
  return units.map(({ unit, issueIds }, index) => ({
    unit,
    codes: issueIds.map((id) => codes.get(id) ?? id),
    letter: letters[index] ?? { title: '', text: '' },
  }));
}
