import type { Ledger } from '../../prisma/client.ts';
import { loadIssueHours } from '../../prisma/issue-hours.ts';
import { isGathered, type RowKind } from './due-rows.ts';
import { hoursOfNoIssue } from '../../workflows/rules/hours-of-no-issue.ts';
import { withinHours } from '../../workflows/rules/sending-hours.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { addDays, at, dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import { isQuietDay, isSendingDay, nextSendingDay } from '../../workflows/rules/sending-days.ts';

/** The part of an issue's or a round's terms that says when mail may leave, and by which rules. */
export interface Hours {
  readonly calendar: Calendar;
  readonly policy: Policy;
}

/** A line as far as its hours go. */
export interface HeldLine {
  readonly letter: string;
  readonly plannedOn: IsoDate;
  readonly latestAt: IsoInstant;
}

/** What a line is about, as far as its hours go. */
export interface HoursPlace {
  readonly issueId: string | null;
  readonly roundId: string | null;
  /** An acknowledgement belongs to no issue, and names those that it is about: `issueIds`. */
  readonly content: unknown;
}

/** The issues that a line is about, as it names them. */
export function issuesNamed({ issueId, content }: Pick<HoursPlace, 'issueId' | 'content'>): readonly string[] {
  return issueId === null ? ((content as { readonly issueIds?: readonly string[] } | null)?.issueIds ?? []) : [issueId];
}

/** The hours of what a line is about: of the first issue it names, as when it was planned, else of the round. */
export type HoursOf = (place: HoursPlace) => Hours;

/**
 * The hours of each issue and each round. Issues of a round share calendar and policy, so each is fetched once, however
 * many issues carry it.
 */
export async function loadHours(ledger: Ledger, places: readonly HoursPlace[]): Promise<HoursOf> {
  const issueIds = [...new Set(places.flatMap((place) => issuesNamed(place)[0] ?? []))];
  const roundIds = [...new Set(places.flatMap(({ issueId, roundId }) => (issueId === null ? (roundId ?? []) : [])))];
  const byIssue = await loadIssueHours(ledger, issueIds);
  const rounds =
    roundIds.length === 0
      ? []
      : await ledger.$queryRaw<{ id: string; calendar: Calendar; policy: Policy }[]>`
    SELECT id, terms->'calendar' AS calendar, terms->'policy' AS policy FROM "Round"
    WHERE id = ANY(${roundIds}::text[]) AND terms->'policy' IS NOT NULL AND terms->'calendar' IS NOT NULL`;
  const byRound = new Map(rounds.map(({ id, calendar, policy }) => [id, { calendar, policy }]));
  return (place) => {
    const issueId = place.issueId ?? issuesNamed(place)[0]; // of a herd's lines none is to cost a list
    const known = issueId === undefined ? byRound.get(place.roundId ?? '') : byIssue.get(issueId);
    return known ?? hoursOfNoIssue;
  };
}

/**
 * The moment from `now` on at which a mail may leave: for a reminder from the day's send time on, so that what is late
 * does not use up the day's one mail before the day's own lines are there; for all others within the sending hours.
 */
export function nextSending(kind: RowKind, hours: Hours, now: IsoInstant): IsoInstant {
  if (!isGathered(kind)) return withinHours(hours, now);
  const { policy } = hours;
  const today = dayOf(now);
  if (isSendingDay(hours, today)) {
    if (now < at(today, policy.sendAt)) return at(today, policy.sendAt);
    if (now < at(today, policy.sendingHours.to)) return now;
  }
  return windowOn(hours, nextSendingDayAfter(hours, today)).earliestAt;
}

/**
 * The first moment from `moment` on at which a line that is within its window may leave: within the hours of a day on
 * which mail may leave, except that an assignment told to leave now may do so on a day off and at any hour of its day.
 */
export function leavesAt(line: HeldLine, hours: Hours, moment: IsoInstant): IsoInstant {
  const { letter, plannedOn, latestAt } = line;
  const isToldNow = letter === 'assignment' && latestAt === at(addDays(plannedOn, 1), '00:00');
  const isQuiet = isQuietDay(hours.policy, dayOf(moment));
  return isToldNow && moment < latestAt && !isQuiet ? moment : withinHours(hours, moment);
}

/** A reminder's window on a workday, first moment inclusive, last exclusive. */
export function windowOn({ policy }: Hours, day: IsoDate): { earliestAt: IsoInstant; latestAt: IsoInstant } {
  return { earliestAt: at(day, policy.sendAt), latestAt: at(day, policy.sendingHours.to) };
}

export function nextSendingDayAfter(hours: Hours, day: IsoDate): IsoDate {
  return nextSendingDay(hours, addDays(day, 1));
}
