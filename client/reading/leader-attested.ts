import type { Ledger } from '../../prisma/client.ts';
import type { RunningIssue } from './leader-waiting.ts';

/**
 * The words of the last attestation (长期坚持情况) that waits to be endorsed, by the issue. Of an issue with a measure to
 * hold somebody to account (追责问责) they are not read: they may tell of it.
 */
export async function readAttested(
  ledger: Ledger,
  running: readonly RunningIssue[],
): Promise<ReadonlyMap<string, string>> {
  const attested = running.flatMap(({ issue, progress: { attestedAt, obligations } }) =>
    attestedAt !== undefined &&
    obligations.some(({ kind }) => kind === 'attestationEndorsement') &&
    issue.measures.every(({ kind }) => kind !== 'accountability')
      ? [{ issueId: issue.id, at: attestedAt }]
      : [],
  );
  if (attested.length === 0) return new Map();
  const events = await ledger.issueEvent.findMany({
    where: { OR: attested, type: { in: ['progressReported', 'evidenceReceived'] } },
    select: { issueId: true, detail: true },
  });
  const notes = await ledger.progressNote.findMany({
    where: { id: { in: events.flatMap(({ detail }) => (detail as { noteId?: string }).noteId ?? []) } },
    select: { issueId: true, text: true },
    orderBy: { at: 'asc' },
  });
  return new Map(notes.map(({ issueId, text }) => [issueId, text]));
}
