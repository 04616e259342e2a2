import type { Said } from '../../workflows/messages.ts';
import type { ClosureDecision } from '../../workflows/rules/requests/closure.ts';
import type { PagesDependencies } from '../pages/deps.ts';

/**
 * Decides on a closure, and gives the address that says what came of it.
 *
 * @throws RefusedError as `Issues.decideClosure` does
 */
export async function decideClosure(
  { issues, ledger }: Pick<PagesDependencies, 'issues' | 'ledger'>,
  id: string,
  { decision, ...said }: Omit<Said, 'source'> & { readonly decision: ClosureDecision },
): Promise<string> {
  await issues.decideClosure(id, { ...said, source: 'page', decision });
  const issue = await ledger.issue.findUnique({ where: { id }, select: { phase: true } });
  const waits = decision.kind === 'approved' && issue?.phase === 'closureReview';
  return `/issues/${id}?done=${waits ? 'levelApproved' : decision.kind}`;
}
