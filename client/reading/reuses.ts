import type { Ledger } from '../../prisma/client.ts';
import type { Reuse } from '../evidence-check/concerns.ts';

/**
 * Where else the content of an issue's evidence was handed in, by its sha256: for other issues on the same clock, and in
 * earlier cycles of the same one.
 */
export async function readReuses(
  ledger: Ledger,
  { issueId, cycle, clockId }: { readonly issueId: string; readonly cycle: number; readonly clockId: string },
): Promise<ReadonlyMap<string, readonly Reuse[]>> {
  const own = await ledger.evidence.findMany({ where: { issueId, cycle }, select: { sha256: true } });
  const found = await ledger.evidence.findMany({
    where: {
      sha256: { in: own.map(({ sha256 }) => sha256) },
      issue: { round: { clockId } },
      OR: [{ issueId: { not: issueId } }, { cycle: { lt: cycle } }],
    },
    select: { sha256: true, cycle: true, issueId: true, issue: { select: { code: true } } },
    orderBy: { receivedAt: 'asc' },
  });
  const reuses = new Map<string, Reuse[]>();
  for (const { sha256, ...row } of found) {
    const reuse = {
      code: row.issue.code,
      cycle: row.cycle,
      issue: row.issueId === issueId ? 'same' : 'other',
    } as const;
    reuses.set(sha256, [...(reuses.get(sha256) ?? []), reuse]);
  }
  return reuses;
}
