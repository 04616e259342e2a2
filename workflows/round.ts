import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { Clock } from './clock.ts';
import { momentOpened } from './messages.ts';
import { launchIssues, roundStanding, writeRoundDown } from './ports.ts';
import type { IsoInstant } from './rules/instants.ts';
import { recordRound, type RoundPlan, roundPlanned, type RoundProgress } from './rules/round-planner.ts';
import type { RoundTerms } from './rules/terms.ts';

/** What one run hands to the next. */
export interface RoundCarry {
  readonly progress: RoundProgress;
  readonly now: IsoInstant;
}

/**
 * Keeps one round (轮次): hands every issue out, notes the end of the concentrated period (集中整改期), and looks
 * once a month afterwards whether anything is still unsettled. What an issue owes, its own workflow knows.
 *
 * @param carry given only when an earlier run continues as new
 */
export async function keepRound(terms: RoundTerms, carry?: RoundCarry): Promise<void> {
  const round = new TrackedRound(terms, carry);
  const { roundId, launchedAt } = terms;

  if (round.progress.stage === 'launching') await launchIssues({ roundId, launchedAt }); // 交办
  while (round.progress.stage !== 'ended') {
    const { unsettled } = await roundStanding({ roundId });
    const plan = roundPlanned(terms, round.progress, round.clock.now(), unsettled);
    await round.writeDown(plan);
    await round.trimHistory();
    await round.changedBefore(plan.lookAgainAt);
  }
  await condition(allHandlersFinished);
}

/** A round under way: its terms, its progress, and its clock. */
class TrackedRound {
  readonly clock: Clock;
  progress: RoundProgress;
  readonly #terms: RoundTerms;
  #lookedAt: IsoInstant = '';
  #momentToLook: IsoInstant = '';

  constructor(terms: RoundTerms, carry?: RoundCarry) {
    this.#terms = terms;
    this.clock = new Clock(terms.clock, carry?.now ?? terms.launchedAt);
    this.progress = carry?.progress ?? { sequence: 0, stage: 'launching' };
    setHandler(momentOpened, async (moment) => {
      this.clock.open(moment);
      if (moment > this.#momentToLook) this.#momentToLook = moment;
      await condition(() => this.#lookedAt >= moment || this.progress.stage === 'ended');
    });
  }

  async writeDown({ facts, lookAgainAt }: RoundPlan): Promise<void> {
    const at = this.clock.now();
    const { sequence } = this.progress;
    const events = facts.map(({ type }, index) => ({ type, at, sequence: sequence + index + 1 }));
    this.progress = facts.reduce(recordRound, this.progress);
    await writeRoundDown({ roundId: this.#terms.roundId, events, lookAgainAt: lookAgainAt ?? null });
    this.#lookedAt = at;
  }

  async changedBefore(at: IsoInstant | undefined): Promise<void> {
    if (at !== undefined) await this.clock.until(at, () => this.#momentToLook > this.#lookedAt, `等到 ${at} 看本轮`);
  }

  async trimHistory(): Promise<void> {
    if (this.progress.stage === 'ended' || !workflowInfo().continueAsNewSuggested) return;
    await condition(() => allHandlersFinished() || this.#momentToLook > this.#lookedAt);
    if (this.#momentToLook > this.#lookedAt) return;
    await continueAsNew<typeof keepRound>(this.#terms, { progress: this.progress, now: this.clock.now() });
  }
}
