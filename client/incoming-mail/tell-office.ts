import { businessNow } from '../../prisma/business-time.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import { windowFrom } from '../../workflows/rules/sending-hours.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import type { AnsweredItem } from './answered-mail.ts';
import type { Settling } from './settling.ts';

/**
 * Tells the office what a handler wishes that nobody but the office can do (转交), in a mail of its own. A second run finds
 * the row and calls the post-office again.
 */
export async function tellOffice(
  { ledger, rowsPlanned, clockId, incomingId }: Settling,
  { issueId, progress }: AnsweredItem,
  words: string,
): Promise<void> {
  const issue = await ledger.issue.findUniqueOrThrow({
    where: { id: issueId },
    select: { roundId: true, terms: true },
  });
  const terms = issue.terms as unknown as IssueTerms;
  const { plannedOn, ...window } = windowFrom(terms, await businessNow(ledger, clockId));
  const key = [issueId, progress.cycle, `wish-${incomingId}`, 'office'].join('/');
  await ledger.outboxRow.createMany({
    data: {
      key,
      kind: 'answer',
      clockId,
      roundId: issue.roundId,
      issueId,
      cycle: progress.cycle,
      letter: 'answer',
      role: 'office',
      plannedOn: fromIsoDate(plannedOn),
      ...window,
      missed: 'sendLate',
      policyVersion: terms.policy.version,
      calendarVersion: terms.calendar.version,
      because: { rule: 'handoverWished', incomingMail: incomingId },
      content: { about: 'handoverWished', reason: words },
    },
    skipDuplicates: true,
  });
  const { earliestAt } = await ledger.outboxRow.findUniqueOrThrow({ where: { key }, select: { earliestAt: true } });
  await rowsPlanned(clockId, earliestAt.toISOString());
}
