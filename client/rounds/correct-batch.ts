import type { Ledger } from '../../prisma/client.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import type { RoundRequest } from '../../workflows/rules/round/requests.ts';
import { RefusedError } from '../refused-error.ts';
import { batchIssues, batchUnits, requireFollowed } from './batch-units.ts';

/** What of a supervision batch (督办批次) the office says is wrong; what it does not name stands. */
export interface BatchCorrectionOrder {
  /** Which batch of the round. */
  readonly number: number;
  readonly task?: string;
  /** Inclusive. */
  readonly dueOn?: IsoDate;
  /** All that the batch should name. */
  readonly issueIds?: readonly string[];
  readonly reason: string;
}

/**
 * The correction as the round's rule wants it: what is told as it stands is none, and which unit owes what of the issues,
 * the ledger says. An issue that the batch has named all along may have ended since.
 *
 * @throws RefusedError `NoSuchBatch`, `UnknownIssue`, `IssueEnded`
 */
export async function batchCorrection(
  ledger: Ledger,
  roundId: string,
  { number, task, dueOn, issueIds, reason }: BatchCorrectionOrder,
): Promise<RoundRequest<'correctBatch'>> {
  const batch = await ledger.supervisionBatch.findUnique({ where: { roundId_number: { roundId, number } } });
  if (batch === null) throw new RefusedError('NoSuchBatch', `本轮没有第${String(number)}批督办`);
  const named = new Set(batch.issueIds as string[]);
  const isSame = issueIds?.length === named.size && issueIds.every((id) => named.has(id));
  const issues = issueIds === undefined || isSame ? undefined : await batchIssues(ledger, roundId, issueIds);
  if (issues !== undefined) requireFollowed(issues.filter(({ id }) => !named.has(id)));
  return {
    number,
    ...(task !== undefined && task.trim() !== batch.task.trim() && { task }),
    ...(dueOn !== undefined && { dueOn }),
    ...(issues !== undefined && { units: batchUnits(issues) }),
    reason,
  };
}
