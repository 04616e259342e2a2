import type { Obligation } from '../../workflows/rules/events.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { fromIsoDate } from '../../prisma/days.ts';

/** An obligation that an event opened, changed or closed, with its last state. */
interface Change<Open, Event> {
  readonly cycle: number;
  readonly obligation: Open;
  readonly closed?: Event;
}

/** Every obligation that the events opened, changed or closed. */
export function obligationChanges<
  Progress extends { readonly obligations: readonly Obligation[]; readonly cycle?: number },
  Event,
>(
  before: Progress,
  events: readonly Event[],
  record: (progress: Progress, event: Event) => Progress,
): Change<Progress['obligations'][number], Event>[] {
  type Open = Progress['obligations'][number];
  const changes = new Map<string, Change<Open, Event>>();
  const cycleOf = ({ cycle = 1 }: Progress) => cycle;
  let progress = before;
  for (const event of events) {
    const after = record(progress, event);
    const isSameCycle = cycleOf(after) === cycleOf(progress);
    const open = new Set(after.obligations.map(({ id }) => id));
    const closedNow: readonly Open[] = progress.obligations.filter(({ id }) => !isSameCycle || !open.has(id));
    for (const obligation of closedNow) {
      const cycle = cycleOf(progress);
      changes.set(`${String(cycle)}/${obligation.id}`, { cycle, obligation, closed: event });
    }
    const known = new Set<Open>(isSameCycle ? progress.obligations : []);
    for (const obligation of after.obligations) {
      if (known.has(obligation)) continue;
      const cycle = cycleOf(after);
      changes.set(`${String(cycle)}/${obligation.id}`, { cycle, obligation });
    }
    progress = after;
  }
  return [...changes.values()];
}

interface Recorded {
  readonly type: string;
  readonly sequence: number;
  readonly at: string;
}

/** What changes about a row once it stands there: another day, overdue, closed, or open again. */
export interface RowChange {
  readonly dueOn: Date;
  readonly closedAt: string | null;
  readonly closedBy: number | null;
  readonly overdueAt?: string;
}

/** The part of the row that later events may change; undefined for one that has just been opened. */
export function rowChange(
  { obligation, closed }: Change<{ readonly id: string; readonly dueOn: IsoDate }, Recorded>,
  events: readonly Recorded[],
): RowChange {
  const overdue = events.find((event) => isAbout(event, 'obligationOverdue', obligation.id));
  return {
    dueOn: fromIsoDate(obligation.dueOn),
    closedAt: closed?.at ?? null,
    closedBy: closed?.sequence ?? null,
    ...(overdue && { overdueAt: overdue.at }),
  };
}

/** Whether the events opened it and nothing more: its row says all of it already. */
export function isJustOpened(id: string, change: RowChange, events: readonly Recorded[]): boolean {
  if (change.closedAt !== null || change.overdueAt !== undefined) return false;
  return events.some((event) => isAbout(event, 'obligationOpened', id));
}

function isAbout(event: Recorded, type: string, obligationId: string): boolean {
  return event.type === type && 'obligationId' in event && event.obligationId === obligationId;
}
