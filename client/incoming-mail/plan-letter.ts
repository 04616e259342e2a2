import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import { hoursOfNoIssue } from '../../workflows/rules/hours-of-no-issue.ts';
import { windowFrom } from '../../workflows/rules/sending-hours.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import type { CodeOnlyText } from './acknowledgement-letter.ts';
import type { AskedLine } from './answered-mail.ts';
import type { OpenedMail } from './open-mail.ts';

/** Calls a clock's post-office when a row comes before the moment it waits for. */
export type RowsPlanned = (clockId: string, earliestAt: IsoInstant) => Promise<void> | void;

interface LetterToSend {
  readonly key: string;
  readonly clockId: string;
  readonly personId: string;
  /** What it is about: their hours hold, and an answer to it is about them as well. */
  readonly issueIds: readonly string[];
  /** What it asks for, line by line, where it asks for something. */
  readonly lines?: readonly AskedLine[];
  readonly subject: string;
  readonly text: string;
  /** Which of the two goes out is decided when the mail is written. */
  readonly codeOnly: CodeOnlyText;
  /** Of the mail that it answers in its thread; left out where the reader did not write that mail. */
  readonly thread?: Pick<OpenedMail, 'messageId' | 'references'>;
  readonly because: { readonly rule: string; readonly incomingMail?: string };
}

/**
 * Plans a letter to somebody whose mail came in, within the sending hours, and calls the post-office. A second run finds the
 * row, leaves its words as they are, and calls again.
 */
export async function planLetter(
  ledger: Ledger,
  rowsPlanned: RowsPlanned,
  { key, clockId, personId, issueIds, lines, subject, text, codeOnly, thread, because }: LetterToSend,
): Promise<void> {
  const hours = await hoursOf(ledger, issueIds);
  const { plannedOn, ...window } = windowFrom(hours, await businessNow(ledger, clockId));
  await ledger.outboxRow.createMany({
    data: {
      key,
      kind: 'acknowledgement',
      personId,
      clockId,
      plannedOn: fromIsoDate(plannedOn),
      ...window,
      missed: 'sendLate',
      because,
      content: {
        subject,
        text,
        codeOnly: codeOnly as unknown as Prisma.InputJsonObject,
        ...(thread && { inReplyTo: thread.messageId, references: threadOf(thread) }),
        issueIds: [...issueIds],
        ...(lines && { lines: lines as unknown as Prisma.InputJsonArray }),
      },
    },
    skipDuplicates: true,
  });
  const { earliestAt } = await ledger.outboxRow.findUniqueOrThrow({ where: { key }, select: { earliestAt: true } });
  await rowsPlanned(clockId, earliestAt.toISOString());
}

export async function hoursOf(
  ledger: Ledger,
  [issueId]: readonly string[],
): Promise<Pick<IssueTerms, 'calendar' | 'policy'>> {
  if (issueId === undefined) return hoursOfNoIssue;
  const issue = await ledger.issue.findUnique({ where: { id: issueId }, select: { terms: true } });
  return (issue?.terms as unknown as IssueTerms | null) ?? hoursOfNoIssue;
}

/** `Re:` once, however often the thread has been answered. */
export function replySubject(subject: string): string {
  const bare = subject.replace(/^(\s*(re|回复|答复|回覆)\s*[:：])+\s*/i, '').trim();
  return `Re: ${bare === '' ? '整改督办' : bare}`;
}

/** References grow with every answer; the first and the latest keep a thread together (RFC 5322 §3.6.4). */
function threadOf({ references, messageId }: Pick<OpenedMail, 'messageId' | 'references'>): string[] {
  const thread = [...references, ...(messageId === '' ? [] : [messageId])];
  return thread.length <= 20 ? thread : [thread[0]!, ...thread.slice(-19)];
}
