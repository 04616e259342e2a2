import { addWorkdays, type Calendar, isWorkday } from '../../workflows/rules/calendar.ts';
import { compared } from '../../workflows/rules/compared.ts';
import type { Obligation } from '../../workflows/rules/events.ts';
import { addDays, type IsoDate, startOfDay } from '../../workflows/rules/instants.ts';
import { linesOf, proposalDay } from '../../workflows/rules/ladder.ts';
import { obligationNames } from '../../workflows/rules/names.ts';
import type { Letter, ObligationKind, Policy, Punishment, Role } from '../../workflows/rules/policy.ts';
import { ladderFor, ladderOf } from '../../workflows/rules/policy-parts.ts';

/** Who reads a rung of a ladder on a day, if nobody acts. */
export interface LadderDay {
  readonly day: IsoDate;
  /** Of the rung. */
  readonly roles: readonly Role[];
  /** A line of a mail, or a measure against people that the office is asked to decide. */
  readonly what: { readonly letter: Letter } | { readonly proposal: Punishment };
}

/** A ladder (督促阶梯) as it is climbed for one duty with an example day. */
export interface LadderPreview {
  readonly kind: ObligationKind;
  readonly role: Role;
  readonly openedOn: IsoDate;
  readonly dueOn: IsoDate;
  /** The last day that is shown, inclusive. */
  readonly through: IsoDate;
  readonly days: readonly LadderDay[];
  readonly calendar: Calendar;
  /** From `openedOn` to `through`, whatever is no workday. */
  readonly daysOff: readonly IsoDate[];
}

const shownBeforeWorkdays = 10;
const shownAfterWorkdays = 25;

/** The kinds of duty that a policy has a ladder for, in the order of an issue's life; the ledger does not keep a policy's own. */
export function laddersIn({ ladders }: Policy): ObligationKind[] {
  const kinds = Object.keys(obligationNames) as ObligationKind[];
  return kinds.filter((kind) => (ladders[kind] ?? []).length > 0);
}

/** The days on which each rung reaches whom, by the rules that the workflows go by; days off are skipped as they skip them. */
export function ladderPreview(
  policy: Policy,
  calendar: Calendar,
  { kind, dueOn }: { readonly kind: ObligationKind; readonly dueOn: IsoDate },
): LadderPreview {
  const role = ladderOf(policy, kind)[0]?.to[0] ?? 'handler';
  const openedOn = addWorkdays(calendar, dueOn, -shownBeforeWorkdays);
  const through = addWorkdays(calendar, dueOn, shownAfterWorkdays);
  const openedAt = startOfDay(openedOn);
  const obligation: Obligation = {
    ...{ id: `${kind}-1`, kind, role, dueOn, openedAt, overdue: 'no', proposedRungs: [] },
  };
  const terms = { policy, calendar, firstMail: 'inHours' } as const;
  const lines = linesOf(terms, { subjectId: '', cycle: 1, lift: 0, rests: () => false }, obligation, through);
  const days = new Map<string, LadderDay>();
  for (const { plannedOn, rungId, role: reader, letter } of lines) {
    const key = `${plannedOn}/${rungId}`;
    days.set(key, { day: plannedOn, roles: [...(days.get(key)?.roles ?? []), reader], what: { letter } });
  }
  const proposals = ladderFor(policy, obligation).flatMap((rung): LadderDay[] => {
    if (rung.proposal === undefined) return [];
    const day = proposalDay(terms, obligation, rung);
    return day > through ? [] : [{ day, roles: ['office'], what: { proposal: rung.proposal } }];
  });
  return {
    ...{ kind, role, openedOn, dueOn, through, calendar },
    days: [...days.values(), ...proposals].sort((one, other) => compared(one.day, other.day)),
    daysOff: daysOffIn(calendar, openedOn, through),
  };
}

function daysOffIn(calendar: Calendar, from: IsoDate, to: IsoDate): IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (!isWorkday(calendar, day)) days.push(day);
  return days;
}
