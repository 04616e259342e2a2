import { type CompletionRates, completionRates } from '../../workflows/rules/completion-rate.ts';
import type { IssuePhase } from '../../workflows/rules/events.ts';
import type { Light } from '../../workflows/rules/lights.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import { isClosed } from '../../workflows/rules/progress.ts';

export type PhaseCounts = Readonly<Record<IssuePhase, number>>;
export type LightCounts = Readonly<Record<Light['colour'], number>>;

/** Which meaning of the completion rate the round's policy shows. */
export type ShownRate = 'countingLongTerm' | 'longTermApart';

/** How a set of issues stands: all of a round, of one body or of one feedback source. */
export interface IssueCounts {
  readonly issues: number;
  readonly measures: number;
  readonly phases: PhaseCounts;
  readonly lights: LightCounts;
  /** Closed issues, looked back at or not; long-term ones are counted apart. */
  readonly closed: number;
  readonly rebounds: number;
  /** Both meanings of the completion rate (完成率), and which of them the policy shows. */
  readonly completion: CompletionRates & { readonly shown: ShownRate };
  /** The one shown, in per cent with one decimal; null when there is nothing to count. */
  readonly completionPercent: number | null;
}

/** How many issues a group has, and how many of them are lit: the others have no light. */
export interface Lit {
  readonly red: number;
  readonly yellow: number;
  readonly green: number;
  readonly issues: number;
}

/** So many issues of one phase. */
export interface CountedIssues extends Lit {
  readonly phase: IssuePhase;
  /** Those of them that have been launched. */
  readonly launched: number;
  /** Those of them that were last closed as basically done (基本完成). */
  readonly basicallyDone: number;
  readonly rebounds: number;
  readonly measures: number;
}

export function countsOf(groups: readonly CountedIssues[], shown: ShownRate): IssueCounts {
  const phases = noPhases();
  const lights = noLights();
  for (const group of groups) {
    phases[group.phase] += group.issues;
    const own = lightsIn(group);
    for (const colour of colours) lights[colour] += own[colour];
  }
  const rates = completionOf(groups);
  return {
    issues: sumOf(groups, ({ issues }) => issues),
    measures: sumOf(groups, ({ measures }) => measures),
    phases,
    lights,
    closed: phases.lookBack + phases.archived,
    rebounds: sumOf(groups, ({ rebounds }) => rebounds),
    completion: { ...rates, shown },
    completionPercent: rates[shown].percent,
  };
}

/** The meaning of the rate that a policy shows; the stricter one where none is known. */
export function shownRateOf(completionRate: Policy['completionRate'] | undefined): ShownRate {
  return completionRate === 'longTermCounted' ? 'countingLongTerm' : 'longTermApart';
}

/** Issues of a draft count for nothing: nobody has been asked to do anything yet. */
export function completionOf(
  groups: readonly Pick<CountedIssues, 'phase' | 'launched' | 'basicallyDone'>[],
): CompletionRates {
  const launchedIn = (fits: (phase: IssuePhase) => boolean) =>
    sumOf(groups, ({ phase, launched }) => (fits(phase) ? launched : 0));
  const isDone = (phase: IssuePhase) => phase === 'lookBack' || phase === 'archived';
  const basicallyDone = sumOf(groups, (group) => (isDone(group.phase) ? group.basicallyDone : 0));
  return completionRates({
    total: launchedIn(() => true),
    done: launchedIn(isDone) - basicallyDone,
    basicallyDone,
    longTerm: launchedIn((phase) => phase === 'longTerm'),
    open: launchedIn((phase) => !isClosed({ phase })),
    withdrawn: launchedIn((phase) => phase === 'withdrawn'),
    merged: launchedIn((phase) => phase === 'merged'),
  });
}

function sumOf<One>(all: readonly One[], figure: (one: One) => number): number {
  return all.reduce((sum, one) => sum + figure(one), 0);
}

export const colours = ['red', 'yellow', 'green', 'none'] as const;

export function lightsIn({ red, yellow, green, issues }: Lit): LightCounts {
  return { red, yellow, green, none: issues - red - yellow - green };
}

export function noLights(): Record<Light['colour'], number> {
  return { red: 0, yellow: 0, green: 0, none: 0 };
}

export function noPhases(): Record<IssuePhase, number> {
  return {
    ...{ assignment: 0, rectification: 0, closureReview: 0, longTerm: 0 },
    ...{ lookBack: 0, archived: 0, withdrawn: 0, merged: 0 },
  };
}
