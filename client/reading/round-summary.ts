import { toIsoDate } from '../../prisma/days.ts';
import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Light } from '../../workflows/rules/lights.ts';
import {
  type CountedIssue,
  countsOf,
  type IssueCounts,
  type LightCounts,
  noLights,
  type ShownRate,
} from './issue-counts.ts';
import { lightReading } from './light-reading.ts';
import { storedIssue } from './stored.ts';
import { measuresOfOthers, unitFields, type WithUnits } from './units.ts';
import { roundStateNames } from './words.ts';

/** A round (轮次) in one row. */
export interface RoundSummary extends IssueCounts {
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
  readonly units: readonly UnitLights[];
  /** By inspected body (被巡察单位). */
  readonly byBody: readonly PartSummary[];
  /** By feedback source (反馈来源). */
  readonly bySource: readonly PartSummary[];
}

/** The issues of one body or one source; the name is empty where it is not known. */
export interface PartSummary extends IssueCounts {
  readonly name: string;
}

/**
 * The lights of the open issues for which one unit (责任部门) answers, as a whole or for measures of its own. An issue of two
 * units counts for each: the sum over the units is no count of issues.
 */
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
  readonly bodies: readonly { readonly id: string; readonly name: string }[];
}

export const roundFields = {
  id: true,
  name: true,
  codePrefix: true,
  state: true,
  clockId: true,
  feedbackOn: true,
  concentratedEndsOn: true,
  bodies: { select: { id: true, name: true }, orderBy: { id: 'asc' } },
} as const;

export interface SummaryIssue extends CountedIssue, WithUnits {
  readonly source: string;
  readonly bodyId: string | null;
}

export type LitIssue = SummaryIssue & { readonly colour: Light['colour'] };

export const summaryIssueFields = {
  roundId: true,
  ...unitFields,
  source: true,
  bodyId: true,
  phase: true,
  kind: true,
  cycle: true,
  terms: true,
  progress: true,
  _count: { select: { measures: true } },
} as const;

/** Counts a round's issues at a moment, all of them and by body and by source. */
export function summaryOf(round: RoundRow, issues: readonly SummaryIssue[], now: IsoInstant): RoundSummary {
  const lit = issues.map((issue) => ({ ...issue, colour: lightReading(issue, now).colour }));
  const units = new Map<string, Record<Light['colour'], number>>();
  for (const { colour, unit: name } of lit.flatMap((issue) => unitLights(issue, now))) {
    const unit = name === '' ? '未定责任部门' : name;
    const of = units.get(unit) ?? noLights();
    units.set(unit, of);
    of[colour] += 1;
  }
  const stored = issues.map(storedIssue).find((issue) => issue !== undefined);
  const shown = stored?.terms.policy.completionRate === 'longTermCounted' ? 'countingLongTerm' : 'longTermApart';
  const today = dayOf(now);
  const endsOn = round.concentratedEndsOn && toIsoDate(round.concentratedEndsOn);
  const calendar = stored?.terms.calendar;
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
    ...countsOf(lit, shown),
    units: [...units].map(([unit, of]) => ({ unit, lights: of, open: of.red + of.yellow + of.green })).sort(byRed),
    byBody: partsOf(lit, shown, {
      known: round.bodies.map(({ name }) => name),
      nameOf: ({ bodyId }) => round.bodies.find(({ id }) => id === bodyId)?.name ?? '',
    }),
    bySource: partsOf(lit, shown, { known: [], nameOf: ({ source }) => source }),
  };
}

/** An issue's light for its own unit, and for each other unit the light of what that one owes about its measures. */
export function unitLights(
  issue: LitIssue,
  now: IsoInstant,
): { readonly unit: string; readonly colour: Light['colour'] }[] {
  const stored = storedIssue(issue);
  const others = [...measuresOfOthers(issue)].map(([unit, measures]) => {
    const owed = stored?.progress.obligations.filter(({ measure }) => measures.includes(measure ?? 0)) ?? [];
    const progress = stored && { ...stored.progress, obligations: owed };
    return { unit, colour: owed.length === 0 ? ('none' as const) : lightReading({ ...issue, progress }, now).colour };
  });
  return [{ unit: issue.unit, colour: issue.colour }, ...others].filter(({ colour }) => colour !== 'none');
}

/** The parts in the order in which they come, those without issues too. */
function partsOf(
  lit: readonly LitIssue[],
  shown: ShownRate,
  { known, nameOf }: { readonly known: readonly string[]; readonly nameOf: (issue: LitIssue) => string },
): PartSummary[] {
  const parts = new Map<string, LitIssue[]>(known.map((name) => [name, []]));
  for (const issue of lit) {
    const name = nameOf(issue);
    const part = parts.get(name);
    if (part === undefined) parts.set(name, [issue]);
    else part.push(issue);
  }
  return [...parts].map(([name, issues]) => ({ name, ...countsOf(issues, shown) }));
}

/** In the order of open reds, so that what burns is read first; no league table. */
export function byRed(one: UnitLights, other: UnitLights): number {
  return other.lights.red - one.lights.red || other.lights.yellow - one.lights.yellow || other.open - one.open;
}
