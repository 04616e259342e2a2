import type { Ledger } from '../../prisma/client.ts';
import type { DutyReference } from './acts.ts';

/** Which of the duties are open, in the order given; a round's duty is named by the round's id. */
export async function stillOwed(ledger: Ledger, duties: readonly DutyReference[]): Promise<boolean[]> {
  const nameOf = (id: string, cycle: number, obligationId: string) => `${id}/${String(cycle)}/${obligationId}`;
  const [ofIssues, ofRounds] = await Promise.all([
    ledger.obligation.findMany({
      where: {
        closedAt: null,
        OR: duties.map(({ issueId, cycle, obligationId }) => ({ issueId, cycle, id: obligationId })),
      },
      select: { issueId: true, cycle: true, id: true },
    }),
    ledger.roundObligation.findMany({
      where: {
        closedAt: null,
        OR: duties.map(({ issueId, obligationId }) => ({ roundId: issueId, id: obligationId })),
      },
      select: { roundId: true, id: true },
    }),
  ]);
  const names = new Set([
    ...ofIssues.map(({ issueId, cycle, id }) => nameOf(issueId, cycle, id)),
    ...ofRounds.map(({ roundId, id }) => nameOf(roundId, 1, id)),
  ]);
  return duties.map(({ issueId, cycle, obligationId }) => names.has(nameOf(issueId, cycle, obligationId)));
}
