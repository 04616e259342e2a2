import type { FactOf, IssueEvent } from '../events.ts';
import type { IsoInstant } from '../instants.ts';
import type { IssueProgress } from '../progress.ts';
import { enter, kindIs, without } from './obligations.ts';

/** 移交: whoever has it now is asked to take it on, and what the one before him had not taken on is asked of him no more. */
export function handedOver(progress: IssueProgress, event: IssueEvent & FactOf<'handedOver'>): IssueProgress {
  const { role, acknowledgement, at, to, measure } = event;
  if (role !== 'handler') return progress;
  if (acknowledgement === undefined) return { ...progress, handedOverAt: at };
  // Of a closed cycle of which nothing is left, there is nothing to take on.
  if (progress.phase === 'lookBack' && (progress.remainder ?? []).length === 0) return progress;
  const others = (progress.toTakeOn ?? []).filter((one) => one.measure !== measure);
  const { handedOverAt, ...rest } = progress;
  // An earlier handover of the whole issue that nobody has taken on is asked of nobody any more.
  const asked = measure === undefined || handedOverAt === undefined ? rest : { ...rest, handedOverAt };
  return {
    ...without(asked, (owed) => owed.kind === 'acknowledgement' && owed.measure === measure),
    toTakeOn: [...others, { since: at, by: to, ...(measure !== undefined && { measure }) }],
  };
}

/**
 * Whoever answers at all has taken the issue on. A measure that was handed over by itself is taken on by whom it was handed
 * to, or whoever stands in for him: what others say of the issue does not answer for him.
 */
export function underWay(progress: IssueProgress, event: IssueEvent): IssueProgress {
  const { handedOverAt: _taken, toTakeOn = [], ...rest } = progress;
  const left = toTakeOn.filter(
    ({ measure, by }) => measure !== undefined && by.every((one) => one !== event.by && one !== event.onBehalfOf),
  );
  const met = without(
    rest,
    ({ kind, measure }) =>
      kind === 'acknowledgement' && (measure === undefined || left.every((one) => one.measure !== measure)),
  );
  const taken = {
    ...met,
    acknowledgedAt: progress.acknowledgedAt ?? event.at,
    ...(left.length > 0 && { toTakeOn: left }),
  };
  return taken.phase === 'assignment' ? enter('rectification', taken, event.at) : taken;
}

/** Once nothing of it is under way any more, nobody is asked to take it on. */
export function nothingToTakeOn(progress: IssueProgress): IssueProgress {
  const { handedOverAt, toTakeOn, ...rest } = progress;
  // Handovers of old were asked about all the same.
  const asked = handedOverAt === undefined ? rest : { ...rest, handedOverAt };
  return toTakeOn === undefined ? progress : without(asked, kindIs('acknowledgement'));
}

/** 恢复: the days to take it on in begin when the clock goes on. */
export function takenOnFrom(progress: IssueProgress, since: IsoInstant): IssueProgress {
  const { toTakeOn } = progress;
  return toTakeOn === undefined ? progress : { ...progress, toTakeOn: toTakeOn.map((one) => ({ ...one, since })) };
}

/** Whoever has these measures now has nothing to take on: their evidence is in. */
export function provenMeasures(progress: IssueProgress, proven: ReadonlySet<number | undefined>): IssueProgress {
  const { toTakeOn, ...rest } = progress;
  if (toTakeOn === undefined) return progress;
  const left = toTakeOn.filter(({ measure }) => measure === undefined || !proven.has(measure));
  const met = without(
    rest,
    ({ kind, measure }) => kind === 'acknowledgement' && measure !== undefined && proven.has(measure),
  );
  return left.length === 0 ? met : { ...met, toTakeOn: left };
}
