import type { Ledger } from '../../prisma/client.ts';
import type { DutyReference } from './staff.ts';

/** Which of the duties are open, in the order given. */
export async function stillOwed(ledger: Ledger, duties: readonly DutyReference[]): Promise<boolean[]> {
  const open = await ledger.obligation.findMany({
    where: {
      closedAt: null,
      OR: duties.map(({ issueId, cycle, obligationId }) => ({ issueId, cycle, id: obligationId })),
    },
    select: { issueId: true, cycle: true, id: true },
  });
  const nameOf = (issueId: string, cycle: number, id: string) => `${issueId}/${String(cycle)}/${id}`;
  const names = new Set(open.map(({ issueId, cycle, id }) => nameOf(issueId, cycle, id)));
  return duties.map(({ issueId, cycle, obligationId }) => names.has(nameOf(issueId, cycle, obligationId)));
}
