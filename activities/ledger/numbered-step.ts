import { ApplicationFailure } from '@temporalio/common';
import type { EventHead } from '../../workflows/rules/events.ts';

/** A step as far as its place among the others goes. */
interface Numbered {
  readonly number: number;
  readonly events: readonly (EventHead & { readonly type: string })[];
}

interface StoredEvent {
  readonly sequence: number;
  readonly at: Date;
  readonly type: string;
  readonly requestId: string | null;
  readonly by: string | null;
}

/**
 * A step that stands in the ledger already must be the same one: anything else would be a defect, and is loud.
 *
 * @param known the ledger's events under the step's numbers, in order
 * @throws ApplicationFailure `SequenceConflict`
 */
export function requireSame(subject: string, { number, events }: Numbered, known: readonly StoredEvent[]): void {
  if (events.length !== known.length || events.some((event, index) => !isSame(event, known[index]!))) {
    throw conflict(subject, `step ${String(number)} stands in the ledger with other events`);
  }
}

/** @throws ApplicationFailure `SequenceConflict` when the step, or its first event, is not the next one */
export function requireNext(
  subject: string,
  { number, events }: Numbered,
  { step, sequence }: { readonly step: number; readonly sequence: number },
): void {
  const [first] = events;
  if (number !== step + 1) throw conflict(subject, `step ${String(number)} came after step ${String(step)}`);
  if (first !== undefined && first.sequence !== sequence + 1) {
    throw conflict(subject, `event ${String(first.sequence)} came after event ${String(sequence)}`);
  }
}

function conflict(subject: string, what: string): ApplicationFailure {
  return ApplicationFailure.retryable(`${subject}: ${what}`, 'SequenceConflict');
}

function isSame({ sequence, at, type, requestId, by }: Numbered['events'][number], row: StoredEvent): boolean {
  return (
    row.sequence === sequence &&
    row.type === type &&
    row.at.toISOString() === at &&
    row.requestId === requestId &&
    row.by === by
  );
}
