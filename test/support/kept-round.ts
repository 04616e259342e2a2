import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { LedgerActivities, RoundActivities } from '../../activities/index.ts';
import { workflowIds } from '../../workflows/ids.ts';
import type { keepRound } from '../../workflows/round.ts';
import { addMonths, dayOf } from '../../workflows/rules/instants.ts';
import type { PolicyDuty } from '../../workflows/rules/policy.ts';
import type { RoundStanding } from '../../workflows/rules/round/rules.ts';
import type { RoundTerms } from '../../workflows/rules/terms.ts';
import type { IssueWorld } from './issue-world.ts';
import { roundTerms } from './round-terms.ts';

/** The activities of a round without issues of its own: it stands as it is told to. */
export function standingAs(
  standing: () => RoundStanding,
  change: (activities: LedgerActivities) => LedgerActivities = (activities) => activities,
): (activities: LedgerActivities) => LedgerActivities & RoundActivities {
  return (activities) => ({
    ...change(activities),
    launchIssues: () => Promise.resolve(),
    roundStanding: () => Promise.resolve(standing()),
  });
}

/** Puts a round with these duties into the ledger and starts its workflow, at the server's present time. */
export async function keptRound(
  world: IssueWorld,
  duties: readonly PolicyDuty[],
  changes: Partial<RoundTerms> = {},
): Promise<WorkflowHandle<typeof keepRound> & { roundId: string }> {
  const roundId = randomUUID();
  const launchedAt = await world.now();
  const feedbackOn = dayOf(launchedAt);
  const concentratedEndsOn = addMonths(feedbackOn, 3);
  const terms = roundTerms(duties, { roundId, launchedAt, feedbackOn, concentratedEndsOn, ...changes });
  await world.ledger.round.create({ data: { id: roundId, name: '测试轮次', codePrefix: 'CS' } });
  const handle = await world.client.workflow.start<typeof keepRound>('keepRound', {
    workflowId: workflowIds.round(roundId),
    taskQueue: world.taskQueue,
    args: [terms],
    searchAttributes: { RoundId: [roundId] },
  });
  await world.until(async () => (await world.ledger.round.findUniqueOrThrow({ where: { id: roundId } })).step > 0);
  return Object.assign(handle, { roundId });
}
