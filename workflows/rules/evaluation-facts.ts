import type { CompletionCounts } from './completion-rate.ts';
import type { Satisfaction } from './events.ts';
import type { Punishment } from './policy.ts';

/** How many of the duties owed were kept. */
export interface Kept {
  readonly kept: number;
  readonly owed: number;
}

/**
 * What a periodic evaluation (定期评估) rests on: what was owed and whether it was kept. How often somebody replied,
 * wrote or logged in is no part of it: that would reward noise.
 */
export interface EvaluationFacts {
  /** 整改方案; `notOwed` while its day has not come or none is asked for. */
  readonly plan: 'onTime' | 'late' | 'missing' | 'notOwed';
  readonly weeklyChecks: Kept;
  readonly monthlyDispatches: Kept;
  /** Acknowledged (认领) on time. */
  readonly acknowledgements: Kept;
  /** Promises (承诺) whose day has come. */
  readonly commitments: Kept;
  /** Measures against people that the office decided to take. */
  readonly punishments: Readonly<Record<Punishment, number>>;
  /** Measures whose deadline has come, kept where accepted evidence was in by then. */
  readonly measures: Kept;
  readonly issues: CompletionCounts;
  /** Whether the concentrated period (集中整改期) still runs: until it has ended nothing follows from a low grade. */
  readonly concentratedPeriod: 'running' | 'over';
  /** Which completion rate counts: the policy's. */
  readonly completionRate: 'longTermCounted' | 'longTermApart';
  readonly returnedClosures: number;
  readonly rebounds: number;
  readonly satisfaction: Readonly<Record<Satisfaction, number>>;
}

/** @throws RangeError when a figure is no count, or more was kept than owed */
export function requireCounts(facts: EvaluationFacts): void {
  const { weeklyChecks, monthlyDispatches, acknowledgements, commitments, measures } = facts;
  const duties = [weeklyChecks, monthlyDispatches, acknowledgements, commitments, measures];
  const counts = [
    ...duties.flatMap(({ kept, owed }) => [kept, owed]),
    ...Object.values(facts.punishments),
    ...Object.values(facts.satisfaction),
    facts.returnedClosures,
    facts.rebounds,
  ];
  const isCount = (count: number) => Number.isSafeInteger(count) && count >= 0;
  if (!counts.every(isCount) || duties.some(({ kept, owed }) => kept > owed)) {
    throw new RangeError(`Not counts of what was kept and owed: ${JSON.stringify(facts)}`);
  }
}
