import { planned } from './rules/planner.ts';
import type { IssueTerms } from './rules/terms.ts';
import { type IssueCarry, TrackedIssue } from './tracked-issue.ts';

/**
 * Follows one feedback issue (反馈问题) from assignment until its look-back
 * review (回头看) passes: months, and as many cycles of rectification as it takes.
 *
 * @param carry given only when an earlier run continues as new
 */
export async function rectifyIssue(terms: IssueTerms, carry?: IssueCarry): Promise<void> {
  const issue = new TrackedIssue(terms, carry);

  while (!issue.ended) {
    const plan = planned(issue.terms, issue.progress, issue.clock.now());
    await issue.writeDown(plan); // one transaction: events, projection, mails planned and cancelled
    await issue.trimHistory();
    await issue.changedBefore(plan.lookAgainAt); // 督办 · 销号 · 长期坚持 · 回头看: news, or the next moment to record
  }
  await issue.lastWords();
}
