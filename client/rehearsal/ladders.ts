import type { Obligation } from '../../workflows/rules/events.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import { linesOf, type LadderTerms, type PlannedLine } from '../../workflows/rules/ladder.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import type { Role } from '../../workflows/rules/policy.ts';

/** A line of a ladder, whosever it is. */
export interface LadderStep extends Pick<
  PlannedLine,
  'rungId' | 'role' | 'letter' | 'plannedOn' | 'earliestAt' | 'missed'
> {
  /** What stands in the line's key behind the obligation: `/rung/role/plannedOn`. */
  readonly keyEnd: string;
  /** Of the rung and its day: whoever is addressed in two roles gets one line of it. */
  readonly rungOn: string;
}

/** Ladders as they are climbed when nobody acts. Two duties that opened and are due alike have the same. */
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
    const all = this.#wholeOf(terms, lift, obligation);
    return closedAt === undefined ? all : all.filter(({ earliestAt }) => earliestAt < closedAt);
  }

  #wholeOf(terms: LadderTerms, lift: number, obligation: Obligation): readonly LadderStep[] {
    const { kind, role, openedAt, dueOn } = obligation;
    const name = [kind, role, lift, openedAt, dueOn].join(' ');
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const climb = { subjectId: '', cycle: 1, lift, rests: () => false };
    const keyStart = ['', 1, obligation.id].join('/');
    const lines = linesOf(terms, climb, obligation, dayOf(this.#until)).map(
      ({ key, rungId, role: to, letter, plannedOn, earliestAt, missed }): LadderStep => ({
        ...{ rungId, role: to, letter, plannedOn, earliestAt, missed },
        keyEnd: key.slice(keyStart.length),
        rungOn: `${rungId}/${plannedOn}`,
      }),
    );
    // Two repeats that a quiet day puts off to the same day are one line.
    const steps = [...new Map(lines.map((step) => [step.keyEnd, step])).values()]
      .filter(({ earliestAt }) => earliestAt <= this.#until)
      .sort(byMoment);
    this.#known.set(name, steps);
    return steps;
  }
}

/** The order in which the roles of a rung are served. */
const places = new Map((Object.keys(roleNames) as Role[]).map((role, place) => [role, place]));

function byMoment(one: LadderStep, other: LadderStep): number {
  if (one.earliestAt !== other.earliestAt) return one.earliestAt < other.earliestAt ? -1 : 1;
  if (one.rungOn !== other.rungOn) return one.rungOn < other.rungOn ? -1 : 1;
  return places.get(one.role)! - places.get(other.role)!;
}
