import { toIsoDate } from '../../prisma/days.ts';
import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Light } from '../../workflows/rules/lights.ts';
import {
  countsOf,
  type IssueCounts,
  type LightCounts,
  type Lit,
  noLights,
  type ShownRate,
  shownRateOf,
} from './issue-counts.ts';
import type { FigureGroup, RoundFigures } from './round-figures.ts';
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

/** Sums up a round at a moment, all of its issues and by body and by source. */
export function summaryOf(round: RoundRow, { groups, otherUnits, rules }: RoundFigures, now: IsoInstant): RoundSummary {
  const shown = shownRateOf(rules?.completionRate);
  const today = dayOf(now);
  const endsOn = round.concentratedEndsOn && toIsoDate(round.concentratedEndsOn);
  const calendar = rules?.calendar;
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
    ...countsOf(groups, shown),
    units: unitLights([...groups, ...otherUnits].toSorted((one, other) => one.first - other.first)),
    byBody: partsOf(groups, shown, {
      known: round.bodies.map(({ name }) => name),
      nameOf: ({ bodyId }) => round.bodies.find(({ id }) => id === bodyId)?.name ?? '',
    }),
    bySource: partsOf(groups, shown, { known: [], nameOf: ({ source }) => source }),
  };
}

/** What a unit is called in figures, also where nobody has said which it is. */
export function unitName({ unit }: { readonly unit: string }): string {
  return unit === '' ? '未定责任部门' : unit;
}

/** An issue's light counts for its own unit, and for each other unit the light of what that one owes about its measures. */
export function unitLights(groups: readonly (Omit<Lit, 'issues'> & { readonly unit: string })[]): UnitLights[] {
  const units = new Map<string, Record<Light['colour'], number>>();
  for (const group of groups) {
    if (group.red + group.yellow + group.green === 0) continue;
    const unit = unitName(group);
    const of = units.get(unit) ?? noLights();
    units.set(unit, of);
    for (const colour of ['red', 'yellow', 'green'] as const) of[colour] += group[colour];
  }
  return [...units].map(([unit, of]) => ({ unit, lights: of, open: of.red + of.yellow + of.green })).sort(byRed);
}

/** The parts in the order in which they come, those without issues too. */
function partsOf(
  groups: readonly FigureGroup[],
  shown: ShownRate,
  { known, nameOf }: { readonly known: readonly string[]; readonly nameOf: (group: FigureGroup) => string },
): PartSummary[] {
  const parts = new Map<string, FigureGroup[]>(known.map((name) => [name, []]));
  for (const group of groups) {
    const name = nameOf(group);
    const part = parts.get(name);
    if (part === undefined) parts.set(name, [group]);
    else part.push(group);
  }
  return [...parts].map(([name, of]) => ({ name, ...countsOf(of, shown) }));
}

/** In the order of open reds, so that what burns is read first; no league table. */
export function byRed(one: UnitLights, other: UnitLights): number {
  return other.lights.red - one.lights.red || other.lights.yellow - one.lights.yellow || other.open - one.open;
}
