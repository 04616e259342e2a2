import type { LedgerTransaction } from '../../prisma/client.ts';
import type { PlannedAnswer } from '../../workflows/rules/answers.ts';
import type { FactOf, IssueEvent } from '../../workflows/rules/events.ts';
import type { IssueStep } from '../../workflows/rules/step.ts';
import { cancelLines } from './outbox-lines.ts';

/**
 * What a step still tells when it takes an earlier one back (撤回): the answer to that one does not leave any more, and
 * that it was taken back is told to those roles alone that have had a mail about the issue since. To be called before the
 * step's own rows are added; a mail that was claimed counts as had.
 */
export async function answersStillDue(
  tx: LedgerTransaction,
  { issueId, events, answers }: Pick<IssueStep, 'issueId' | 'events' | 'answers'>,
): Promise<readonly PlannedAnswer[]> {
  const told = new Map<number, ReadonlySet<string>>();
  const undone = events.filter(isUndone);
  for (const event of undone) told.set(event.sequence, await toldSince(tx, issueId, event));
  const takenBack = new Set(undone.map(({ undoneSequence }) => undoneSequence));
  return answers.filter(({ sequence, role }) => !takenBack.has(sequence) && (told.get(sequence)?.has(role) ?? true));
}

type Undone = IssueEvent & FactOf<'undone'>;

function isUndone(event: IssueEvent): event is Undone {
  return event.type === 'undone';
}

async function toldSince(tx: LedgerTransaction, issueId: string, event: Undone): Promise<ReadonlySet<string>> {
  const about = `/answer-${String(event.undoneSequence)}/`;
  const where = { issueId, kind: 'answer', key: { contains: about } } as const;
  const keys = await tx.outboxRow.findMany({ where, select: { key: true } });
  await cancelLines(tx, { linesCancelled: keys.map(({ key }) => key), events: [event] });
  const rows = await tx.$queryRaw<{ role: string }[]>`
    SELECT DISTINCT r.role::text AS role FROM "OutboxRow" r
    JOIN "IssueEvent" step ON step."issueId" = r."issueId" AND step.sequence = ${event.undoneSequence}
    WHERE r."issueId" = ${issueId} AND r.role IS NOT NULL AND r."claimedAt" >= step.at`;
  return new Set(rows.map(({ role }) => role));
}
