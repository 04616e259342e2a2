import type { Ledger } from '../../prisma/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import type { IssueSecrecy } from '../../workflows/rules/secrecy.ts';
import { nearest } from '../access/nearest.ts';
import { readRunningDelegations } from '../acting/running-delegations.ts';
import { heldAt, heldFor } from '../reading/role-holders.ts';
import { requireInEarnest } from './decide-secrecy.ts';

interface Named {
  readonly name: string;
  readonly unit: string;
}

/** What would come of a decision on whether an issue is confidential (保密问题); nothing has been decided. */
export interface SecrecyPreview {
  readonly written: 'preview';
  readonly code: string;
  readonly secrecy: IssueSecrecy;
  /** Whether it is so already. */
  readonly changed: 'now' | 'before';
  /** Who sees it then: the office, whom its mails reach, and who stands in for one of them now. */
  readonly sees: readonly Named[];
  /** Of those who see it now, who does not see it then. */
  readonly noLonger: readonly Named[];
}

/** Says by name who would see an issue, and who no longer; writes nothing. @throws RefusedError `DrillIssue` */
export async function previewSecrecy(
  ledger: Ledger,
  { issueId, secrecy }: { readonly issueId: string; readonly secrecy: IssueSecrecy },
): Promise<SecrecyPreview> {
  await requireInEarnest(ledger, issueId);
  const now = await businessNow(ledger, 'real');
  const issue = await ledger.issue.findUniqueOrThrow({
    where: { id: issueId },
    select: { code: true, roundId: true, secrecy: true },
  });
  const [held, office, delegations] = await Promise.all([
    ledger.assignment.findMany({
      where: { ...heldFor(issue.roundId, [issueId]), ...heldAt(now) },
      select: { role: true, issueId: true, bodyId: true, personId: true },
    }),
    ledger.account.findMany({ where: { standing: 'office', closedAt: null }, select: { personId: true } }),
    readRunningDelegations(ledger, now),
  ]);
  const byRole = [...groupBy(held, ({ role }) => role).values()];
  const seeing = (as: IssueSecrecy): ReadonlySet<string> => {
    const holders = as === 'confidential' ? byRole.flatMap(nearest) : held;
    const found = new Set(holders.map(({ personId }) => personId));
    // A set that grows while it is walked is walked to its end: a stand-in may have one of his own.
    for (const id of found) for (const { from, to } of delegations) if (from === id) found.add(to);
    return new Set([...found, ...office.map(({ personId }) => personId)]);
  };
  const [before, after] = [seeing(issue.secrecy), seeing(secrecy)];
  const people = await ledger.person.findMany({
    where: { id: { in: [...new Set([...before, ...after])] } },
    select: { id: true, name: true, unit: true },
    orderBy: [{ unit: 'asc' }, { name: 'asc' }],
  });
  const named = (those: (id: string) => boolean) =>
    people.flatMap(({ id, name, unit }) => (those(id) ? [{ name, unit }] : []));
  return {
    written: 'preview',
    code: issue.code,
    secrecy,
    changed: issue.secrecy === secrecy ? 'before' : 'now',
    sees: named((id) => after.has(id)),
    noLonger: named((id) => before.has(id) && !after.has(id)),
  };
}
