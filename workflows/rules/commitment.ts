import type { FactOf } from './events.ts';
import type { IsoDate } from './instants.ts';
import type { IssueProgress } from './progress.ts';

/**
 * What a promise (承诺) covers: the evidence of the measure named; else what is owed by that day; else all evidence that
 * is owed; else the application for closure.
 */
export function commitmentTo(
  { obligations }: IssueProgress,
  { until, measure, noteId }: { until: IsoDate; measure?: number; noteId?: string },
): FactOf<'committed'> {
  const owed = obligations.filter(({ kind }) => kind === 'evidence');
  const candidates = [
    owed.filter((one) => measure !== undefined && one.measure === measure),
    owed.filter(({ dueOn }) => dueOn <= until),
    owed,
    obligations.filter(({ kind }) => kind === 'closureProposal'),
  ];
  const covered = candidates.find((some) => some.length > 0) ?? [];
  return {
    type: 'committed',
    until,
    obligations: covered.map(({ id }) => id),
    ...(noteId !== undefined && { noteId }),
  };
}
