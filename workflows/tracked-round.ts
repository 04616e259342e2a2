import { continueAsNew, setHandler } from '@temporalio/workflow';
import type { SaidAt } from './messages.ts';
import { writeRoundDown } from './ports.ts';
import { dutyReported, roundStatus, roundUpdate } from './round-messages.ts';
import type { IsoInstant } from './rules/instants.ts';
import type { RoundFact } from './rules/round/events.ts';
import type { RoundPlan } from './rules/round/planner.ts';
import { resumedRound, type RoundProgress } from './rules/round/progress.ts';
import { recordRound } from './rules/round/record.ts';
import type { RoundRequestRule } from './rules/round/request-rule.ts';
import { type RoundRequestName, roundRequestRules } from './rules/round/requests.ts';
import type { RoundTerms } from './rules/terms.ts';
import type { Carry } from './story.ts';
import { Tracked } from './tracked.ts';

/** What one run hands to the next; an earlier form handed over no more than this. */
export type RoundCarry = Partial<Carry<RoundProgress>> & {
  readonly progress: Pick<RoundProgress, 'sequence' | 'stage'> & Partial<RoundProgress>;
  readonly now: IsoInstant;
};

/** The workflow's own signature, which importing it would make a cycle of. */
type KeepRound = (terms: RoundTerms, carry?: RoundCarry) => Promise<void>;

const hasEnded = ({ stage }: RoundProgress): boolean => stage === 'ended';

/** A round under way: its terms, its progress, and the messages that move it. */
export class TrackedRound extends Tracked<RoundTerms, RoundProgress, RoundFact> {
  constructor(terms: RoundTerms, carry?: RoundCarry) {
    super({ record: recordRound, hasEnded, terms: 'withFirstStep' }, terms, resumedRound(carry?.progress), carry);
    this.#listen();
  }

  /** Records what the plan found to be due and brings the outbox in line with it. */
  async writeDown(plan: RoundPlan): Promise<void> {
    const { roundId } = this.terms;
    // Always: rounds of an earlier form did, and their histories must go on.
    await this.writeStep(plan, 'always', (step) => writeRoundDown({ roundId, ...step }));
  }

  protected override goOn(carry: Carry<RoundProgress>): Promise<never> {
    return continueAsNew<KeepRound>(this.terms, carry);
  }

  #listen(): void {
    setHandler(roundStatus, () => ({ progress: this.progress, now: this.clock.now(), lookAgainAt: this.lookAgainAt }));

    this.listenToClock();

    setHandler(
      dutyReported,
      ({ obligationId, noteId, ...said }) =>
        void this.heard(said, { type: 'dutyReported', obligationId, ...(noteId !== undefined && { noteId }) }),
    );

    for (const name of Object.keys(roundRequestRules) as RoundRequestName[]) {
      const rule = roundRequestRules[name] as RoundRequestRule<object>;
      this.answer<SaidAt>(roundUpdate(name), rule);
    }
  }
}
