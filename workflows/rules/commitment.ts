import type { FactOf } from './events.ts';
import { addMonths, type IsoDate, latest } from './instants.ts';
import type { IssueProgress } from './progress.ts';

/** A promise lies within so many months after the day on which it is due anyway. */
const promisedWithinMonths = 12;

/** A day that was promised (承诺), inclusive. */
export interface Promised {
  readonly until: IsoDate;
  /** The one measure it speaks of. */
  readonly measure?: number;
  readonly noteId?: string;
  /** Nothing but what it covers rests: about the rest the handler goes on reporting. In promises of old, all reports rest. */
  readonly rests?: 'covered';
}

/**
 * What a promise (承诺) covers: the evidence of the measure named; else what is owed by that day; else all evidence that
 * is owed; else the application for closure. A day that has passed, or lies so far ahead that its year must be mistyped,
 * promises nothing and is kept as said.
 *
 * @param today the day on which it is given
 */
export function commitmentTo(
  { obligations }: IssueProgress,
  { until, measure, noteId, rests }: Promised,
  today: IsoDate,
): FactOf<'committed'> {
  const owed = obligations.filter(({ kind }) => kind === 'evidence');
  const candidates = [
    owed.filter((one) => measure !== undefined && one.measure === measure),
    owed.filter(({ dueOn }) => dueOn <= until),
    owed,
    obligations.filter(({ kind }) => kind === 'closureProposal'),
  ];
  const found = candidates.find((some) => some.length > 0) ?? [];
  const lastDueOn = latest(...found.map(({ dueOn }) => dueOn)) ?? today;
  const isMistyped = until < today || until > addMonths(latest(lastDueOn, today)!, promisedWithinMonths);
  const covered = isMistyped ? [] : found;
  return {
    type: 'committed',
    until,
    obligations: covered.map(({ id }) => id),
    ...(noteId !== undefined && { noteId }),
    ...(rests !== undefined && { rests }),
  };
}
