import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { DrillDoors } from '../activities/drill.ts';
import { workflowIds } from '../workflows/ids.ts';
import { momentOpened } from '../workflows/messages.ts';
import type { IsoInstant } from '../workflows/rules/instants.ts';

interface DoorsDependencies {
  readonly temporal: Client;
  readonly practice: { perform(answerId: string): Promise<void> };
}

/** The doors at which a drill's conductor knocks: the workflows by update, the practice people by calling them. */
export function createDrillDoors({ temporal, practice }: DoorsDependencies): DrillDoors {
  const open = async (workflowId: string, moment: IsoInstant): Promise<void> => {
    try {
      await temporal.workflow.getHandle(workflowId).executeUpdate(momentOpened, { args: [moment] });
    } catch (error) {
      // It ended between the look at the ledger and the knock: nothing is due there any more.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  };
  return {
    openIssue: (issueId, moment) => open(workflowIds.issue(issueId), moment),
    openRound: (roundId, moment) => open(workflowIds.round(roundId), moment),
    openPostOffice: (drillId, moment) => open(workflowIds.postOffice(drillId), moment),
    performAnswer: (answerId) => practice.perform(answerId),
  };
}
