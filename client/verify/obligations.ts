import type { IssueEvent } from '../../workflows/rules/events.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import { type IssueProgress, openIssue } from '../../workflows/rules/progress.ts';
import { record } from '../../workflows/rules/record.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';

/** An obligation's row as the events give it. */
export interface ObligationReplay {
  kind: string;
  role: string;
  measure: number | null;
  openedAt: IsoInstant;
  dueOn: IsoDate;
  overdueAt: IsoInstant | null;
  closedAt: IsoInstant | null;
  closedBy: number | null;
}

/** Every obligation the events opened, by `cycle/id`, with when it became overdue and what closed it. */
export function replayObligations(terms: IssueTerms, events: readonly IssueEvent[]): Map<string, ObligationReplay> {
  const replay = new Map<string, ObligationReplay>();
  let progress: IssueProgress = openIssue(terms, terms.launchedAt);
  for (const event of events) {
    const after = record(progress, event);
    for (const { id, kind, role, measure, openedAt, dueOn } of after.obligations) {
      const key = `${String(after.cycle)}/${id}`;
      const known = replay.get(key);
      // A moved day moves the row's; a step that is taken back opens again what it had closed.
      if (known) Object.assign(known, { dueOn, closedAt: null, closedBy: null });
      else {
        const opened = { kind, role, measure: measure ?? null, openedAt, dueOn };
        replay.set(key, { ...opened, overdueAt: null, closedAt: null, closedBy: null });
      }
    }
    if (event.type === 'obligationOverdue') {
      const overdue = replay.get(`${String(progress.cycle)}/${event.obligationId}`);
      if (overdue) overdue.overdueAt = event.at;
    }
    const open = new Set(after.cycle === progress.cycle ? after.obligations.map(({ id }) => id) : []);
    for (const { id } of progress.obligations) {
      const closed = open.has(id) ? undefined : replay.get(`${String(progress.cycle)}/${id}`);
      if (closed) Object.assign(closed, { closedAt: event.at, closedBy: event.sequence });
    }
    progress = after;
  }
  return replay;
}
