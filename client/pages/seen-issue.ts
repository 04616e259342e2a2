import type { Context } from 'hono';
import type { Ledger } from '../../prisma/client.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { seenIssue } from '../access/seen-issue.ts';
import { type IssueReading, readIssue } from '../reading/issue.ts';
import { storedIssue } from '../reading/stored.ts';

/** An issue as whoever asks may see it, with the calendar it goes by; without one before it is launched. */
export async function readSeenIssue(
  c: Context,
  ledger: Ledger,
  ref: string,
): Promise<{ readonly issue: IssueReading; readonly calendar: Calendar | undefined }> {
  const issue = await seenIssue(ledger, c.var.visit.sight, await readIssue(ledger, ref));
  const row = await ledger.issue.findUniqueOrThrow({
    where: { id: issue.id },
    select: { terms: true, progress: true },
  });
  return { issue, calendar: storedIssue(row)?.terms.calendar };
}
