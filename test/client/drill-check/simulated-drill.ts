import type { DrillFacts, RowFacts } from '../../../client/drill-check/facts.ts';
import { chance } from '../../../client/practice/chance.ts';
import type { AcceptedMail } from '../../../client/practice/accepted-file.ts';
import { answersTo } from '../../../workflows/rules/answers.ts';
import { type Calendar, isWorkday } from '../../../workflows/rules/calendar.ts';
import type { IssueEvent, IssueFact } from '../../../workflows/rules/events.ts';
import { addDays, addMs, dayOf, type IsoInstant } from '../../../workflows/rules/instants.ts';
import { outboxChanges, type OutboxKeys, outboxRewritten } from '../../../workflows/rules/outbox-changes.ts';
import { planned } from '../../../workflows/rules/planner.ts';
import type { Policy, Role } from '../../../workflows/rules/policy.ts';
import { hasEnded, openIssue } from '../../../workflows/rules/progress.ts';
import { record } from '../../../workflows/rules/record.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { randomAct } from './random-act.ts';

export const roles = ['handler', 'responsibleLeader', 'groupHead', 'office', 'reviewer'] as const satisfies Role[];

export const addressOf = (role: Role) => `${role.toLowerCase()}@practice.invalid`;

interface SimulatedRow extends RowFacts {
  readonly role: Role;
}

/** A policy that is adopted on the way: other rungs, some quiet days. */
function laterPolicyOf(policy: Policy, launchedAt: IsoInstant): Policy {
  const quietFrom = addDays(dayOf(launchedAt), 150);
  const evidence = policy.ladders.evidence ?? [];
  return {
    ...policy,
    version: policy.version + 1,
    quietDays: [{ from: quietFrom, to: addDays(quietFrom, 6) }],
    ladders: {
      ...policy.ladders,
      evidence: [
        ...evidence.filter(({ id }) => id !== 'before-3'),
        { id: 'before-5', from: 'due', workdays: -5, to: ['handler'], letter: 'reminder', missed: 'collapse' },
      ],
    },
  };
}

/** A calendar that is adopted on the way: two days off that were none. */
function laterCalendarOf(calendar: Calendar, launchedAt: IsoInstant): Calendar {
  const workdays = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((days) => addDays(dayOf(launchedAt), 100 + days));
  const free = workdays.filter((day) => isWorkday(calendar, day) && !calendar.makeUpDays.includes(day)).slice(0, 2);
  return { ...calendar, version: calendar.version + 1, daysOff: [...calendar.daysOff, ...free].sort() };
}

/**
 * One issue's life as the real rules plan it, with people who do something about as often as `seed` says: its events,
 * its outbox, and what reached the mailbox. Moments are opened one after the other, as a drill's conductor does.
 */
export function simulatedDrill(
  launched: IssueTerms,
  seed: string,
  through: IsoInstant,
): { facts: DrillFacts; accepted: AcceptedMail[] } {
  const { issueId } = launched;
  const laterPolicy = laterPolicyOf(launched.policy, launched.launchedAt);
  const laterCalendar = laterCalendarOf(launched.calendar, launched.launchedAt);
  const events: (IssueEvent & { cycle: number })[] = [];
  const rows = new Map<string, SimulatedRow>();
  const mails = new Map<string, { uncertain: number }>();
  const accepted: AcceptedMail[] = [];
  let terms = launched;
  let termsWritten = launched;
  let outbox: OutboxKeys = { written: new Set(), had: new Set() };
  let progress = openIssue(terms, terms.launchedAt);
  let now = terms.launchedAt;
  let lookAgainAt: IsoInstant | undefined = now; // before it, nothing changes by itself
  let actAt = nextAct();

  function nextAct(): IsoInstant {
    const days = chance(seed, 'pause', events.length, now) * 16;
    // Now and then somebody answers at the very moment at which the day's mails leave.
    const exact = chance(seed, 'exact', events.length, now) < 0.3;
    const later = addMs(now, Math.round(days * 24 * 60) * 60_000 + 60_000);
    const onTheHour = `${addMs(later, 86_400_000).slice(0, 11)}01:00:00.000Z`;
    return exact ? onTheHour : later;
  }

  function fold(fact: IssueFact, by: string | null): void {
    const said = { by, source: by && 'practice', requestId: by && `request-${String(events.length)}` };
    const event: IssueEvent = { ...fact, ...said, sequence: progress.sequence + 1, at: now };
    progress = record(progress, event);
    events.push({ ...event, cycle: progress.cycle });
    for (const { key, role, earliestAt } of answersTo(terms, progress.cycle, event)) {
      rows.set(key, { kind: 'answer', role, earliestAt, ...waiting });
    }
  }

  function look(): void {
    const plan = planned(terms, progress, now);
    for (const fact of plan.facts) fold(fact, null);
    const { added, cancelled, keys } =
      terms === termsWritten
        ? outboxChanges(outbox, plan.lines, now)
        : outboxRewritten(outbox, plan.lines, now, termsWritten.policy.sendAt);
    for (const key of cancelled) {
      const row = rows.get(key);
      if (row?.state === 'planned') rows.set(key, { ...row, state: 'cancelled', stateReason: '不再需要' });
    }
    for (const { key, role, earliestAt } of added) {
      const row = rows.get(key);
      // The same line planned again comes back to life, unless somebody has it already.
      if (row === undefined || row.state === 'planned' || row.state === 'cancelled') {
        rows.set(key, { kind: 'reminder', role, earliestAt, ...waiting });
      }
    }
    termsWritten = terms;
    outbox = keys;
    lookAgainAt = plan.lookAgainAt;
  }

  function send(): void {
    const due = [...rows].filter(([, { state, earliestAt }]) => state === 'planned' && earliestAt <= now);
    for (const role of roles) {
      for (const kind of ['reminder', 'answer'] as const) {
        const lines = due.filter(([, row]) => row.role === role && row.kind === kind).map(([key]) => key);
        if (lines.length === 0) continue;
        const messageId = `${kind}-${role}-${now}-${String(mails.size)}@mail.test`;
        mails.set(messageId, { uncertain: 0 });
        accepted.push({ messageId, kind, to: addressOf(role), lines, date: now, acceptedAt: now });
      }
    }
    for (const [key, row] of due) rows.set(key, { ...row, state: 'sent', claimedAt: now });
  }

  // What was answered when the issue ended still leaves.
  const isWaiting = () => [...rows.values()].some(({ state }) => state === 'planned');
  while (now <= through && (!hasEnded(progress) || isWaiting())) {
    if (lookAgainAt !== undefined && lookAgainAt <= now) look();
    send();
    if (actAt <= now && !hasEnded(progress)) {
      const standing = { terms, progress, now };
      const act = randomAct(standing, { seed, count: events.length, laterPolicy, laterCalendar });
      if (act) {
        fold(act.fact, act.by);
        terms = act.terms;
        look();
        send();
      }
      actAt = nextAct();
    }
    const due = [...rows.values()].filter(({ state }) => state === 'planned').map(({ earliestAt }) => earliestAt);
    const next = [lookAgainAt, hasEnded(progress) ? undefined : actAt, ...due]
      .filter((one) => one !== undefined)
      .sort()[0];
    if (next === undefined || next > through) break;
    now = next > now ? next : now;
  }

  const facts: DrillFacts = {
    policies: new Map([launched.policy, laterPolicy].map((policy) => [policy.version, policy])),
    calendars: new Map([launched.calendar, laterCalendar].map((calendar) => [calendar.version, calendar])),
    launchedWith: { policy: launched.policy.version, calendar: launched.calendar.version },
    firstMail: launched.firstMail,
    now,
    state: 'ended',
    issues: [{ id: issueId, code: 'GM-01', repeats: launched.recurrenceOf === undefined ? 'no' : 'yes', events }],
    round: { id: launched.roundId, events: [] },
    holdings: roles.map((role) => ({ ...ofRound, role, personId: role })),
    delegations: [],
    people: new Map(roles.map((role) => [role, addressOf(role)])),
    rows,
    mails,
    senders: new Map(),
  };
  return { facts, accepted };
}

const ofRound = { issueId: null, measure: null, fromAt: null, untilAt: null };
const waiting = { state: 'planned', stateReason: null, claimedAt: null, address: null } as const;
