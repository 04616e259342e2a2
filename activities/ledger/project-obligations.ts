import type { LedgerTransaction } from '../../prisma/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import type { IssueEvent, Obligation } from '../../workflows/rules/events.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import { record } from '../../workflows/rules/record.ts';

interface Change {
  readonly cycle: number;
  readonly obligation: Obligation;
  readonly closed?: IssueEvent;
}

/** Projects what the events opened, made overdue and closed; one statement for each of the three. */
export async function projectObligations(
  tx: LedgerTransaction,
  issueId: string,
  before: IssueProgress,
  events: readonly IssueEvent[],
): Promise<void> {
  const changes = changesBy(before, events);
  if (changes.length === 0) return;
  const at = (event: IssueEvent | undefined) => event?.at ?? null;
  const overdueAt = (id: string) =>
    at(events.find((event) => event.type === 'obligationOverdue' && event.obligationId === id));
  const rows = changes.map(({ cycle, obligation, closed }) => ({
    issueId,
    cycle,
    id: obligation.id,
    kind: obligation.kind,
    role: obligation.role,
    measure: obligation.measure ?? null,
    openedAt: obligation.openedAt,
    dueOn: fromIsoDate(obligation.dueOn),
    overdueAt: overdueAt(obligation.id),
    closedAt: at(closed),
    closedBy: closed?.sequence ?? null,
  }));
  await tx.obligation.createMany({ data: rows, skipDuplicates: true });
  const isNew = new Set(events.flatMap((event) => (event.type === 'obligationOpened' ? [event.obligationId] : [])));
  for (const { cycle, id, dueOn, overdueAt: overdue, closedAt, closedBy } of rows) {
    if (isNew.has(id) && overdue === null && closedAt === null) continue;
    // One that was open before may have another day now, or be open again because a step was taken back.
    await tx.obligation.updateMany({
      where: { issueId, cycle, id },
      data: { dueOn, closedAt, closedBy, ...(overdue !== null && { overdueAt: overdue }) },
    });
  }
}

/** Every obligation that an event opened, changed or closed, with its last state. */
function changesBy(before: IssueProgress, events: readonly IssueEvent[]): Change[] {
  const changes = new Map<string, Change>();
  let progress = before;
  for (const event of events) {
    const after = record(progress, event);
    const open = new Map(after.obligations.map((obligation) => [obligation.id, obligation]));
    const closedNow = progress.obligations.filter(({ id }) => after.cycle !== progress.cycle || !open.has(id));
    for (const obligation of closedNow) {
      changes.set(`${String(progress.cycle)}/${obligation.id}`, { cycle: progress.cycle, obligation, closed: event });
    }
    const known = new Set(after.cycle === progress.cycle ? progress.obligations : []);
    for (const obligation of after.obligations) {
      if (!known.has(obligation))
        changes.set(`${String(after.cycle)}/${obligation.id}`, { cycle: after.cycle, obligation });
    }
    progress = after;
  }
  return [...changes.values()];
}
