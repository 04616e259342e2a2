import { liftOf } from '../../workflows/rules/climb.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { planned } from '../../workflows/rules/planner.ts';
import type { Policy, Punishment } from '../../workflows/rules/policy.ts';
import { openIssue } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import type { Ladders } from './ladders.ts';
import { type SilentDuty, silentDuties, withoutReminders, withSteps } from './silent-life.ts';

/** An issue's life in which nobody does anything. */
export interface SilentIssue {
  readonly duties: readonly SilentDuty[];
  readonly proposals: readonly { readonly at: IsoInstant; readonly measure: Punishment }[];
}

/** The issues of one round, which share its policy, its calendar and the moment of its launch. */
export class SilentIssues {
  readonly #ladders: Ladders;
  readonly #until: IsoInstant;
  readonly #known = new Map<string, SilentIssue>();
  /** The round's policy without its reminders, once there is an issue. */
  #unheard: Policy | undefined;

  /** @param until the last moment that is played, inclusive */
  constructor(ladders: Ladders, until: IsoInstant) {
    this.#ladders = ladders;
    this.#until = until;
  }

  /** How many lives had to be played: issues of the same kind, weight and days live alike. */
  get played(): number {
    return this.#known.size;
  }

  of(terms: IssueTerms): SilentIssue {
    const { kind, weight, deadline, measures, recurrenceOf, itemIds } = terms;
    const days = measures.map(({ number, deadline: on, kind: what }) => `${String(number)}=${on}${what ?? ''}`);
    const shape = [kind, weight, recurrenceOf !== undefined, itemIds !== undefined, deadline, ...days].join(' ');
    const known = this.#known.get(shape);
    if (known !== undefined) return known;
    const issue = this.#play(terms);
    this.#known.set(shape, issue);
    return issue;
  }

  #play(terms: IssueTerms): SilentIssue {
    this.#unheard ??= withoutReminders(terms.policy);
    const unheard = { ...terms, policy: this.#unheard };
    const proposals: { at: IsoInstant; measure: Punishment }[] = [];
    const launched = openIssue(terms, terms.launchedAt);
    let progress = launched;
    const duties = silentDuties(terms.launchedAt, this.#until, (now) => {
      const { facts, after, lookAgainAt } = planned(unheard, progress, now);
      for (const fact of facts) {
        if (fact.type === 'proposalRaised') proposals.push({ at: now, measure: fact.measure });
      }
      progress = after;
      return { cycle: after.cycle, obligations: after.obligations, lookAgainAt };
    });
    return { proposals, duties: withSteps(duties, { terms, lift: liftOf(launched), ladders: this.#ladders }) };
  }
}
