import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { ObligationKind, Role } from '../../workflows/rules/policy.ts';
import type { Law } from './facts.ts';

/** Something that was owed, since when and by whom. Until when and by what day, its subject's history says. */
export interface DutySpan {
  /** The issue's id, or the round's. */
  readonly subjectId: string;
  /** Whose handlers and leaders it is about: issues, or one body that owes it; none where it is the whole round's. */
  readonly issueIds: readonly string[];
  /** The measures that alone it is about, by their issue. */
  readonly measuresOf?: Readonly<Record<string, readonly number[]>>;
  readonly cycle: number;
  readonly obligationId: string;
  readonly kind: ObligationKind;
  readonly role: Role;
  /** For evidence: the measure's number. */
  readonly measure: number | undefined;
  readonly proposalId: string | undefined;
  readonly openedAt: IsoInstant;
}

/** What is asked of somebody about a duty at a moment. */
export interface Asked extends Law {
  readonly dueOn: IsoDate;
  /** How many levels above the handler read along at least. */
  readonly above: number;
  /** Whether a line that would leave at a moment rests (承诺、异议、中止). */
  readonly rests: (leavesAt: IsoInstant) => boolean;
}

/** What was owed about an issue or a round, and how it stood at each moment. */
export interface DutyHistory {
  readonly spans: readonly DutySpan[];
  /** The moments of its events on a day, in order, each once. */
  readonly momentsOn: (day: IsoDate) => readonly IsoInstant[];
  /** From when on a duty was owed no more; undefined while it is. */
  readonly endOf: (span: DutySpan) => IsoInstant | undefined;
  /** How the duty stood right before a moment, and after each event of that moment; undefined where it was not owed. */
  readonly askedAt: (span: DutySpan, moment: IsoInstant) => readonly (Asked | undefined)[];
  readonly lawAt: (moment: IsoInstant) => Law;
  /** The moments at which another policy or calendar was adopted, in order. */
  readonly adoptedAt: readonly IsoInstant[];
}

/** Looks moments up in what stood after each event. */
export function historyOf<State extends Law>(
  spans: readonly DutySpan[],
  first: State,
  after: readonly { readonly at: IsoInstant; readonly state: State }[],
  asked: (span: DutySpan, state: State) => Asked | undefined,
): DutyHistory {
  const statesAt = (moment: IsoInstant): State[] => {
    const start = firstIndex(after, ({ at }) => at >= moment);
    const end = firstIndex(after, ({ at }) => at > moment);
    return [after[start - 1]?.state ?? first, ...after.slice(start, end).map(({ state }) => state)];
  };
  const byDay = new Map<IsoDate, IsoInstant[]>();
  for (const moment of new Set(after.map(({ at }) => at))) {
    const day = dayOf(moment);
    byDay.set(day, [...(byDay.get(day) ?? []), moment]);
  }
  return {
    spans,
    momentsOn: (day) => byDay.get(day) ?? [],
    endOf: (span) => after[after.findLastIndex(({ state }) => asked(span, state) !== undefined) + 1]?.at,
    askedAt: (span, moment) => statesAt(moment).map((state) => asked(span, state)),
    lawAt: (moment) => statesAt(moment).at(-1)!,
    adoptedAt: after
      .filter(({ state }, index) => !isSameLaw(state, after[index - 1]?.state ?? first))
      .map(({ at }) => at),
  };
}

export function isSameLaw(one: Law, other: Law): boolean {
  return one.policy === other.policy && one.calendar === other.calendar;
}

/** Where a condition that holds from somewhere on begins to hold. */
function firstIndex<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
