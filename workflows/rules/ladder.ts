import { addWorkdays, type Calendar, isWorkday } from './calendar.ts';
import type { Obligation } from './events.ts';
import { addDays, at, dayOf, type IsoDate, type IsoInstant, latest, startOfDay } from './instants.ts';
import { stems } from './obligation-ids.ts';
import type { Letter, Missed, Paper, Policy, Role, Rung } from './policy.ts';
import { ladderFor } from './policy-parts.ts';
import { isQuietDay, nextSendingDay } from './sending-days.ts';

/** One reminder line (催办) that leaves on its day if its obligation is still open. */
export interface PlannedLine {
  /** `issue/cycle/obligation/rung/role/plannedOn`: the same line always has the same key. For a round's duty, its id stands first. */
  readonly key: string;
  readonly obligationId: string;
  readonly rungId: string;
  readonly role: Role;
  readonly letter: Letter;
  readonly paper?: Paper;
  readonly plannedOn: IsoDate;
  readonly earliestAt: IsoInstant;
  /** Exclusive: after it, `missed` says what becomes of the line. */
  readonly latestAt: IsoInstant;
  readonly missed: Missed;
}

/** A line's key, which says what it is: of a round's duty the round's id stands first. */
export function lineKey(
  { subjectId, cycle }: Pick<Climb, 'subjectId' | 'cycle'>,
  obligationId: string,
  { rungId, role, plannedOn }: Pick<PlannedLine, 'rungId' | 'role' | 'plannedOn'>,
): string {
  return `${subjectId}/${cycle}/${obligationId}/${rungId}/${role}/${plannedOn}`;
}

/** By which rules and days a ladder is climbed. */
export interface LadderTerms {
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly firstMail: 'inHours' | 'now';
}

/** Whose ladder is climbed, and how. */
export interface Climb {
  /** The or the round's id. */
  readonly subjectId: string;
  readonly cycle: number;
  /** How many levels above the handler read each line at least (反弹、再次发生、承诺未兑现). */
  readonly lift: number;
  /** Whether the obligation's lines that would leave at this moment rest. */
  readonly rests: (obligation: Obligation, earliestAt: IsoInstant) => boolean;
}

/** The lines that follow from an open obligation up to `through` (inclusive), whether or not their day has come. */
export function linesOf(terms: LadderTerms, climb: Climb, obligation: Obligation, through: IsoDate): PlannedLine[] {
  const lines: PlannedLine[] = [];
  const lift = obligation.role === 'handler' ? climb.lift : 0;
  for (const rung of ladderFor(terms.policy, obligation)) {
    if (rung.proposal !== undefined) continue;
    const roles = raisedRoles(rung, lift);
    for (const day of daysOf(terms, obligation, rung, through)) {
      const on = leavingOn(terms, obligation, rung, day);
      // Its day had passed before anything was owed, or whoever owes it is left alone on it.
      if (on.earliestAt < obligation.openedAt || climb.rests(obligation, on.earliestAt)) continue;
      for (const role of roles) lines.push(lineOf(climb, obligation, rung, role, on));
    }
  }
  return lines;
}

/** What of an obligation its rungs are dated by. */
type Dated = Pick<Obligation, 'id' | 'openedAt' | 'dueOn'>;

/** The first day of a rung: a workday, except that an assignment told to leave now leaves on the day itself. */
function rungDay(terms: LadderTerms, obligation: Dated, rung: Rung): IsoDate {
  const { calendar } = terms;
  if (rung.from === 'due') return workdayAround(calendar, obligation.dueOn, rung.workdays);
  const day = openedDay(terms, obligation, rung);
  return leavesNow(terms, obligation, rung) ? day : addWorkdays(calendar, day, rung.workdays);
}

/**
 * The day on which a rung asks the office to decide on a measure against people. Whoever was told only after the deadline
 * has the same workdays to act in before anybody proposes it.
 */
export function proposalDay(terms: LadderTerms, obligation: Obligation, rung: Rung): IsoDate {
  const { id, openedAt, dueOn } = obligation;
  return rungDay(terms, { id, openedAt, dueOn: latest(dayOf(openedAt), dueOn)! }, rung);
}

/**
 * The workday that lies n workdays after (negative: before) a day; for 0 the day itself, or the last workday
 * before it, because a reminder for a Sunday's deadline that came on Monday would come too late.
 */
export function workdayAround(calendar: Calendar, day: IsoDate, n: number): IsoDate {
  if (n > 0) return addWorkdays(calendar, day, n);
  let before = day;
  while (!isWorkday(calendar, before)) before = addDays(before, -1);
  return addWorkdays(calendar, before, n);
}

/** The days on which a rung's lines leave, in order; repeats that quiet days push onto the same day are one reminder. */
function daysOf(terms: LadderTerms, obligation: Obligation, rung: Rung, through: IsoDate): IsoDate[] {
  const days: IsoDate[] = [];
  let day = rungDay(terms, obligation, rung);
  while (day <= through) {
    const leavesOn = outsideQuietDays(terms, day);
    if (leavesOn !== days.at(-1)) days.push(leavesOn);
    if (rung.repeatEveryWorkdays === undefined) break;
    day = addWorkdays(terms.calendar, day, rung.repeatEveryWorkdays);
  }
  return days;
}

/** The day's mail leaves at `sendAt`; what opens later waits for the next workday. An assignment need not wait that long. */
function openedDay(terms: LadderTerms, obligation: Dated, rung: Rung): IsoDate {
  const { openedAt } = obligation;
  const { calendar, policy } = terms;
  const day = dayOf(openedAt);
  if (leavesNow(terms, obligation, rung)) return day;
  const lastMoment = rung.letter === 'assignment' ? at(day, policy.sendingHours.to) : at(day, policy.sendAt);
  const inTime = rung.letter === 'assignment' ? openedAt < lastMoment : openedAt <= lastMoment;
  return isWorkday(calendar, day) && inTime ? day : addWorkdays(calendar, addDays(day, 1), 0);
}

/** When a rung's lines of one day can leave. */
type Leaving = Pick<PlannedLine, 'plannedOn' | 'earliestAt' | 'latestAt'>;

function leavingOn(terms: LadderTerms, obligation: Obligation, rung: Rung, day: IsoDate): Leaving {
  const { sendAt, sendingHours } = terms.policy;
  const isNow = leavesNow(terms, obligation, rung);
  const latestAt = latest(at(day, sendingHours.to), isNow ? startOfDay(addDays(day, 1)) : undefined)!;
  const onTime = at(day, sendAt);
  const opensDay = rung.from === 'opened' && day === dayOf(obligation.openedAt);
  if (!opensDay) return { plannedOn: day, earliestAt: onTime, latestAt };
  return { plannedOn: day, earliestAt: latest(isNow ? undefined : onTime, obligation.openedAt)!, latestAt };
}

function lineOf(
  climb: Climb,
  obligation: Obligation,
  { id, letter, paper, missed }: Rung,
  role: Role,
  { plannedOn, earliestAt, latestAt }: Leaving,
): PlannedLine {
  return {
    key: lineKey(climb, obligation.id, { rungId: id, role, plannedOn }),
    obligationId: obligation.id,
    rungId: id,
    role,
    letter,
    ...(paper !== undefined && { paper }),
    plannedOn,
    earliestAt,
    latestAt,
    missed,
  };
}

/** What falls on a quiet day (静默日) leaves on the next workday that is none. What was told to leave now may leave on any other. */
function outsideQuietDays(terms: LadderTerms, day: IsoDate): IsoDate {
  return isQuietDay(terms.policy, day) ? nextSendingDay(terms, day) : day;
}

/** Whom a ladder climbs to, one after the other. */
const climbing: readonly Role[] = ['handler', 'responsibleLeader', 'groupHead'];

/** A lifted line is read by so many levels above the handler at least. What opens an obligation stays as it is. */
function raisedRoles(rung: Rung, lift: number): readonly Role[] {
  if (rung.from !== 'due' || rung.to.some((role) => !climbing.includes(role))) return rung.to;
  const highest = Math.max(...rung.to.map((role) => climbing.indexOf(role)));
  return [...rung.to, ...climbing.slice(highest + 1, lift + 1)];
}

const firstAcknowledgement = `${stems.acknowledgement}-1`;

/** The first assignment alone was told to leave at once; a later one, after a handover, waits for the hours. */
function leavesNow({ firstMail }: LadderTerms, { id }: Dated, rung: Rung): boolean {
  return rung.letter === 'assignment' && firstMail === 'now' && id === firstAcknowledgement;
}
