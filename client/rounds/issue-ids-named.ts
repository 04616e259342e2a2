import type { Ledger } from '../../prisma/client.ts';
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
