import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import { storedFact } from '../reading/event-words.ts';
import { readRoleHolders } from '../reading/role-holders.ts';
import { storedIssue } from '../reading/stored.ts';
import { unitOf } from '../reading/units.ts';
import { obligationOf } from '../reading/words.ts';
import { keepLetter } from './keep-letter.ts';
import { decisionLetter } from './letter-text.ts';

/**
 * Writes the letter that follows from an accepted proposal (约谈通知, 通报, 问责建议) as its decision stands in the ledger.
 * A declined one has none; a second call finds the first one's.
 */
export async function writeDecisionLetter(ledger: Ledger, issueId: string, requestId: string): Promise<void> {
  const decided = await ledger.issueEvent.findFirst({ where: { issueId, requestId, type: 'proposalDecided' } });
  const decision = decided && storedFact(decided);
  if (!decided || decision?.type !== 'proposalDecided' || decision.decision !== 'accepted') return;
  const [issue, raisedBefore] = await Promise.all([
    ledger.issue.findUniqueOrThrow({
      where: { id: issueId },
      include: {
        round: { include: { bodies: { select: { name: true } } } },
        body: { select: { name: true } },
        measures: { select: { number: true, unit: true } },
      },
    }),
    ledger.issueEvent.findMany({
      where: { issueId, type: 'proposalRaised', cycle: decided.cycle, sequence: { lt: decided.sequence } },
      orderBy: { sequence: 'desc' },
    }),
  ]);
  const raised = raisedBefore
    .map((event) => storedFact(event))
    .find((fact) => fact.type === 'proposalRaised' && fact.proposalId === decision.proposalId);
  const stored = storedIssue(issue);
  if (raised?.type !== 'proposalRaised' || stored === undefined) return;
  const { obligationId, measure: kind } = raised;
  const at = decided.at.toISOString();
  const [owed, remindersSent, holders] = await Promise.all([
    ledger.obligation.findUnique({ where: { issueId_cycle_id: { issueId, cycle: decided.cycle, id: obligationId } } }),
    ledger.outboxRow.count({ where: { issueId, cycle: decided.cycle, obligationId, state: 'sent' } }),
    readRoleHolders(ledger, [{ id: issue.roundId, now: at }]),
  ]);
  const dueOn = owed ? toIsoDate(owed.dueOn) : stored.progress.deadline;
  const names = (role: 'handler' | 'responsibleLeader') =>
    holders.holding(issue.roundId, issueId, role, owed?.measure).map(({ name }) => name);
  const text = decisionLetter({
    kind,
    roundName: issue.round.name,
    bodyName: issue.body?.name ?? issue.round.bodies[0]?.name ?? '',
    code: issue.code,
    issueTitle: issue.title,
    unit: unitOf(issue, owed?.measure),
    leaders: names('responsibleLeader'),
    handlers: names('handler'),
    owed: obligationOf(obligationId),
    dueOn,
    workdaysLate: Math.max(0, workdaysBetween(stored.terms.calendar, dueOn, dayOf(at))),
    remindersSent,
    policyVersion: stored.terms.policy.version,
    reason: decision.reason,
    decidedOn: dayOf(at),
  });
  const id = `letter/${issueId}/${String(decided.sequence)}`;
  await keepLetter(ledger, { ...text, id, roundId: issue.roundId, issueId, kind, issuedBy: decided.by, issuedAt: at });
}
