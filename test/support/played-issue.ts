import type { IssueEvent, IssueFact } from '../../workflows/rules/events.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { PlannedLine } from '../../workflows/rules/ladder.ts';
import { planned, type Plan } from '../../workflows/rules/planner.ts';
import { hasEnded, type IssueProgress, openIssue } from '../../workflows/rules/progress.ts';
import { record } from '../../workflows/rules/record.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';

/** An issue played by the rules alone, without workflow or ledger: time goes on when it is told to. */
export class PlayedIssue {
  readonly terms: IssueTerms;
  readonly events: IssueEvent[] = [];
  /** The lines whose moment came while they were owed, in order. */
  readonly sent: PlannedLine[] = [];
  progress: IssueProgress;
  now: IsoInstant;
  plan: Plan;

  constructor(terms: IssueTerms) {
    this.terms = terms;
    this.now = terms.launchedAt;
    this.progress = openIssue(terms, this.now);
    this.plan = this.#look();
  }

  /** Somebody does something at the present moment. */
  happens(fact: IssueFact, by: string | null = null): this {
    this.#fold(fact, by);
    this.plan = this.#look();
    return this;
  }

  /** Lets time pass until `moment` (inclusive), looking whenever the plan says so and sending what is due. */
  until(moment: IsoInstant): this {
    for (;;) {
      const nextLook = this.plan.lookAgainAt;
      const stop = nextLook !== undefined && nextLook <= moment ? nextLook : moment;
      this.#send(stop);
      this.now = stop;
      if (stop === moment && stop !== nextLook) return this;
      this.plan = this.#look();
      if (hasEnded(this.progress)) {
        this.now = moment;
        return this;
      }
    }
  }

  get openObligations(): string[] {
    return this.progress.obligations.map(({ id }) => id);
  }

  /** What was sent as `2024-03-29 evidence-2-1 on-day handler`. */
  get sentLines(): string[] {
    return this.sent.map(
      ({ plannedOn, obligationId, rungId, role }) => `${plannedOn} ${obligationId} ${rungId} ${role}`,
    );
  }

  #send(through: IsoInstant): void {
    const due = this.plan.lines.filter(({ earliestAt }) => earliestAt > this.now && earliestAt <= through);
    this.sent.push(...due.sort((one, other) => (one.earliestAt < other.earliestAt ? -1 : 1)));
  }

  #look(): Plan {
    const plan = planned(this.terms, this.progress, this.now);
    for (const fact of plan.facts) this.#fold(fact, null);
    return plan;
  }

  #fold(fact: IssueFact, by: string | null): void {
    const event: IssueEvent = {
      ...fact,
      sequence: this.progress.sequence + 1,
      at: this.now,
      by,
      source: by && 'page',
      requestId: by && `request-${String(this.progress.sequence)}`,
    };
    this.progress = record(this.progress, event);
    this.events.push(event);
  }
}
