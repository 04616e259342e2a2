import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { IssueObligationKind, Role, Rung } from '../../workflows/rules/policy.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { beijingDay, isWorked, later, moment, workedDay, workedDayAround } from './calendar-by-hand.ts';

/**
 * Ladder and calendar a second time, as naïvely as can be: day after day it is asked who owes what, and which rung has
 * its day. Written from the description of the field and of the policy, not from the planner; it imports types only.
 */

/** What somebody says on a day; what else may happen, the model leaves out. */
export interface Answer {
  readonly at: IsoInstant;
  readonly says: 'taken on' | 'progress' | { readonly evidenceFor: number };
}

/** A reminder as both must have it. */
export interface Reminder {
  readonly key: string;
  readonly role: Role;
  readonly day: IsoDate;
  readonly at: IsoInstant;
}

interface Owed {
  readonly id: string;
  readonly kind: IssueObligationKind;
  readonly by: Role;
  readonly dueOn: IsoDate;
  readonly since: IsoInstant;
  /** For a decision on a proposal: the obligation that it is about. */
  readonly about?: string;
  readonly asked: Set<string>;
  readonly days: Map<string, ReadonlySet<IsoDate>>;
}

export class ReferenceModel {
  readonly #terms: IssueTerms;
  readonly #counts = new Map<string, number>();
  readonly #proven = new Set<number>();
  #owed: Owed[] = [];
  #end: IsoDate = '';
  #lastReport: IsoDate;
  /** Proposals that nobody has been asked to decide yet, in the order they came up. */
  #raised: { about: string; at: IsoInstant }[] = [];

  constructor(terms: IssueTerms) {
    this.#terms = terms;
    this.#lastReport = beijingDay(terms.launchedAt);
  }

  /** Every reminder whose moment comes before the end, while what it is about is owed. */
  remindersUntil(end: IsoDate, answers: readonly Answer[]): Reminder[] {
    const { launchedAt, policy, calendar } = this.#terms;
    this.#end = end;
    const reminders: Reminder[] = [];
    const firstDay = beijingDay(launchedAt);
    const takenOnBy = workedDay(calendar, firstDay, policy.acknowledgeWithinWorkdays);
    this.#open('acknowledgement', 'acknowledgement', 'handler', takenOnBy, launchedAt);
    this.#openWhatFollows(launchedAt);
    this.#ask(launchedAt);
    for (let day = firstDay; day < end; day = later(day, 1)) {
      const midnight = moment(day);
      if (midnight > launchedAt) {
        this.#giveWay(day, midnight);
        this.#raise(midnight);
        this.#ask(midnight);
      }
      const today = answers.filter(({ at }) => beijingDay(at) === day);
      for (const answer of today) {
        reminders.push(...this.#leaving(day).filter(({ at }) => at < answer.at));
        this.#hear(answer);
      }
      reminders.push(...this.#leaving(day));
    }
    const known = new Set<string>();
    return reminders.filter(({ key }) => !known.has(key) && known.add(key));
  }

  #open(stem: string, kind: IssueObligationKind, by: Role, dueOn: IsoDate, since: IsoInstant, about?: string): void {
    const ordinal = (this.#counts.get(stem) ?? 0) + 1;
    this.#counts.set(stem, ordinal);
    const id = `${stem}-${String(ordinal)}`;
    this.#owed.push({
      id,
      kind,
      by,
      dueOn,
      since,
      asked: new Set(),
      days: new Map(),
      ...(about !== undefined && { about }),
    });
    this.#raise(since);
  }

  #isOwed(kind: IssueObligationKind): boolean {
    return this.#owed.some((one) => one.kind === kind);
  }

  /** The evidence of each measure and a check-in; once all is in, the application for closure. */
  #openWhatFollows(now: IsoInstant): void {
    const { measures, policy, calendar, deadline, kind } = this.#terms;
    const today = beijingDay(now);
    const lacking = measures.filter(({ number }) => !this.#proven.has(number));
    for (const { number, deadline: dueOn } of lacking) {
      const stem = `evidence-${String(number)}`;
      if (!this.#owed.some(({ id }) => id.startsWith(`${stem}-`))) this.#open(stem, 'evidence', 'handler', dueOn, now);
    }
    if (lacking.length === 0 && !this.#isOwed('closureProposal')) {
      const soonest = workedDay(calendar, today, policy.proposeClosureWithinWorkdays);
      const dueOn = soonest > deadline ? soonest : deadline;
      this.#open('closure-proposal', 'closureProposal', 'handler', dueOn, now);
    }
    if (lacking.length > 0 && kind !== 'immediate' && !this.#isOwed('checkIn')) {
      const dueOn = workedDay(calendar, this.#lastReport, policy.checkInEveryWorkdays);
      if (dueOn <= deadline) this.#open('check-in', 'checkIn', 'handler', dueOn, now);
    }
  }

  /** A check-in that nobody answered gives way to the next two workdays before that is due. */
  #giveWay(day: IsoDate, now: IsoInstant): void {
    const { calendar, policy } = this.#terms;
    const checkIn = this.#owed.find(({ kind }) => kind === 'checkIn');
    if (checkIn === undefined) return;
    const next = workedDay(calendar, checkIn.dueOn, policy.checkInEveryWorkdays);
    if (workedDayAround(calendar, next, -2) > day) return;
    this.#meet(({ id }) => id === checkIn.id);
    this.#lastReport = checkIn.dueOn;
    this.#openWhatFollows(now);
  }

  /** Rungs that punish ask the office to decide; whoever was told late has the same workdays from then. */
  #raise(now: IsoInstant): void {
    const { calendar, policy } = this.#terms;
    const due = this.#owed.flatMap((one) =>
      one.kind === 'proposalDecision'
        ? []
        : (policy.ladders[one.kind] ?? [])
            .filter(({ id, proposal }) => proposal !== undefined && !one.asked.has(id))
            .map(({ id, workdays }) => {
              const told = beijingDay(one.since);
              const from = told > one.dueOn ? told : one.dueOn;
              return { one, id, at: moment(workedDayAround(calendar, from, workdays)) };
            }),
    );
    const ripe = due.filter(({ at }) => at <= now);
    for (const { one, id } of ripe.toSorted((first, other) =>
      first.at < other.at ? -1 : first.at > other.at ? 1 : 0,
    )) {
      one.asked.add(id);
      this.#raised.push({ about: one.id, at: now });
    }
  }

  /** Once nothing else comes up at the moment, the office owes each decision. */
  #ask(now: IsoInstant): void {
    const { calendar, policy } = this.#terms;
    const dueOn = workedDay(calendar, beijingDay(now), policy.decideProposalWithinWorkdays);
    for (const { about } of this.#raised)
      this.#open('proposal-decision', 'proposalDecision', 'office', dueOn, now, about);
    this.#raised = [];
  }

  #meet(is: (one: Owed) => boolean): void {
    const met = new Set(this.#owed.filter(is).map(({ id }) => id));
    this.#owed = this.#owed.filter(({ id, about }) => !met.has(id) && (about === undefined || !met.has(about)));
  }

  /** Whoever answers has taken it on; words meet the check-in, evidence its measure. */
  #hear({ at, says }: Answer): void {
    this.#meet(({ kind }) => kind === 'acknowledgement');
    if (says === 'taken on') return;
    this.#meet(({ kind }) => kind === 'checkIn');
    this.#lastReport = beijingDay(at);
    if (typeof says === 'object') {
      this.#proven.add(says.evidenceFor);
      this.#meet(({ id }) => id.startsWith(`evidence-${String(says.evidenceFor)}-`));
    }
    this.#openWhatFollows(at);
    this.#ask(at);
  }

  /** What leaves on this day, as things stand. */
  #leaving(day: IsoDate): Reminder[] {
    return this.#owed.flatMap((one) =>
      (this.#terms.policy.ladders[one.kind] ?? [])
        .filter(({ proposal }) => proposal === undefined)
        .flatMap((rung) => this.#linesOf(one, rung, day)),
    );
  }

  #linesOf(one: Owed, rung: Rung, day: IsoDate): Reminder[] {
    const { policy, issueId } = this.#terms;
    if (!this.#daysOf(one, rung).has(day)) return [];
    const sending = moment(day, policy.sendAt);
    const isOpeningDay = rung.from === 'opened' && day === beijingDay(one.since);
    const at = isOpeningDay && (this.#leavesNow(one, rung) || one.since > sending) ? one.since : sending;
    if (at < one.since) return [];
    return this.#readers(one, rung).map((role) => ({
      key: [issueId, 1, one.id, rung.id, role, day].join('/'),
      role,
      day,
      at,
    }));
  }

  /** All days of a rung until the end, moved out of the quiet ones. */
  #daysOf(one: Owed, rung: Rung): ReadonlySet<IsoDate> {
    const known = one.days.get(rung.id);
    if (known !== undefined) return known;
    const { calendar, policy } = this.#terms;
    const days = new Set<IsoDate>();
    for (let day = this.#firstDay(one, rung); day < this.#end;) {
      let free = day;
      const isQuiet = (quiet: IsoDate) => policy.quietDays?.some(({ from, to }) => quiet >= from && quiet <= to);
      while (isQuiet(free)) free = workedDay(calendar, free, 1);
      days.add(free);
      if (rung.repeatEveryWorkdays === undefined) break;
      day = workedDay(calendar, day, rung.repeatEveryWorkdays);
    }
    one.days.set(rung.id, days);
    return days;
  }

  #firstDay(one: Owed, rung: Rung): IsoDate {
    const { calendar, policy } = this.#terms;
    const { since, dueOn } = one;
    if (rung.from === 'due') return workedDayAround(calendar, dueOn, rung.workdays);
    const day = beijingDay(since);
    if (this.#leavesNow(one, rung)) return day;
    const isInTime =
      rung.letter === 'assignment' ? since < moment(day, policy.sendingHours.to) : since <= moment(day, policy.sendAt);
    const opens = isWorked(calendar, day) && isInTime ? day : workedDay(calendar, later(day, 1), 0);
    return workedDay(calendar, opens, rung.workdays);
  }

  #leavesNow({ id }: Owed, { letter }: Rung): boolean {
    return letter === 'assignment' && this.#terms.firstMail === 'now' && id === 'acknowledgement-1';
  }

  /** An issue that repeats an earlier one is read one level above the handler, where the handler owes it. */
  #readers({ by }: Owed, { to, from }: Rung): readonly Role[] {
    const climbing: readonly Role[] = ['handler', 'responsibleLeader', 'groupHead'];
    const isLifted = this.#terms.recurrenceOf !== undefined && by === 'handler' && from === 'due';
    if (!isLifted || !to.every((role) => climbing.includes(role)) || to.some((role) => role !== 'handler')) return to;
    return [...to, 'responsibleLeader'];
  }
}
