import type { DrillFacts, RowFacts } from '../../../client/drill-check/facts.ts';
import { chance } from '../../../client/practice/chance.ts';
import type { AcceptedMail } from '../../../client/practice/accepted-file.ts';
import { answersTo } from '../../../workflows/rules/answers.ts';
import { closureStateHash } from '../../../workflows/rules/closure.ts';
import type { IssueEvent, IssueFact } from '../../../workflows/rules/events.ts';
import { addMonths, addMs, dayOf, type IsoInstant } from '../../../workflows/rules/instants.ts';
import { planned } from '../../../workflows/rules/planner.ts';
import type { Role } from '../../../workflows/rules/policy.ts';
import { hasEnded, type IssueProgress, measuresWithoutEvidence, openIssue } from '../../../workflows/rules/progress.ts';
import { record } from '../../../workflows/rules/record.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';

export const roles = ['handler', 'responsibleLeader', 'groupHead', 'office', 'reviewer'] as const satisfies Role[];

export const addressOf = (role: Role) => `${role.toLowerCase()}@practice.invalid`;

interface SimulatedRow extends RowFacts {
  readonly role: Role;
}

/**
 * One issue's life as the real rules plan it, with people who do something about as often as `seed` says: its events,
 * its outbox, and what reached the mailbox. Moments are opened one after the other, as a drill's conductor does.
 */
export function simulatedDrill(
  terms: IssueTerms,
  seed: string,
  through: IsoInstant,
): { facts: DrillFacts; accepted: AcceptedMail[] } {
  const { issueId } = terms;
  const events: (IssueEvent & { cycle: number })[] = [];
  const rows = new Map<string, SimulatedRow>();
  const mails = new Map<string, { uncertain: number }>();
  const accepted: AcceptedMail[] = [];
  let progress = openIssue(terms, terms.launchedAt);
  let now = terms.launchedAt;
  let lookAgainAt: IsoInstant | undefined = now;
  let actAt = nextAct();

  function nextAct(): IsoInstant {
    const days = chance(seed, 'pause', events.length, now) * 25;
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
    for (const answer of answersTo(terms, progress.cycle, event)) {
      rows.set(answer.key, {
        kind: 'answer',
        role: answer.role,
        state: 'planned',
        stateReason: null,
        earliestAt: answer.earliestAt,
        claimedAt: null,
        address: null,
      });
    }
  }

  function look(): void {
    const plan = planned(terms, progress, now);
    for (const fact of plan.facts) fold(fact, null);
    const keys = new Set(plan.lines.map(({ key }) => key));
    for (const { key, role, earliestAt, latestAt } of plan.lines) {
      if (rows.has(key) || latestAt <= now) continue;
      rows.set(key, {
        kind: 'reminder',
        role,
        state: 'planned',
        stateReason: null,
        earliestAt,
        claimedAt: null,
        address: null,
      });
    }
    for (const [key, row] of rows) {
      if (row.kind !== 'reminder' || row.state !== 'planned' || keys.has(key)) continue;
      rows.set(key, { ...row, state: 'cancelled', stateReason: '不再需要' });
    }
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

  while (now <= through && !hasEnded(progress)) {
    look();
    send();
    if (actAt <= now) {
      const fact = actOf(terms, progress, chance(seed, 'act', events.length, now), dayOf(now), events.length);
      if (fact) fold(fact, 'somebody');
      look();
      send();
      actAt = nextAct();
    }
    const waiting = [...rows.values()].filter(({ state }) => state === 'planned').map(({ earliestAt }) => earliestAt);
    const next = [lookAgainAt, actAt, ...waiting].filter((one) => one !== undefined).sort()[0];
    if (next === undefined || next > through) break;
    now = next > now ? next : now;
  }

  const facts: DrillFacts = {
    policy: terms.policy,
    calendar: terms.calendar,
    firstMail: terms.firstMail,
    now,
    state: 'ended',
    issues: [{ id: issueId, code: 'GM-01', events }],
    holdings: roles.map((role) => ({ issueId: null, role, address: addressOf(role), fromAt: null, untilAt: null })),
    rows,
    mails,
    senders: new Map(),
  };
  return { facts, accepted };
}

/** Something that somebody may do now. */
function actOf(
  terms: IssueTerms,
  progress: IssueProgress,
  number: number,
  today: string,
  count: number,
): IssueFact | undefined {
  switch (progress.phase) {
    case 'assignment':
    case 'rectification': {
      if (number < 0.15) return { type: 'acknowledged' };
      if (number < 0.4) return { type: 'progressReported', noteId: `note-${String(count)}` };
      const [proposal] = progress.proposals;
      if (proposal && number < 0.55)
        return { type: 'proposalDecided', proposalId: proposal.id, decision: 'declined', reason: '不约谈' };
      const [missing] = measuresWithoutEvidence(progress);
      if (missing && number < 0.85) {
        return { type: 'evidenceReceived', evidence: [{ evidenceId: `e-${String(count)}`, measure: missing.number }] };
      }
      if (number < 0.9) return { type: 'evidenceReceived', evidence: [{ evidenceId: `e-${String(count)}` }] };
      if (missing) return undefined;
      return { type: 'closureProposed', outcome: 'done', stateHash: closureStateHash(terms.issueId, progress, 'done') };
    }
    case 'closureReview':
      if (number < 0.35)
        return { type: 'closureReturned', reason: '材料不全', measures: [progress.measures[0]!.number] };
      if (number < 0.5) return undefined;
      return {
        type: 'closureApproved',
        outcome: number < 0.65 ? 'longTerm' : 'done',
        stateHash: '',
        acceptedEvidence: [],
      };
    case 'longTerm':
      return { type: 'progressReported', noteId: `note-${String(count)}` };
    case 'lookBack':
      if (progress.obligations.length === 0 || number < 0.3) return undefined;
      return number < 0.75 && progress.cycle < 3
        ? { type: 'rebounded', finding: '反弹', deadline: addMonths(today, 2) }
        : { type: 'lookBackHeld', finding: '保持' };
    case 'archived':
    case 'withdrawn':
    case 'merged':
      return undefined;
  }
}
