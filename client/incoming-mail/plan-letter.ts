import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import { withinHours } from '../../workflows/rules/answers.ts';
import { at, dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import { simplePolicy } from '../../workflows/rules/simple-policy.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import type { CodeOnlyText } from './acknowledgement-letter.ts';
import type { OpenedMail } from './open-mail.ts';

/** Calls a clock's post-office when a row comes before the moment it waits for. */
export type RowsPlanned = (clockId: string, earliestAt: IsoInstant) => Promise<void> | void;

interface LetterToSend {
  readonly key: string;
  readonly clockId: string;
  readonly personId: string;
  /** What it is about: their hours hold, and an answer to it is about them as well. */
  readonly issueIds: readonly string[];
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
  { key, clockId, personId, issueIds, subject, text, codeOnly, thread, because }: LetterToSend,
): Promise<void> {
  const hours = await hoursOf(ledger, issueIds);
  const planned = withinHours(hours, await businessNow(ledger, clockId));
  const plannedOn = dayOf(planned);
  await ledger.outboxRow.createMany({
    data: {
      key,
      kind: 'acknowledgement',
      personId,
      clockId,
      plannedOn: fromIsoDate(plannedOn),
      earliestAt: planned,
      latestAt: at(plannedOn, hours.policy.sendingHours.to),
      missed: 'sendLate',
      because,
      content: {
        subject,
        text,
        codeOnly: codeOnly as unknown as Prisma.InputJsonObject,
        ...(thread && { inReplyTo: thread.messageId, references: threadOf(thread) }),
        issueIds: [...issueIds],
      },
    },
    skipDuplicates: true,
  });
  const { earliestAt } = await ledger.outboxRow.findUniqueOrThrow({ where: { key }, select: { earliestAt: true } });
  await rowsPlanned(clockId, earliestAt.toISOString());
}

/** For a mail about no issue: the bundled calendar and the preset's hours. */
const hoursOfNoIssue: Pick<IssueTerms, 'calendar' | 'policy'> = { calendar: bundledCalendar, policy: simplePolicy };

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
