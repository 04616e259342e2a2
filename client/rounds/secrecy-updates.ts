import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { IssueSecrecy } from '../../workflows/rules/secrecy.ts';
import { officeAuthor } from '../acting/office-author.ts';
import { RefusedError } from '../refused-error.ts';
import type { Resolved } from './assign-rows.ts';
import type { Reassigning } from './reassigned.ts';

interface Importing {
  readonly round: {
    readonly clockId: string;
    readonly issues: readonly { readonly id: string; readonly secrecy: IssueSecrecy }[];
  };
  readonly resolved: Pick<Resolved, 'details'>;
  readonly fileName: string;
  readonly reassigning: Reassigning | undefined;
}

/**
 * The statements that write down what an assignment says of which issues are confidential (保密), signed by who imports it; none
 * where nothing changes.
 *
 * @throws RefusedError `DrillIssue`, and as `officeAuthor`
 */
export async function secrecyUpdates(
  ledger: Ledger,
  { round, resolved, fileName, reassigning }: Importing,
): Promise<Prisma.PrismaPromise<unknown>[]> {
  const changed = round.issues.flatMap(({ id, secrecy }) => {
    const wanted = resolved.details.get(id)?.secrecy ?? secrecy;
    return wanted === secrecy ? [] : [{ issueId: id, secrecy: wanted }];
  });
  if (changed.length === 0) return [];
  if (round.clockId !== 'real') throw new RefusedError('DrillIssue', '演练里没有真实的人和事，问题不设保密');
  const { author, at } = await officeAuthor(ledger, { scope: 'real', act: '设定问题的保密', by: reassigning?.by });
  const said = reassigning?.reason.trim() ?? '';
  const reason = said === '' ? `分工名单${fileName === '' ? '' : `“${fileName}”`}写明` : said;
  return [
    ledger.issueSecrecyChange.createMany({ data: changed.map((change) => ({ ...change, reason, by: author, at })) }),
    ...changed.map(({ issueId, secrecy }) =>
      ledger.issue.update({ where: { id: issueId }, data: { secrecy }, select: { id: true } }),
    ),
  ];
}
