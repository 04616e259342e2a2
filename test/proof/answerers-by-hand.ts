import type { Obligation } from '../../workflows/rules/events.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Delivery } from './history.ts';

/**
 * Who has to answer a line at the moment it leaves, counted by hand: a measure's own handlers before the issue's, and for
 * whoever is away the one who stands in, and for him again; but never, above the handlers, somebody whose own work it is.
 */
export function answerersByHand({ line: { role }, at, progress, staff }: Delivery, { measure }: Obligation): string[] {
  const { holders, measureHandlers, absences } = staff;
  const isHandlers = role === 'handler';
  const ownWork = new Set<unknown>();
  if (!isHandlers) {
    for (const one of holders.handler) ownWork.add(one);
    for (const some of Object.values(measureHandlers)) for (const one of some) ownWork.add(one);
    ownWork.add(progress.closure?.proposedBy);
    ownWork.add(progress.closed?.approvedBy);
    for (const one of progress.closed?.approvers ?? []) ownWork.add(one);
  }
  const own = isHandlers && measure !== undefined ? measureHandlers[measure] : undefined;
  return (own ?? holders[role]).map((holder) => {
    const met = [holder];
    for (;;) {
      const last = met[met.length - 1]!;
      const next = absences
        .filter(({ from, to }) => from === last && !ownWork.has(to))
        .filter((absence) => isAway(absence, at))
        .toSorted((one, other) =>
          one.fromAt === other.fromAt ? (one.to < other.to ? -1 : 1) : one.fromAt > other.fromAt ? -1 : 1,
        )
        .map(({ to }) => to)[0];
      if (next === undefined || met.includes(next)) return last;
      met.push(next);
    }
  });
}

/** From the first minute on, and at the last no more. */
function isAway({ fromAt, untilAt }: { fromAt: IsoInstant; untilAt: IsoInstant }, at: IsoInstant): boolean {
  return Date.parse(fromAt) <= Date.parse(at) && Date.parse(at) < Date.parse(untilAt);
}
