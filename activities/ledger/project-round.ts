import type { LedgerTransaction } from '../../prisma/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { RoundEvent } from '../../workflows/rules/round/events.ts';
import type { RoundProgress } from '../../workflows/rules/round/progress.ts';
import { recordRound } from '../../workflows/rules/round/record.ts';
import { isJustOpened, obligationChanges, rowChange } from './obligation-changes.ts';

/** Projects what the events opened, made overdue and closed among the round's own duties. */
export async function projectRoundObligations(
  tx: LedgerTransaction,
  roundId: string,
  before: RoundProgress,
  events: readonly RoundEvent[],
): Promise<void> {
  const changes = obligationChanges(before, events, recordRound).map((one) => ({
    obligation: one.obligation,
    change: rowChange(one, events),
  }));
  if (changes.length === 0) return;
  await tx.roundObligation.createMany({
    data: changes.map(({ obligation: { id, kind, role, title, scope, openedAt }, change }) => ({
      roundId,
      id,
      kind,
      role,
      title,
      ...(scope && { scope: scope as unknown as Prisma.InputJsonObject }),
      openedAt,
      ...change,
    })),
    skipDuplicates: true,
  });
  for (const { obligation, change } of changes) {
    if (isJustOpened(obligation.id, change, events)) continue;
    await tx.roundObligation.updateMany({ where: { roundId, id: obligation.id }, data: change });
  }
}

/**
 * Projects a supervision batch (督办批次) that was issued or corrected, and what a comment of the public is about and was
 * answered. What was told first stays in the events.
 */
export async function projectRoundRows(
  tx: LedgerTransaction,
  roundId: string,
  events: readonly RoundEvent[],
): Promise<void> {
  for (const event of events) {
    if (event.type === 'batchIssued') {
      const { number, title, task, dueOn, units, by, at } = event;
      const issueIds = [...new Set(units.flatMap((unit) => unit.issueIds))];
      await tx.supervisionBatch.createMany({
        data: {
          id: `${roundId}-d${String(number).padStart(2, '0')}`,
          roundId,
          number,
          title,
          task,
          dueOn: fromIsoDate(dueOn),
          issueIds,
          issuedBy: by,
          issuedAt: at,
        },
      });
    } else if (event.type === 'batchCorrected') {
      const { number, task, dueOn, issueIds } = event;
      const told = {
        ...(task !== undefined && { task }),
        ...(dueOn !== undefined && { dueOn: fromIsoDate(dueOn) }),
        ...(issueIds !== undefined && { issueIds: [...issueIds] }),
      };
      await tx.supervisionBatch.update({ where: { roundId_number: { roundId, number } }, data: told });
    } else if (event.type === 'commentCorrected') {
      const { commentId, issueId } = event;
      if (issueId === undefined) continue;
      await tx.publicComment.updateMany({ where: { id: commentId, roundId }, data: { issueId } });
    } else if (event.type === 'commentAnswered') {
      const { commentId, answer, at } = event;
      await tx.publicComment.updateMany({ where: { id: commentId, roundId }, data: { answer, answeredAt: at } });
    }
  }
}
