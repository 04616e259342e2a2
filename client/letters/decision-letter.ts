import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Punishment } from '../../workflows/rules/policy.ts';
import { storedFact } from '../reading/event-words.ts';
import { readRoleHolders } from '../reading/role-holders.ts';
import { storedIssue } from '../reading/stored.ts';
import { unitOf } from '../reading/units.ts';
import { obligationOf } from '../reading/words.ts';
import { keepLetter } from './keep-letter.ts';
import { decisionLetter, type LetterText, titleInLetter } from './letter-text.ts';

/**
 * Writes the letter that follows from an accepted proposal (约谈通知, 通报, 问责建议) as its decision stands in the ledger.
 * A declined one has none; a second call finds the first one's.
 */
export async function writeDecisionLetter(ledger: Ledger, issueId: string, requestId: string): Promise<void> {
  const decided = await ledger.issueEvent.findFirst({ where: { issueId, requestId, type: 'proposalDecided' } });
  const decision = decided && storedFact(decided);
  if (!decided || decision?.type !== 'proposalDecided' || decision.decision !== 'accepted') return;
  const { proposalId, reason } = decision;
  const { cycle, sequence, by: issuedBy } = decided;
  const issuedAt = decided.at.toISOString();
  const written = await decisionLetterText(ledger, issueId, {
    proposalId,
    reason,
    cycle,
    before: sequence,
    at: issuedAt,
  });
  if (written === undefined) return;
  const { roundId, kind, title, text } = written;
  const id = `letter/${issueId}/${String(sequence)}`;
  await keepLetter(ledger, { id, title, text, roundId, issueId, kind, issuedBy, issuedAt });
}

/** A proposal that is taken up, or would be. */
interface TakenUp {
  readonly proposalId: string;
  readonly reason: string;
  readonly cycle: number;
  /** The number of the decision's event; left out, it is still to come. */
  readonly before?: number;
  readonly at: IsoInstant;
}

/** The letter of the decision; reads only. Undefined where the proposal is none of the issue's. */
export async function decisionLetterText(
  ledger: Ledger,
  issueId: string,
  { proposalId, reason, cycle, before, at }: TakenUp,
): Promise<(LetterText & { readonly roundId: string; readonly kind: Punishment }) | undefined> {
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
      where: { issueId, type: 'proposalRaised', cycle, ...(before !== undefined && { sequence: { lt: before } }) },
      orderBy: { sequence: 'desc' },
    }),
  ]);
  const raised = raisedBefore
    .map((event) => storedFact(event))
    .find((fact) => fact.type === 'proposalRaised' && fact.proposalId === proposalId);
  const stored = storedIssue(issue);
  if (raised?.type !== 'proposalRaised' || stored === undefined) return undefined;
  const { obligationId, measure: kind } = raised;
  const [owed, remindersSent, holders] = await Promise.all([
    ledger.obligation.findUnique({ where: { issueId_cycle_id: { issueId, cycle, id: obligationId } } }),
    ledger.outboxRow.count({ where: { issueId, cycle, obligationId, state: 'sent' } }),
    readRoleHolders(ledger, [{ id: issue.roundId, now: at }]),
  ]);
  const dueOn = owed ? toIsoDate(owed.dueOn) : stored.progress.deadline;
  const names = (role: 'handler' | 'responsibleLeader') =>
    holders.holding(issue.roundId, issueId, role, owed?.measure).map(({ name }) => name);
  const letter = decisionLetter({
    kind,
    roundName: issue.round.name,
    bodyName: issue.body?.name ?? issue.round.bodies[0]?.name ?? '',
    code: issue.code,
    issueTitle: titleInLetter(issue),
    unit: unitOf(issue, owed?.measure),
    leaders: names('responsibleLeader'),
    handlers: names('handler'),
    owed: obligationOf(obligationId),
    dueOn,
    workdaysLate: Math.max(0, workdaysBetween(stored.terms.calendar, dueOn, dayOf(at))),
    remindersSent,
    policyVersion: stored.terms.policy.version,
    reason,
    decidedOn: dayOf(at),
  });
  return { ...letter, roundId: issue.roundId, kind };
}
