import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import type { IssuePhase } from '../../workflows/rules/events.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { type CompletionRates, completionRates } from '../../workflows/rules/completion-rate.ts';
import { type IssueProgress, isClosed } from '../../workflows/rules/progress.ts';
import type { Light } from '../../workflows/rules/lights.ts';
import { toIsoDate } from '../../prisma/days.ts';
import { lightReading } from './light-reading.ts';
import { storedIssue } from './stored.ts';
import { roundStateNames } from './words.ts';

export type PhaseCounts = Readonly<Record<IssuePhase, number>>;
export type LightCounts = Readonly<Record<Light['colour'], number>>;

/** A round (轮次) in one row. */
export interface RoundSummary {
  readonly id: string;
  readonly name: string;
  readonly codePrefix: string;
  readonly state: keyof typeof roundStateNames;
  readonly stateName: string;
  readonly clockId: string;
  readonly now: IsoInstant;
  readonly today: IsoDate;
  readonly feedbackOn: IsoDate | null;
  readonly concentratedEndsOn: IsoDate | null;
  /** To the last day of the concentrated period; negative once it is over. */
  readonly concentratedWorkdaysLeft: number | null;
  readonly issues: number;
  readonly measures: number;
  readonly phases: PhaseCounts;
  readonly lights: LightCounts;
  /** Closed issues, looked back at or not; long-term ones are counted apart. */
  readonly closed: number;
  readonly rebounds: number;
  /** Both meanings of the completion rate (完成率), and which of them the policy shows. */
  readonly completion: CompletionRates & { readonly shown: 'countingLongTerm' | 'longTermApart' };
  /** The one shown, in per cent with one decimal; null when there is nothing to count. */
  readonly completionPercent: number | null;
  readonly units: readonly UnitLights[];
}

/** The lights of the open issues of one responsible unit (责任部门). */
export interface UnitLights {
  readonly unit: string;
  readonly lights: LightCounts;
  readonly open: number;
}

export interface RoundRow {
  readonly id: string;
  readonly name: string;
  readonly codePrefix: string;
  readonly state: keyof typeof roundStateNames;
  readonly clockId: string;
  readonly feedbackOn: Date | null;
  readonly concentratedEndsOn: Date | null;
}

export const roundFields = {
  id: true,
  name: true,
  codePrefix: true,
  state: true,
  clockId: true,
  feedbackOn: true,
  concentratedEndsOn: true,
} as const;

export interface SummaryIssue {
  readonly unit: string;
  readonly phase: IssuePhase;
  readonly kind: string;
  readonly cycle: number;
  readonly terms: unknown;
  readonly progress: unknown;
  readonly _count: { readonly measures: number };
}

export const summaryIssueFields = {
  roundId: true,
  unit: true,
  phase: true,
  kind: true,
  cycle: true,
  terms: true,
  progress: true,
  _count: { select: { measures: true } },
} as const;

/** Counts a round's issues at a moment. */
export function summaryOf(round: RoundRow, issues: readonly SummaryIssue[], now: IsoInstant): RoundSummary {
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
  const units = new Map<string, Record<Light['colour'], number>>();
  for (const issue of issues) {
    phases[issue.phase] += 1;
    const { colour } = lightReading(issue, now);
    lights[colour] += 1;
    if (colour === 'none') continue;
    const unit = issue.unit === '' ? '未定责任部门' : issue.unit;
    const of = units.get(unit) ?? noLights();
    units.set(unit, of);
    of[colour] += 1;
  }
  const closed = phases.lookBack + phases.archived;
  const completion = completionOf(issues);
  const calendar = issues.map(storedIssue).find((issue) => issue !== undefined)?.terms.calendar;
  const today = dayOf(now);
  const endsOn = round.concentratedEndsOn && toIsoDate(round.concentratedEndsOn);
  return {
    id: round.id,
    name: round.name,
    codePrefix: round.codePrefix,
    state: round.state,
    stateName: roundStateNames[round.state],
    clockId: round.clockId,
    now,
    today,
    feedbackOn: round.feedbackOn && toIsoDate(round.feedbackOn),
    concentratedEndsOn: endsOn,
    concentratedWorkdaysLeft: endsOn !== null && calendar ? workdaysBetween(calendar, today, endsOn) : null,
    issues: issues.length,
    measures: issues.reduce((sum, { _count }) => sum + _count.measures, 0),
    phases,
    lights,
    closed,
    rebounds: issues.reduce((sum, { cycle }) => sum + cycle - 1, 0),
    completion,
    completionPercent: completion[completion.shown].percent,
    units: [...units].map(([unit, of]) => ({ unit, lights: of, open: of.red + of.yellow + of.green })).sort(byRed),
  };
}

/** Issues of a draft count for nothing: nobody has been asked to do anything yet. */
function completionOf(issues: readonly SummaryIssue[]): RoundSummary['completion'] {
  const launched = issues.flatMap((issue) => storedIssue(issue) ?? []);
  const of = (fits: (progress: IssueProgress) => boolean) => launched.filter(({ progress }) => fits(progress)).length;
  const closed = ({ phase }: IssueProgress) => phase === 'lookBack' || phase === 'archived';
  const basically = ({ closed: last }: IssueProgress) => last?.outcome === 'basicallyDone';
  const rates = completionRates({
    total: launched.length,
    done: of((progress) => closed(progress) && !basically(progress)),
    basicallyDone: of((progress) => closed(progress) && basically(progress)),
    longTerm: of(({ phase }) => phase === 'longTerm'),
    open: of((progress) => !isClosed(progress)),
    withdrawn: of(({ phase }) => phase === 'withdrawn'),
    merged: of(({ phase }) => phase === 'merged'),
  });
  const counted = launched[0]?.terms.policy.completionRate === 'longTermCounted';
  return { ...rates, shown: counted ? 'countingLongTerm' : 'longTermApart' };
}

export function noLights(): Record<Light['colour'], number> {
  return { red: 0, yellow: 0, green: 0, none: 0 };
}

/** In the order of open reds, so that what burns is read first; no league table. */
export function byRed(one: UnitLights, other: UnitLights): number {
  return other.lights.red - one.lights.red || other.lights.yellow - one.lights.yellow || other.open - one.open;
}
