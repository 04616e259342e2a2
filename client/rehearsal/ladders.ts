import type { Obligation } from '../../workflows/rules/events.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import { linesOf, type LadderTerms, type PlannedLine } from '../../workflows/rules/ladder.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import type { Role } from '../../workflows/rules/policy.ts';

/** A line of a ladder, whosever it is: two duties that opened and are due alike share it. */
export type LadderStep = Pick<PlannedLine, 'rungId' | 'role' | 'letter' | 'plannedOn' | 'earliestAt' | 'missed'>;

/** Ladders as they are climbed when nobody acts, each made once for all duties that opened, are due and lapse alike. */
export class Ladders {
  readonly #until: IsoInstant;
  readonly #known = new Map<string, readonly LadderStep[]>();

  /** @param until the last moment at which anything leaves, inclusive */
  constructor(until: IsoInstant) {
    this.#until = until;
  }

  /** @param closedAt from when on nothing leaves */
  of(
    terms: LadderTerms,
    lift: number,
    obligation: Obligation,
    closedAt: IsoInstant | undefined,
  ): readonly LadderStep[] {
    const { kind, role, openedAt, dueOn } = obligation;
    const name = [kind, role, lift, openedAt, dueOn, closedAt ?? ''].join(' ');
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const leaves = ({ earliestAt }: LadderStep) =>
      earliestAt <= this.#until && (closedAt === undefined || earliestAt < closedAt);
    const climb = { subjectId: '', cycle: 1, lift, rests: () => false };
    const steps = linesOf(terms, climb, obligation, dayOf(closedAt ?? this.#until))
      .filter(leaves)
      .sort(byMoment);
    this.#known.set(name, steps);
    return steps;
  }
}

/** The order in which the roles of a rung are served. */
const places = new Map((Object.keys(roleNames) as Role[]).map((role, place) => [role, place]));

function byMoment(one: LadderStep, other: LadderStep): number {
  if (one.earliestAt !== other.earliestAt) return one.earliestAt < other.earliestAt ? -1 : 1;
  if (one.rungId !== other.rungId) return one.rungId < other.rungId ? -1 : 1;
  return places.get(one.role)! - places.get(other.role)!;
}
