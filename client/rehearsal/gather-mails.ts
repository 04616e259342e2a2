import { compared } from '../../workflows/rules/compared.ts';
import { addWorkdays, type Calendar } from '../../workflows/rules/calendar.ts';
import { addDays, at, dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { lineKey } from '../../workflows/rules/ladder.ts';
import type { Policy, Role } from '../../workflows/rules/policy.ts';
import type { Addressees } from './addressees.ts';
import type { LadderStep } from './ladders.ts';
import type { SilentDuty } from './silent-life.ts';

/** A duty with whose it is. */
export interface OwnedDuty {
  /** The issue's id, or the round's. */
  readonly subjectId: string;
  readonly issueId: string | null;
  /** The inspected body whose matter it is, where it is one of several. */
  readonly bodyId: string | null;
  /** Whose holders of a role are written to: the issue's, a body's, or (null) the round's. */
  readonly heldFor: string | null;
  readonly code: string;
  readonly duty: SilentDuty;
}

/** A line on its way to one person. */
export interface Copy {
  readonly owned: OwnedDuty;
  readonly step: LadderStep;
}

/** One person's mail of a day. */
export interface RehearsedMail {
  readonly personId: string;
  readonly on: IsoDate;
  readonly leavesAt: IsoInstant;
  readonly copies: readonly Copy[];
  /** So many pages the office is told of in it (打印送达); left out where none. */
  readonly notices?: number;
}

export interface GatheredMails {
  readonly mails: readonly RehearsedMail[];
  /** Lines that nobody would get, because nobody holds the role. */
  readonly unresolved: ReadonlyMap<Role, ReadonlySet<string>>;
}

/** The line's key in the outbox. */
export function keyOf({ owned: { subjectId, duty }, step }: Copy): string {
  return lineKey({ subjectId, cycle: duty.cycle }, duty.obligation.id, step);
}

interface OpenMail {
  leavesAt: IsoInstant;
  copies: Copy[];
  /** What falls due later on the same day, when the day's one mail has left. */
  later: { leavesAt: IsoInstant; copies: Copy[] }[];
}

/** One person's mails, by day. */
type DayMails = Map<IsoDate, OpenMail>;

/** Whose mails carry a role's lines, until somebody else holds it. */
interface Readers {
  readonly mails: readonly DayMails[];
  readonly until: IsoInstant;
}

/**
 * The mails in which the lines leave: one per person and day (一人一天至多一封). A person in two roles gets a rung's line
 * once, under the role that stands first; what falls due after the day's mail has left waits for the next workday.
 */
export function gatherMails(
  duties: Iterable<OwnedDuty>,
  addressees: Addressees,
  { policy, calendar, until }: { policy: Policy; calendar: Calendar; until: IsoInstant },
): GatheredMails {
  const byPerson = new Map<string, DayMails>();
  const unresolved = new Map<Role, Set<string>>();

  for (const owned of duties) {
    const { steps, obligation } = owned.duty;
    // A round's duty carries its own number where an issue's carries its measure's.
    const place = { heldFor: owned.heldFor, measure: owned.issueId === null ? undefined : obligation.measure };
    const readers = new Map<Role, Readers>();
    let before: LadderStep | undefined;
    let served: DayMails[] = [];
    for (const step of steps) {
      if (before?.rungId !== step.rungId || before.plannedOn !== step.plannedOn) served = [];
      before = step;
      let who = readers.get(step.role);
      if (who === undefined || who.until <= step.earliestAt) {
        const { personIds, until: untilThen } = addressees.at({ ...place, role: step.role }, step.earliestAt);
        if (personIds.length === 0) unresolved.set(step.role, (unresolved.get(step.role) ?? new Set()).add(owned.code));
        who = { mails: personIds.map(mailsOf), until: untilThen };
        readers.set(step.role, who);
      }
      for (const mails of who.mails) {
        if (served.includes(mails)) continue;
        served.push(mails);
        put(mails, step.plannedOn, step.earliestAt, { owned, step });
      }
    }
  }
  for (const days of byPerson.values()) postpone(days);
  return { mails: inOrder(byPerson), unresolved };

  function mailsOf(personId: string): DayMails {
    const known = byPerson.get(personId) ?? new Map<IsoDate, OpenMail>();
    byPerson.set(personId, known);
    return known;
  }

  function postpone(days: DayMails): void {
    const crowded = [...days].filter(([, { later }]) => later.length > 0).map(([day]) => day);
    for (const day of crowded.sort()) {
      const next = addWorkdays(calendar, addDays(day, 1), 0);
      const leavesAt = at(next, policy.sendAt);
      if (leavesAt > until) continue;
      for (const copy of days.get(day)!.later.flatMap(({ copies }) => copies)) {
        if (isStillOwed(copy, leavesAt) && !isSaidAgain(copy, next)) put(days, next, leavesAt, copy);
      }
    }
  }
}

function put(days: DayMails, day: IsoDate, leavesAt: IsoInstant, copy: Copy): void {
  const mail = days.get(day);
  if (mail === undefined) days.set(day, { leavesAt, copies: [copy], later: [] });
  else if (mail.leavesAt === leavesAt) mail.copies.push(copy);
  else if (leavesAt > mail.leavesAt) mail.later.push({ leavesAt, copies: [copy] });
  else {
    mail.later.push({ leavesAt: mail.leavesAt, copies: mail.copies });
    mail.leavesAt = leavesAt;
    mail.copies = [copy];
  }
}

function isStillOwed({ owned: { duty } }: Copy, moment: IsoInstant): boolean {
  return duty.closedAt === undefined || duty.closedAt > moment;
}

/** A later line of the same duty says the same to the same role, so that the earlier one is collapsed into it. */
function isSaidAgain({ owned: { duty }, step }: Copy, day: IsoDate): boolean {
  if (step.missed !== 'collapse') return false;
  return duty.steps.some(({ role, plannedOn }) => role === step.role && plannedOn > step.plannedOn && plannedOn <= day);
}

function inOrder(byPerson: ReadonlyMap<string, DayMails>): RehearsedMail[] {
  const mails = [...byPerson].flatMap(([personId, days]) =>
    [...days.values()].map(({ leavesAt, copies }) => ({ personId, on: dayOf(leavesAt), leavesAt, copies })),
  );
  return mails.sort((one, other) => compared(one.leavesAt, other.leavesAt));
}
