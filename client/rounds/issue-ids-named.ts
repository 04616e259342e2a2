import type { Ledger } from '../../prisma/client.ts';
import { RefusedError } from '../refused-error.ts';
import { ImportRefused } from './import-refused.ts';
import { issuesNamed } from './issue-range.ts';

/** The ids of the round's issues that words name. @throws ImportRefused with every word that names no issue of the round */
export async function issueIdsNamed(ledger: Ledger, roundId: string, text: string): Promise<string[]> {
  const all = await ledger.issue.findMany({
    where: { roundId },
    select: { id: true, number: true, code: true, title: true },
    orderBy: { number: 'asc' },
  });
  const { issues, problems } = issuesNamed(text, all);
  if (problems.length > 0) {
    throw new ImportRefused(
      '',
      problems.map((message) => ({ line: 0, message })),
    );
  }
  return issues.map(({ id }) => id);
}

/**
 * The id of the one issue that words name.
 *
 * @throws ImportRefused when they name none of the round
 * @throws RefusedError `OneIssueOnly` when they name several: which of them is meant is not guessed
 */
export async function oneIssueNamed(ledger: Ledger, roundId: string, text: string): Promise<string | undefined> {
  const [issueId, ...others] = await issueIdsNamed(ledger, roundId, text);
  if (others.length === 0) return issueId;
  throw new RefusedError(
    'OneIssueOnly',
    `一件意见登记在一个问题上，“${text}”写了${String(others.length + 1)}个；请分件登记`,
  );
}
