import { randomUUID } from 'node:crypto';
import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';
import { likelyRecurrences } from './likely-recurrences.ts';

/** The least likeness at which two issues are laid before the office; it decides, so a few too many do no harm. */
const threshold = 0.5;

/** 已销号: what can come back. */
const closedPhases = ['lookBack', 'longTerm', 'archived'] as const;

const fields = { id: true, unit: true, aspect: true, title: true, text: true } as const;

/**
 * Proposes for each issue of a real round the closed issues of earlier real rounds that it may repeat (反弹回潮). What
 * stands there already, decided or not, stays as it is.
 *
 * @returns how many proposals are new
 */
export async function proposeLinks(ledger: Ledger, roundId: string): Promise<number> {
  const round = await ledger.round.findUnique({
    where: { id: roundId },
    select: { clockId: true, createdAt: true },
  });
  if (round?.clockId !== 'real') return 0;
  const [issues, earlier] = await Promise.all([
    ledger.issue.findMany({ where: { roundId }, select: fields }),
    ledger.issue.findMany({
      where: {
        round: { clockId: 'real', id: { not: roundId }, createdAt: { lt: round.createdAt } },
        phase: { in: [...closedPhases] },
      },
      select: fields,
    }),
  ]);
  const words = ({ id, ...rest }: (typeof issues)[number]) => ({ issueId: id, ...rest });
  const proposals = likelyRecurrences(issues.map(words), earlier.map(words), threshold);
  const { count } = await ledger.issueLink.createMany({
    data: proposals.map(({ issueId, earlierIssueId, score, because }) => ({ issueId, earlierIssueId, score, because })),
    skipDuplicates: true,
  });
  return count;
}

/**
 * The office's word on a proposed link. Before the launch it goes into the issue's terms, after it to its workflow; one
 * that nobody proposed can be confirmed as well.
 *
 * @throws RefusedError `UnknownLink`, `LinkDecided`, `NotEarlier`, and whatever the issue refuses
 */
export async function decideLink(
  { ledger, issues }: { ledger: Ledger; issues: Pick<Issues, 'ask'> },
  decision: {
    readonly issueId: string;
    readonly earlierIssueId: string;
    readonly decision: 'confirmed' | 'declined';
    readonly by: string;
    readonly source: string;
    readonly requestId?: string | undefined;
  },
): Promise<void> {
  const { issueId, earlierIssueId, by, source, requestId = randomUUID() } = decision;
  const [link, issue] = await Promise.all([
    ledger.issueLink.findUnique({ where: { issueId_earlierIssueId: { issueId, earlierIssueId } } }),
    ledger.issue.findUniqueOrThrow({
      where: { id: issueId },
      select: { step: true, round: { select: { clockId: true } } },
    }),
  ]);
  if (link?.state === decision.decision) return;
  if (link?.state === 'confirmed') throw new RefusedError('LinkDecided', '已确认再次发生，不能改为不是');
  if (link === null && decision.decision === 'declined')
    throw new RefusedError('UnknownLink', '没有提出过这两个问题相同，不必否定');
  if (link === null) await requireEarlier(ledger, issueId, earlierIssueId); // those proposed are
  if (decision.decision === 'confirmed' && issue.step > 0) {
    await issues.ask('confirmRecurrence', issueId, { requestId, by, source, earlierIssueId });
  }
  const decided = {
    state: decision.decision,
    decidedBy: by,
    decidedAt: await businessNow(ledger, issue.round.clockId),
  };
  await ledger.issueLink.upsert({
    where: { issueId_earlierIssueId: { issueId, earlierIssueId } },
    create: { issueId, earlierIssueId, score: 1, because: '由督办办公室指认', ...decided },
    update: decided,
  });
}

/** Only what was closed in an earlier round can have come back. @throws RefusedError `NotEarlier` */
export async function requireEarlier(ledger: Ledger, issueId: string, earlierIssueId: string): Promise<void> {
  const rounds = { select: { id: true, createdAt: true } } as const;
  const [{ round }, earlier] = await Promise.all([
    ledger.issue.findUniqueOrThrow({ where: { id: issueId }, select: { round: rounds } }),
    ledger.issue.findUniqueOrThrow({ where: { id: earlierIssueId }, select: { phase: true, round: rounds } }),
  ]);
  const isClosed = closedPhases.some((phase) => phase === earlier.phase);
  if (!isClosed || earlier.round.id === round.id || earlier.round.createdAt >= round.createdAt)
    throw new RefusedError('NotEarlier', '只能与以前轮次已销号的问题关联');
}
