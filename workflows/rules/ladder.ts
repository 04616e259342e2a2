import { addWorkdays, type Calendar, isWorkday } from './calendar.ts';
import type { Obligation } from './events.ts';
import { addDays, at, dayOf, type IsoDate, type IsoInstant, latest } from './instants.ts';
import type { Letter, Missed, Role, Rung } from './policy.ts';
import type { IssueProgress } from './progress.ts';
import type { IssueTerms } from './terms.ts';

/** One reminder line (催办) that leaves on its day if its obligation is still open. */
export interface PlannedLine {
  /** `issue/cycle/obligation/rung/role/plannedOn`: the same line always has the same key. */
  readonly key: string;
  readonly obligationId: string;
  readonly rungId: string;
  readonly role: Role;
  readonly letter: Letter;
  readonly plannedOn: IsoDate;
  readonly earliestAt: IsoInstant;
  /** Exclusive: after it, `missed` says what becomes of the line. */
  readonly latestAt: IsoInstant;
  readonly missed: Missed;
}

/** The lines that follow from an open obligation up to `through` (inclusive), whether or not their day has come. */
export function linesOf(
  terms: IssueTerms,
  progress: IssueProgress,
  obligation: Obligation,
  through: IsoDate,
): PlannedLine[] {
  return terms.policy.ladders[obligation.kind]
    .filter(({ proposal }) => proposal === undefined)
    .flatMap((rung) =>
      daysOf(terms, obligation, rung, through).flatMap((day) => linesOn(terms, progress, obligation, rung, day)),
    );
}

/** The first day of a rung: a workday, except that an assignment told to leave now leaves on the day itself. */
export function rungDay(terms: IssueTerms, obligation: Obligation, rung: Rung): IsoDate {
  const { calendar } = terms;
  if (rung.from === 'due') return workdayAround(calendar, obligation.dueOn, rung.workdays);
  const day = openedDay(terms, obligation, rung);
  return leavesNow(terms, rung) ? day : addWorkdays(calendar, day, rung.workdays);
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

function daysOf(terms: IssueTerms, obligation: Obligation, rung: Rung, through: IsoDate): IsoDate[] {
  const first = rungDay(terms, obligation, rung);
  if (first > through) return [];
  if (rung.repeatEveryWorkdays === undefined) return [first];
  const days: IsoDate[] = [];
  for (let day = first; day <= through; day = addWorkdays(terms.calendar, day, rung.repeatEveryWorkdays))
    days.push(day);
  return days;
}

/** The day's mail leaves at `sendAt`; what opens later waits for the next workday. An assignment need not wait that long. */
function openedDay(terms: IssueTerms, { openedAt }: Obligation, rung: Rung): IsoDate {
  const { calendar, policy } = terms;
  const day = dayOf(openedAt);
  if (leavesNow(terms, rung)) return day;
  const lastMoment = rung.letter === 'assignment' ? at(day, policy.sendingHours.to) : at(day, policy.sendAt);
  const inTime = rung.letter === 'assignment' ? openedAt < lastMoment : openedAt <= lastMoment;
  return isWorkday(calendar, day) && inTime ? day : addWorkdays(calendar, addDays(day, 1), 0);
}

function linesOn(
  terms: IssueTerms,
  progress: IssueProgress,
  obligation: Obligation,
  rung: Rung,
  day: IsoDate,
): PlannedLine[] {
  const { policy } = terms;
  const onTime = at(day, policy.sendAt);
  const opensDay = rung.from === 'opened' && day === dayOf(obligation.openedAt);
  const earliestAt = opensDay ? latest(leavesNow(terms, rung) ? undefined : onTime, obligation.openedAt)! : onTime;
  if (earliestAt < obligation.openedAt) return []; // its day had passed before anything was owed
  const latestAt = latest(
    at(day, policy.sendingHours.to),
    leavesNow(terms, rung) ? at(addDays(day, 1), '00:00') : undefined,
  )!;
  return rolesOf(rung, progress.cycle).map((role) => ({
    key: [terms.issueId, progress.cycle, obligation.id, rung.id, role, day].join('/'),
    obligationId: obligation.id,
    rungId: rung.id,
    role,
    letter: rung.letter,
    plannedOn: day,
    earliestAt,
    latestAt,
    missed: rung.missed,
  }));
}

/** After a rebound the ladder starts higher: what only the handler would read, his leader reads as well. */
function rolesOf(rung: Rung, cycle: number): readonly Role[] {
  const handlerAlone = rung.to.length === 1 && rung.to[0] === 'handler';
  return cycle > 1 && rung.from === 'due' && handlerAlone ? ['handler', 'responsibleLeader'] : rung.to;
}

function leavesNow(terms: IssueTerms, rung: Rung): boolean {
  return rung.letter === 'assignment' && terms.firstMail === 'now';
}
