import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Ledger } from '../prisma/client.ts';
import { mainTaskQueue, workflowIds } from '../workflows/ids.ts';
import { rowsPlanned as rowsPlannedSignal } from '../workflows/messages.ts';
import type { IsoInstant } from '../workflows/rules/instants.ts';
import { type ClockKind, clockIdOf } from '../workflows/rules/terms.ts';

/** Starts the post-office of a clock unless it is open already; a drill's that has been closed stays closed. */
export async function ensurePostOffice(temporal: Client, clock: ClockKind, now: IsoInstant): Promise<void> {
  try {
    await temporal.workflow.start('keepPostOffice', {
      ...placeOf(clock),
      args: [clock, { now }],
      workflowIdReusePolicy: clock.kind === 'real' ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/**
 * Calls the post-office when a line has been written for a moment before the one it waits for. A call too many is
 * harmless. A drill's is not called: its conductor finds the line in the ledger.
 */
export function rowsPlanned({ ledger, temporal }: { ledger: Ledger; temporal: Client }) {
  return async (clockId: string, earliestAt: IsoInstant): Promise<void> => {
    if (clockId !== 'real') return;
    const office = await ledger.postOffice.findUnique({ where: { clockId }, select: { wakeAt: true } });
    if (office?.wakeAt && office.wakeAt.toISOString() <= earliestAt) return;
    const clock: ClockKind = { kind: 'real' };
    await temporal.workflow.signalWithStart('keepPostOffice', {
      ...placeOf(clock),
      args: [clock, { now: new Date().toISOString() }],
      signal: rowsPlannedSignal,
      signalArgs: [{ earliestAt }],
    });
  };
}

function placeOf(clock: ClockKind) {
  return {
    workflowId: workflowIds.postOffice(clockIdOf(clock)),
    taskQueue: mainTaskQueue,
    // Its activities inherit it: however many drills wait to be served, real mail goes first. Temporal keeps this order within
    // a partition of the queue, of which the embedded server has one; over several it holds nearly always.
    priority: { priorityKey: clock.kind === 'real' ? 1 : 5 },
    staticSummary: clock.kind === 'real' ? '发信' : '演练发信',
  };
}
