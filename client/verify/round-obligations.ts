import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { RoundEvent, RoundScope } from '../../workflows/rules/round/events.ts';
import { newRound, type RoundProgress } from '../../workflows/rules/round/progress.ts';
import { recordRound } from '../../workflows/rules/round/record.ts';

/** A row of what a round owes, as the events give it. */
export interface RoundObligationReplay {
  readonly kind: string;
  readonly role: string;
  readonly title: string;
  readonly scope: RoundScope | null;
  readonly openedAt: IsoInstant;
  readonly dueOn: IsoDate;
  overdueAt: IsoInstant | null;
  closedAt: IsoInstant | null;
  closedBy: number | null;
}

/** How a round stands after its events, and every duty that they opened, by its id. */
export function replayRound(events: readonly RoundEvent[]): {
  readonly progress: RoundProgress;
  readonly obligations: ReadonlyMap<string, RoundObligationReplay>;
} {
  const replay = new Map<string, RoundObligationReplay>();
  let progress = newRound;
  for (const event of events) {
    const after = recordRound(progress, event);
    for (const { id, kind, role, title, scope = null, openedAt, dueOn } of after.obligations) {
      if (replay.has(id)) continue;
      const opened = { kind, role, title, scope, openedAt, dueOn };
      replay.set(id, { ...opened, overdueAt: null, closedAt: null, closedBy: null });
    }
    if (event.type === 'obligationOverdue') {
      const overdue = replay.get(event.obligationId);
      if (overdue) overdue.overdueAt = event.at;
    }
    const open = new Set(after.obligations.map(({ id }) => id));
    for (const { id } of progress.obligations) {
      const closed = open.has(id) ? undefined : replay.get(id);
      if (closed) Object.assign(closed, { closedAt: event.at, closedBy: event.sequence });
    }
    progress = after;
  }
  return { progress, obligations: replay };
}
