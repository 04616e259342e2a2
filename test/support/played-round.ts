import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { RoundEvent, RoundFact } from '../../workflows/rules/round/events.ts';
import { type RoundPlan, roundPlanned } from '../../workflows/rules/round/planner.ts';
import { newRound, type RoundProgress } from '../../workflows/rules/round/progress.ts';
import { recordRound } from '../../workflows/rules/round/record.ts';
import type { RoundRequestRule } from '../../workflows/rules/round/request-rule.ts';
import { type RoundRequest, type RoundRequestName, roundRequestRules } from '../../workflows/rules/round/requests.ts';
import type { RoundStanding } from '../../workflows/rules/round/rules.ts';
import type { RoundTerms } from '../../workflows/rules/terms.ts';

/** A round played by the rules alone, without workflow or ledger: time goes on when it is told to. */
export class PlayedRound {
  terms: RoundTerms;
  readonly events: RoundEvent[] = [];
  progress: RoundProgress = newRound;
  standing: RoundStanding = { unsettled: 3 };
  now: IsoInstant;
  plan: RoundPlan;

  constructor(terms: RoundTerms) {
    this.terms = terms;
    this.now = terms.launchedAt;
    this.plan = this.look();
  }

  happens(fact: RoundFact, by: string | null = null): this {
    this.#fold(fact, by);
    this.plan = this.look();
    return this;
  }

  /** Asks as the workflow does; gives the codes of what stands in the way. */
  asks<Name extends RoundRequestName>(name: Name, by: string, request: RoundRequest<Name> & object): string[] {
    const rule = roundRequestRules[name] as unknown as RoundRequestRule<object>;
    const standpoint = { terms: this.terms, progress: this.progress, now: this.now };
    const asked = { ...request, by };
    const refusals = rule.refusals(standpoint, asked);
    if (refusals.length === 0) {
      const fact = rule.fact(standpoint, asked);
      if (rule.terms) this.terms = rule.terms(this.terms, request);
      this.happens(fact, by);
    }
    return refusals.map(({ code }) => code);
  }

  /** Lets time pass until `moment` (inclusive), looking whenever the plan says so. */
  until(moment: IsoInstant): this {
    for (let at = this.plan.lookAgainAt; at !== undefined && at <= moment; at = this.plan.lookAgainAt) {
      if (at <= this.now) throw new Error(`it looks again at ${at}, which is not later than ${this.now}`);
      this.now = at;
      this.plan = this.look();
    }
    if (moment > this.now) this.now = moment;
    return this;
  }

  look(): RoundPlan {
    const plan = roundPlanned(this.terms, this.progress, this.now, this.standing);
    for (const fact of plan.facts) this.#fold(fact, null);
    return plan;
  }

  get open(): string[] {
    return this.progress.obligations.map(({ id }) => id);
  }

  /** Each event as `2024-01-10 obligationOpened weekly-check-1-1`, those about obligations alone. */
  get duties(): string[] {
    return this.events.flatMap((event) =>
      'obligationId' in event ? [`${event.at.slice(0, 10)} ${event.type} ${event.obligationId}`] : [],
    );
  }

  #fold(fact: RoundFact, by: string | null): void {
    const event = { ...fact, sequence: this.progress.sequence + 1, at: this.now, by, source: by, requestId: by };
    this.progress = recordRound(this.progress, event);
    this.events.push(event);
  }
}
