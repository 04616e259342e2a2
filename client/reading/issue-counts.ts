import { type CompletionRates, completionRates } from '../../workflows/rules/completion-rate.ts';
import type { IssuePhase } from '../../workflows/rules/events.ts';
import type { Light } from '../../workflows/rules/lights.ts';
import { type IssueProgress, isClosed } from '../../workflows/rules/progress.ts';
import { type Stored, storedIssue } from './stored.ts';

type PhaseCounts = Readonly<Record<IssuePhase, number>>;
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

export interface CountedIssue extends Stored {
  readonly phase: IssuePhase;
  readonly kind: string;
  readonly cycle: number;
  readonly _count: { readonly measures: number };
}

export function countsOf(
  issues: readonly (CountedIssue & { readonly colour: Light['colour'] })[],
  shown: ShownRate,
): IssueCounts {
  const phases: Record<IssuePhase, number> = {
    assignment: 0,
    rectification: 0,
    closureReview: 0,
    longTerm: 0,
    lookBack: 0,
    archived: 0,
    withdrawn: 0,
    merged: 0,
  };
  const lights = noLights();
  for (const { phase, colour } of issues) {
    phases[phase] += 1;
    lights[colour] += 1;
  }
  const rates = completionOf(issues);
  return {
    issues: issues.length,
    measures: issues.reduce((sum, { _count }) => sum + _count.measures, 0),
    phases,
    lights,
    closed: phases.lookBack + phases.archived,
    rebounds: issues.reduce((sum, { cycle }) => sum + cycle - 1, 0),
    completion: { ...rates, shown },
    completionPercent: rates[shown].percent,
  };
}

/** Issues of a draft count for nothing: nobody has been asked to do anything yet. */
function completionOf(issues: readonly Stored[]): CompletionRates {
  const launched = issues.flatMap((issue) => storedIssue(issue) ?? []);
  const of = (fits: (progress: IssueProgress) => boolean) => launched.filter(({ progress }) => fits(progress)).length;
  const closed = ({ phase }: IssueProgress) => phase === 'lookBack' || phase === 'archived';
  const basically = ({ closed: last }: IssueProgress) => last?.outcome === 'basicallyDone';
  return completionRates({
    total: launched.length,
    done: of((progress) => closed(progress) && !basically(progress)),
    basicallyDone: of((progress) => closed(progress) && basically(progress)),
    longTerm: of(({ phase }) => phase === 'longTerm'),
    open: of((progress) => !isClosed(progress)),
    withdrawn: of(({ phase }) => phase === 'withdrawn'),
    merged: of(({ phase }) => phase === 'merged'),
  });
}

export function noLights(): Record<Light['colour'], number> {
  return { red: 0, yellow: 0, green: 0, none: 0 };
}
