import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { hasEnded, type IssueProgress } from '../../workflows/rules/progress.ts';
import { storedIssue } from '../reading/stored.ts';
import type { Subject } from './assign-rows.ts';

/** An issue under way that a window of a role is about. */
export interface ConcernedIssue<Row> {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly roundId: string;
  readonly round: { readonly clockId: string };
  readonly terms: unknown;
  readonly progress: IssueProgress;
  readonly now: IsoInstant;
  readonly row: Row;
}

/**
 * Every issue under way that one of the windows is about: the window's own, or those of its body or round; of handlers
 * those alone that have none of their own, as the mails have it, since nobody takes on what stays another's. In the
 * rounds' order; one issue as often as windows are about it.
 */
export async function concernedIssues<Row extends Subject & { readonly roundId: string }>(
  ledger: Ledger,
  role: Role,
  rows: readonly Row[],
): Promise<ConcernedIssue<Row>[]> {
  const issues = await ledger.issue.findMany({
    where: {
      step: { gt: 0 },
      OR: [
        { id: { in: rows.flatMap(({ issueId }) => issueId ?? []) } },
        { bodyId: { in: rows.flatMap(({ bodyId }) => bodyId ?? []) } },
        { roundId: { in: rows.filter(isWhole).map(({ roundId }) => roundId) } },
      ],
    },
    select: {
      id: true,
      code: true,
      title: true,
      roundId: true,
      bodyId: true,
      terms: true,
      progress: true,
      round: { select: { clockId: true } },
    },
    orderBy: [{ roundId: 'asc' }, { number: 'asc' }],
  });
  const nearer = await ledger.assignment.findMany({
    where: { role, roundId: { in: [...new Set(rows.map(({ roundId }) => roundId))] }, untilAt: null },
    select: { issueId: true, bodyId: true, roundId: true },
  });
  const heldFor = new Set(nearer.map(({ issueId, bodyId }) => issueId ?? bodyId));
  const concerned: ConcernedIssue<Row>[] = [];
  for (const { bodyId, ...issue } of issues) {
    const progress = storedIssue(issue)?.progress;
    if (progress === undefined || hasEnded(progress)) continue;
    const isMeant = (row: Row) => {
      if (row.issueId !== null) return row.issueId === issue.id;
      if (role === 'handler' && heldFor.has(issue.id)) return false;
      if (row.bodyId !== null) return row.bodyId === bodyId;
      const isOfBody = role === 'handler' && bodyId !== null && heldFor.has(bodyId);
      return row.roundId === issue.roundId && !isOfBody;
    };
    const meant = rows.filter(isMeant);
    if (meant.length === 0) continue;
    const now = await businessNow(ledger, issue.round.clockId);
    concerned.push(...meant.map((row) => ({ ...issue, progress, now, row })));
  }
  return concerned;
}

/** Held for the whole round. */
function isWhole({ issueId, bodyId }: Subject): boolean {
  return issueId === null && bodyId === null;
}
