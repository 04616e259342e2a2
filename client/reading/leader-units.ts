import { toIsoDate } from '../../prisma/days.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import { isClosed, type IssueProgress } from '../../workflows/rules/progress.ts';
import { type Light, lightOf } from '../../workflows/rules/lights.ts';
import { type CompletionRates, completionRates } from '../../workflows/rules/completion-rate.ts';
import { type LightCounts, noLights, type ShownRate } from './issue-counts.ts';
import type { LeaderIssue } from './leader-roles.ts';
import type { RunningIssue } from './leader-waiting.ts';
import { lightReading } from './light-reading.ts';
import { byRed } from './round-summary.ts';
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

type LitRunning = RunningIssue & { readonly colour: Light['colour'] };

/** In the order of open reds: what burns is read first, and nobody is ranked. */
export function leaderUnits(running: readonly RunningIssue[], now: IsoInstant, today: IsoDate): LeaderUnit[] {
  const lights = new Map<string, Record<Light['colour'], number>>();
  const own = new Map<string, LitRunning[]>();
  for (const one of running) {
    const lit = { ...one, colour: lightReading(one, now).colour };
    const { issue } = one;
    own.set(nameOf(issue), [...(own.get(nameOf(issue)) ?? []), lit]);
    for (const { unit, colour } of unitLights(lit, now)) {
      const name = unit === '' ? unnamed : unit;
      const of = lights.get(name) ?? noLights();
      lights.set(name, of);
      of[colour] += 1;
    }
  }
  return [...new Set([...own.keys(), ...lights.keys()])]
    .map((unit): LeaderUnit => {
      const counts = lights.get(unit) ?? noLights();
      const issues = own.get(unit) ?? [];
      const { done, of, percent } = shownRate(issues);
      const behind = issues.filter(({ issue, progress }) => !isClosed(progress) && deadlineOf(issue) < today).length;
      return {
        unit,
        lights: counts,
        open: counts.red + counts.yellow + counts.green,
        ...{ done, of, percent },
        planned: done + behind,
        behind,
      };
    })
    .sort(byRed);
}

const unnamed = '未定责任部门';

function nameOf({ unit }: LeaderIssue): string {
  return unit === '' ? unnamed : unit;
}

/** An issue's light for its own unit, and for each other unit the light of what that one owes about its measures. */
function unitLights(
  { issue, terms, progress, colour }: LitRunning,
  now: IsoInstant,
): { readonly unit: string; readonly colour: Light['colour'] }[] {
  const others = [...measuresOfOthers(issue)].map(([unit, measures]) => {
    const obligations = progress.obligations.filter(({ measure }) => measures.includes(measure ?? 0));
    const owed = { ...progress, obligations };
    return { unit, colour: obligations.length === 0 ? ('none' as const) : lightOf(terms, owed, now).colour };
  });
  return [{ unit: issue.unit, colour }, ...others].filter(({ colour }) => colour !== 'none');
}

/** The closed and all of them, in the meaning that the policy of the first issue shows. */
export function shownRate(issues: readonly Pick<RunningIssue, 'terms' | 'progress'>[]): CompletionRates[ShownRate] {
  const shown = issues[0]?.terms.policy.completionRate === 'longTermCounted' ? 'countingLongTerm' : 'longTermApart';
  const count = (fits: (progress: IssueProgress) => boolean) => issues.filter(({ progress }) => fits(progress)).length;
  const isDone = ({ phase }: IssueProgress) => phase === 'lookBack' || phase === 'archived';
  const isBasically = ({ closed }: IssueProgress) => closed?.outcome === 'basicallyDone';
  return completionRates({
    total: issues.length,
    done: count((progress) => isDone(progress) && !isBasically(progress)),
    basicallyDone: count((progress) => isDone(progress) && isBasically(progress)),
    longTerm: count(({ phase }) => phase === 'longTerm'),
    open: count((progress) => !isClosed(progress)),
    withdrawn: count(({ phase }) => phase === 'withdrawn'),
    merged: count(({ phase }) => phase === 'merged'),
  })[shown];
}

function deadlineOf({ deadline, firstDeadline }: LeaderIssue): IsoDate {
  return toIsoDate(deadline ?? firstDeadline);
}
