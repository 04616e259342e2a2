import type { Ledger } from '../../prisma/client.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { heldFor } from '../reading/role-holders.ts';
import type { DutyAct } from './acts.ts';

/**
 * Who decides: the reader of the mail when it is his turn, else whoever's turn it is (销号逐级审核、延期逐级审批). Nobody
 * judges what he has judged before, or looks back alone at what he approved: another holder of the role does it then.
 */
export async function actingPerson(
  ledger: Ledger,
  act: DutyAct,
  { reader, progress }: { readonly reader: string; readonly progress: IssueProgress },
): Promise<string> {
  const { issueId, cycle, obligationId } = act.duty;
  const duty = await ledger.obligation.findUniqueOrThrow({
    where: { issueId_cycle_id: { issueId, cycle, id: obligationId } },
    select: { role: true, issue: { select: { roundId: true } } },
  });
  const holders = await holdersOf(ledger, { issueId, roundId: duty.issue.roundId, role: duty.role });
  const barred = barredFrom(act, progress);
  const free = holders.filter((personId) => !barred.includes(personId));
  return free.includes(reader) ? reader : (free[0] ?? reader);
}

/** Those of the issue itself first, then its body's, then the round's. */
async function holdersOf(
  ledger: Ledger,
  { issueId, roundId, role }: { issueId: string; roundId: string; role: Role },
): Promise<string[]> {
  const held = await ledger.assignment.findMany({
    where: { role, untilAt: null, ...heldFor(roundId, [issueId]) },
    orderBy: { id: 'asc' },
    select: { personId: true, issueId: true, bodyId: true },
  });
  const nearness = (one: (typeof held)[number]) => (one.issueId !== null ? 0 : one.bodyId !== null ? 1 : 2);
  return held.sort((one, other) => nearness(one) - nearness(other)).map(({ personId }) => personId);
}

function barredFrom({ kind }: DutyAct, { closure, closed }: IssueProgress): (string | null)[] {
  const approvers = [...(closure?.approvals ?? []).map(({ by }) => by)];
  if (kind === 'decideClosure') return [closure?.proposedBy ?? null, ...approvers];
  if (kind === 'recordLookBack') return [closed?.approvedBy ?? null, ...(closed?.approvers ?? [])];
  return [];
}
