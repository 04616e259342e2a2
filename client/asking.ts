import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { RefusedError } from './refused-error.ts';

/** A signal is recorded within milliseconds; this long means that no worker runs. */
const recordedWithinMs = 60_000;

/**
 * Asks a workflow; what its rules refuse, and that it is over, comes back as a refusal.
 *
 * @param ended the sentence for a workflow that has ended or was never started
 * @throws RefusedError with the rule's code, or `Ended`
 */
export async function askedOf<Answer>(request: () => Promise<Answer>, ended: string): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
      throw new RefusedError(error.cause.type ?? 'Refused', error.cause.message, { cause: error });
    }
    if (error instanceof WorkflowNotFoundError) throw new RefusedError('Ended', ended, { cause: error });
    throw error;
  }
}

/**
 * Waits until what was signalled stands in the ledger, so that a page shown next shows it.
 *
 * @param requireOpen throws a RefusedError once nobody will record it any more
 * @throws Error naming `what` when it has not been recorded in time: no worker runs
 */
export async function untilRecorded(
  recorded: () => Promise<unknown>,
  requireOpen: () => Promise<void>,
  what: string,
): Promise<void> {
  const giveUpAt = Date.now() + recordedWithinMs;
  for (let pauseMs = 5; !(await recorded()); pauseMs = Math.min(pauseMs * 2, 500)) {
    await requireOpen();
    if (Date.now() > giveUpAt) throw new Error(`${what} has not been recorded: is a worker running?`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
