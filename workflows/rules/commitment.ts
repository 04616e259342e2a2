import type { FactOf } from './events.ts';
import { type IsoDate, latest } from './instants.ts';
import type { IssueProgress } from './progress.ts';

/**
 * What a promise (承诺) covers: the evidence of the measure named; else what is owed by that day; else all evidence that
 * is owed; else the application for closure. A day that has passed promises nothing; one after the last day on which any of
 * it is due counts as that day, since more time is asked for by an extension (延期).
 *
 * @param today the day on which it is given
 */
export function commitmentTo(
  { obligations }: IssueProgress,
  { until, measure, noteId }: { until: IsoDate; measure?: number; noteId?: string },
  today: IsoDate,
): FactOf<'committed'> {
  const owed = obligations.filter(({ kind }) => kind === 'evidence');
  const candidates = [
    owed.filter((one) => measure !== undefined && one.measure === measure),
    owed.filter(({ dueOn }) => dueOn <= until),
    owed,
    obligations.filter(({ kind }) => kind === 'closureProposal'),
  ];
  const covered = until < today ? [] : (candidates.find((some) => some.length > 0) ?? []);
  const lastDueOn = latest(...covered.map(({ dueOn }) => dueOn));
  const isAhead = lastDueOn !== undefined && lastDueOn >= today && lastDueOn < until;
  return {
    type: 'committed',
    until: isAhead ? lastDueOn : until,
    obligations: covered.map(({ id }) => id),
    ...(noteId !== undefined && { noteId }),
  };
}
