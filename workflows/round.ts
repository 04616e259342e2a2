import { launchIssues, roundStanding } from './ports.ts';
import { roundPlanned } from './rules/round/planner.ts';
import type { RoundTerms } from './rules/terms.ts';
import { type RoundCarry, TrackedRound } from './tracked-round.ts';

/**
 * Keeps one round (轮次): hands every issue out, chases what the round owes as a whole, notes the end of the concentrated
 * period (集中整改期), and looks at least once a month afterwards whether anything is still unsettled. What an issue owes,
 * its own workflow knows.
 *
 * @param carry given only when an earlier run continues as new
 */
export async function keepRound(terms: RoundTerms, carry?: RoundCarry): Promise<void> {
  const round = new TrackedRound(terms, carry);
  const { roundId, launchedAt } = terms;

  if (round.progress.stage === 'launching') await launchIssues({ roundId, launchedAt }); // 交办
  while (!round.ended) {
    const standing = await roundStanding({ roundId });
    const plan = roundPlanned(round.terms, round.progress, round.clock.now(), standing);
    await round.writeDown(plan); // one transaction: events, projection, mails planned and cancelled
    await round.trimHistory();
    await round.changedBefore(plan.lookAgainAt); // 周检查 · 月调度 · 督办批次 · 评估 · 抽取: news, or the next moment to record
  }
  await round.lastWords();
}
