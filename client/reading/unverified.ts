import type { Ledger } from '../../prisma/client.ts';
import { pageNumber } from '../../prisma/page-number.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { UnverifiedBecause } from '../incoming-mail/sender.ts';
import type { IncomingVerdict } from '../incoming-mail/verdict.ts';

/** An answer that waits for the office to say whose it is (来信待核). */
export interface UnverifiedAnswer {
  readonly incomingMailId: string;
  /** What people call it: the beginning of its id. */
  readonly number: string;
  readonly subject: string;
  readonly from: string;
  readonly receivedAt: IsoInstant;
  /** Why it does not count by itself. */
  readonly because: string;
  /** To whom the mail went that it answers; null when it answers none of ours. */
  readonly sentTo: string | null;
}

/** Why an answer does not count as the person's who was written to, as a clause. */
export const unverifiedWords: Readonly<Record<UnverifiedBecause, string>> = {
  unknownToken: '回信地址的口令不认识',
  expiredToken: '回信地址的口令已过期',
  otherSender: '发信地址与收信人不符',
  notAuthenticated: '收信的邮件服务器没有证明是从这个地址发出的',
  ambiguousSender: '看不准是谁发的：发件人不是单独一个地址',
};

/** What waits on a clock to be verified: not what was decided about; what came to no clock at all belongs to the real one. */
export function unverifiedOn(clockId: string) {
  const clocks = clockId === 'real' ? [{ clockId }, { clockId: null }] : [{ clockId }];
  return { verdict: { path: ['kind'], equals: 'unverified' }, decisions: { none: {} }, OR: clocks };
}

/** Of a clock: the oldest first, a hundred at most, and how many there are. */
export async function readUnverified(
  ledger: Ledger,
  clockId: string,
): Promise<{ readonly answers: readonly UnverifiedAnswer[]; readonly count: number }> {
  const count = await ledger.incomingMail.count({ where: unverifiedOn(clockId) });
  return { count, answers: count === 0 ? [] : await readAnswers(ledger, clockId) };
}

async function readAnswers(ledger: Ledger, clockId: string): Promise<UnverifiedAnswer[]> {
  const mails = await ledger.incomingMail.findMany({
    where: unverifiedOn(clockId),
    select: {
      id: true,
      subject: true,
      fromAddress: true,
      receivedAt: true,
      verdict: true,
      mail: { select: { person: { select: { name: true } } } },
    },
    orderBy: { receivedAt: 'asc' },
    take: 100,
  });
  return mails.map(({ id, subject, fromAddress, receivedAt, verdict, mail }) => ({
    incomingMailId: id,
    number: pageNumber(id),
    subject,
    from: fromAddress,
    receivedAt: receivedAt.toISOString(),
    because: becauseOf(verdict),
    sentTo: mail?.person.name ?? null,
  }));
}

function becauseOf(verdict: unknown): string {
  const read = verdict as IncomingVerdict | null;
  return read?.kind === 'unverified' ? unverifiedWords[read.because] : '';
}
