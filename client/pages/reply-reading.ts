import type { Ledger } from '../../prisma/client.ts';
import { type AnswerLine, answerLines } from '../incoming-mail/answer-lines.ts';
import { openMail } from '../incoming-mail/open-mail.ts';
import { RefusedError } from '../refused-error.ts';
import { type ReplyReading, replyReading } from './mail-reading.ts';

/** A mail that came in, and how it was read (来信怎么读的). */
export interface ReplySource extends ReplyReading {
  readonly subject: string;
  readonly from: string;
  /** The mail of ours that it answers; null when it is none of ours. */
  readonly answers: { readonly messageId: string; readonly subject: string } | null;
  /** Unmarked where what was taken could not be laid over the text. */
  readonly lines: readonly (AnswerLine | { readonly text: string; readonly part: 'unmarked' })[];
  readonly files: readonly {
    readonly fileName: string;
    readonly sizeBytes: number;
    readonly purpose: 'enclosed' | 'decoration';
  }[];
}

/** @throws RefusedError `NoSuchMail` */
export async function readReplySource(ledger: Ledger, incomingId: string): Promise<ReplySource> {
  const row = await ledger.incomingMail.findUnique({
    where: { id: incomingId },
    include: { mail: { select: { messageId: true, subject: true } } },
  });
  if (row === null) throw new RefusedError('NoSuchMail', '没有这封来信。');
  const opened = await openMail(row.raw).catch(() => undefined); // what cannot be read says so in its outcome
  const text = opened?.text.trimEnd() ?? '';
  const unmarked = () => text.split('\n').map((line) => ({ text: line, part: 'unmarked' as const }));
  return {
    ...replyReading(row),
    subject: row.subject,
    from: row.fromAddress,
    answers: row.mail,
    lines: answerLines(text) ?? unmarked(),
    files: (opened?.files ?? []).map(({ fileName, sizeBytes, purpose }) => ({ fileName, sizeBytes, purpose })),
  };
}
