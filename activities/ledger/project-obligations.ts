import type { LedgerTransaction } from '../../prisma/client.ts';
import type { IssueEvent } from '../../workflows/rules/events.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import { record } from '../../workflows/rules/record.ts';
import { isJustOpened, obligationChanges, rowChange } from './obligation-changes.ts';

/** Projects what the events opened, made overdue and closed. */
export async function projectObligations(
  tx: LedgerTransaction,
  issueId: string,
  before: IssueProgress,
  events: readonly IssueEvent[],
): Promise<void> {
  const changes = obligationChanges(before, events, record).map(({ cycle, obligation, closed }) => ({
    cycle,
    obligation,
    change: rowChange({ cycle, obligation, ...(closed && { closed }) }, events),
  }));
  if (changes.length === 0) return;
  await tx.obligation.createMany({
    data: changes.map(({ cycle, obligation: { id, kind, role, measure, openedAt }, change }) => ({
      issueId,
      cycle,
      id,
      kind,
      role,
      measure: measure ?? null,
      openedAt,
      ...change,
    })),
    skipDuplicates: true,
  });
  for (const { cycle, obligation, change } of changes) {
    if (isJustOpened(obligation.id, change, events)) continue;
    // One that was open before may have another day now, or be open again because a step was taken back.
    await tx.obligation.updateMany({ where: { issueId, cycle, id: obligation.id }, data: change });
  }
}
