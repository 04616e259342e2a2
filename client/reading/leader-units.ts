import { groupBy } from '../../workflows/rules/group-by.ts';
import { toIsoDate } from '../../prisma/days.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import { isClosed } from '../../workflows/rules/progress.ts';
import { type Light, lightOf } from '../../workflows/rules/lights.ts';
import type { CompletionRates } from '../../workflows/rules/completion-rate.ts';
import { completionOf, type LightCounts, noLights, type ShownRate, shownRateOf } from './issue-counts.ts';
import type { LeaderIssue } from './leader-roles.ts';
import type { RunningIssue } from './leader-waiting.ts';
import { byRed, unitLights, unitName } from './round-summary.ts';
import { measuresOfOthers } from './units.ts';

/** A unit (责任部门) against the plan, as far as its issues are the leader's. */
export interface LeaderUnit {
  readonly unit: string;
  /** Of what it owes as a whole or for measures of its own. */
  readonly lights: LightCounts;
  readonly open: number;
  /** Closed, and all that are to be closed, by the meaning of the completion rate that the policy shows. */
  readonly done: number;
  readonly of: number;
  /** With one decimal; null where it only answers for measures of other units' issues. */
  readonly percent: number | null;
  /** How many should be closed by now: those that are, and those whose deadline (整改时限) has passed. */
  readonly planned: number;
  /** How many of these are not. */
  readonly behind: number;
}

/** In the order of open reds: what burns is read first, and nobody is ranked. */
export function leaderUnits(running: readonly RunningIssue[], now: IsoInstant, today: IsoDate): LeaderUnit[] {
  const own = groupBy(running, ({ issue }) => unitName(issue));
  const lit = new Map(unitLights(running.flatMap((one) => litUnits(one, now))).map((unit) => [unit.unit, unit]));
  return [...new Set([...own.keys(), ...lit.keys()])]
    .map((unit): LeaderUnit => {
      const { lights, open } = lit.get(unit) ?? { lights: noLights(), open: 0 };
      const issues = own.get(unit) ?? [];
      const { done, of, percent } = shownRate(issues);
      const behind = issues.filter(({ issue, progress }) => !isClosed(progress) && deadlineOf(issue) < today).length;
      return { unit, lights, open, ...{ done, of, percent }, planned: done + behind, behind };
    })
    .sort(byRed);
}

/** An issue's light for its own unit, and for each other unit the light of what that one owes about its measures. */
function litUnits({ issue, terms, progress }: RunningIssue, now: IsoInstant) {
  const lit = (unit: string, colour: Light['colour']) => ({ unit, ...noLights(), [colour]: 1 });
  const others = [...measuresOfOthers(issue)].flatMap(([unit, measures]) => {
    const obligations = progress.obligations.filter(({ measure }) => measures.includes(measure ?? 0));
    return obligations.length === 0 ? [] : [lit(unit, lightOf(terms, { ...progress, obligations }, now).colour)];
  });
  return [lit(issue.unit, lightOf(terms, progress, now).colour), ...others];
}

/** The closed and all of them, in the meaning that the policy of the first issue shows. */
export function shownRate(issues: readonly Pick<RunningIssue, 'terms' | 'progress'>[]): CompletionRates[ShownRate] {
  const groups = issues.map(({ progress: { phase, closed } }) => ({
    ...{ phase, launched: 1, basicallyDone: closed?.outcome === 'basicallyDone' ? 1 : 0 },
  }));
  return completionOf(groups)[shownRateOf(issues[0]?.terms.policy.completionRate)];
}

function deadlineOf({ deadline, firstDeadline }: LeaderIssue): IsoDate {
  return toIsoDate(deadline ?? firstDeadline);
}
