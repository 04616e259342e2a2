import type { Ledger } from '../../prisma/client.ts';
import type { IssueSecrecy } from '../../workflows/rules/secrecy.ts';
import { officeAuthor } from '../acting/office-author.ts';
import { RefusedError } from '../refused-error.ts';

/** What the office decides about one issue as a whole (保密问题). */
export interface SecrecyChoice {
  readonly issueId: string;
  readonly secrecy: IssueSecrecy;
  readonly reason: string;
  /** An id, a mail address or a name. */
  readonly by: string | undefined;
  /** A second delivery under it changes nothing. */
  readonly requestId: string;
}

const acts = { confidential: '把问题设为保密', ordinary: '解除问题的保密' } as const;

/**
 * Writes down whether an issue is confidential, with who, when and why. To decide again what holds already changes nothing.
 *
 * @throws RefusedError `DrillIssue`, `ReasonMissing`, and as `officeAuthor`
 */
export async function decideSecrecy(
  ledger: Ledger,
  { issueId, secrecy, reason, by, requestId }: SecrecyChoice,
): Promise<'now' | 'before'> {
  await requireInEarnest(ledger, issueId);
  if (reason.trim() === '') throw new RefusedError('ReasonMissing', '请写明理由');
  const { author, at } = await officeAuthor(ledger, { scope: 'real', act: acts[secrecy], by });
  return ledger.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT FROM "Issue" WHERE id = ${issueId} FOR UPDATE`;
    const same = { issueId_requestId: { issueId, requestId } };
    if ((await tx.issueSecrecyChange.findUnique({ where: same, select: { number: true } })) !== null) return 'before';
    const standing = await tx.issue.findUniqueOrThrow({ where: { id: issueId }, select: { secrecy: true } });
    if (standing.secrecy === secrecy) return 'before';
    const change = { issueId, secrecy, reason: reason.trim(), by: author, at, requestId };
    await tx.issueSecrecyChange.create({ data: change });
    await tx.issue.update({ where: { id: issueId }, data: { secrecy }, select: { id: true } });
    return 'now';
  });
}

/** Of a drill nothing is secret. @throws RefusedError `DrillIssue` */
export async function requireInEarnest(ledger: Pick<Ledger, 'issue'>, issueId: string): Promise<void> {
  const { round } = await ledger.issue.findUniqueOrThrow({
    where: { id: issueId },
    select: { round: { select: { clockId: true } } },
  });
  if (round.clockId !== 'real') throw new RefusedError('DrillIssue', '演练里没有真实的人和事，问题不设保密');
}
