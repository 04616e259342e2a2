import { allHandlersFinished, condition, continueAsNew, sleep, workflowInfo } from '@temporalio/workflow';
import { openNextMoment } from './ports.ts';
import type { DrillTerms } from './rules/terms.ts';

const dayMs = 86_400_000;

/**
 * Conducts a drill (演练): opens one moment after the other, each only when all that the one before caused is
 * recorded, so that a drill is never late and skips idle nights. Paced for people who watch, or as fast as the work is done.
 */
export async function conductDrill(terms: DrillTerms): Promise<void> {
  const { drillId, secondsPerDay } = terms;
  for (;;) {
    const { openedAt, nextAt } = await openNextMoment({ drillId });
    if (nextAt === null) return;
    const pauseMs = Math.round(((Date.parse(nextAt) - Date.parse(openedAt)) / dayMs) * secondsPerDay * 1000);
    if (pauseMs > 0) await sleep(pauseMs, { summary: `演练停留片刻，下一刻 ${nextAt}` });
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof conductDrill>(terms);
    }
  }
}
