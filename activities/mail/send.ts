import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { inParallel } from '../in-parallel.ts';
import { mailIdentity } from './keys.ts';
import type { Sender } from './claim.ts';
import type { Log } from './log.ts';
import type { MailTransport, SendOutcome } from './transport.ts';

export interface Sending {
  readonly ledger: Ledger;
  readonly transport: MailTransport;
  readonly sender: Sender;
  readonly leaseOwner: string;
  readonly log: Log;
  readonly now: IsoInstant;
  /** Judged for each mail as its turn comes: a long run does not go on after the hours. */
  readonly mayLeave: (mailId: string) => boolean;
  /** How long to wait before the n-th attempt, from 1. */
  readonly pauseSeconds: (attempts: number) => number;
}

const sendsAtOnce = 10;
const leaseSeconds = 60;

/** Hands the mails over, each under a lease, and says how many lines were accepted. Mails taken by others are left out. */
export async function sendMails(sending: Sending, mailIds: readonly string[]): Promise<number> {
  let lines = 0;
  await inParallel(sendsAtOnce, mailIds, async (mailId) => {
    if (!sending.mayLeave(mailId)) return;
    const mail = await takeLease(sending, mailId);
    if (mail === undefined) return;
    const { replyAddress } = mailIdentity(sending.sender.secret, sending.sender.mailDomain, mail.key);
    const outcome = await sending.transport.send({ from: replyAddress, to: mail.address, raw: Buffer.from(mail.raw) });
    if (await recordOutcome(sending, mail, outcome)) lines += mail.lines;
  });
  return lines;
}

interface LeasedMail {
  readonly id: string;
  readonly key: string;
  readonly personId: string;
  readonly address: string;
  readonly raw: Uint8Array;
  readonly attempts: number;
  readonly lines: number;
}

/** A mail that was handed over before and whose lease has run out may have arrived: sending it again is counted as uncertain. */
async function takeLease({ ledger, leaseOwner }: Sending, mailId: string): Promise<LeasedMail | undefined> {
  const [mail] = await ledger.$queryRaw<LeasedMail[]>`
    UPDATE "Mail" SET state = 'handedOver', attempts = attempts + 1,
      uncertain = uncertain + CASE state WHEN 'handedOver' THEN 1 ELSE 0 END,
      "leaseOwner" = ${leaseOwner}, "leaseUntil" = now() + ${leaseSeconds}::int * interval '1 second', "nextAttemptAt" = NULL
    WHERE id = ${mailId} AND (
      (state = 'prepared' AND ("nextAttemptAt" IS NULL OR "nextAttemptAt" <= now()))
      OR (state = 'handedOver' AND "leaseUntil" <= now()))
    RETURNING id, key, "personId", address, raw, attempts,
      (SELECT count(*)::int FROM "Delivery" d WHERE d."mailId" = id) AS lines`;
  return mail;
}

/** Writes down what the server said, unless the lease has gone to somebody else; says whether the mail was accepted. */
async function recordOutcome(sending: Sending, mail: LeasedMail, outcome: SendOutcome): Promise<boolean> {
  const { ledger, leaseOwner, now, log } = sending;
  const mine = { id: mail.id, state: 'handedOver', leaseOwner } as const;
  const { response } = outcome;
  const done = { leaseOwner: null, leaseUntil: null, response };
  switch (outcome.kind) {
    case 'accepted': {
      const { count } = await ledger.mail.updateMany({
        where: mine,
        data: { ...done, state: 'accepted', acceptedAt: now },
      });
      return count === 1;
    }
    case 'refused':
      await ledger.mail.updateMany({ where: mine, data: { ...done, state: 'refused' } });
      if (outcome.because === 'address') await markUnreachable(ledger, mail, response);
      log('邮件被拒收，不再重发', { mailId: mail.id, because: outcome.because, answer: withoutAddress(response) });
      return false;
    case 'deferred': {
      await ledger.$executeRaw`
        UPDATE "Mail" SET state = 'prepared', "leaseOwner" = NULL, "leaseUntil" = NULL, response = ${response},
          "nextAttemptAt" = now() + ${sending.pauseSeconds(mail.attempts)}::float8 * interval '1 second'
        WHERE id = ${mail.id} AND state = 'handedOver' AND "leaseOwner" = ${leaseOwner}`;
      log('邮件暂时没有发出，稍后重发', {
        mailId: mail.id,
        attempts: mail.attempts,
        answer: withoutAddress(response),
      });
      return false;
    }
    case 'unknown':
      await ledger.$executeRaw`
        UPDATE "Mail" SET "leaseUntil" = now() + ${sending.pauseSeconds(mail.attempts)}::float8 * interval '1 second',
          response = ${response}
        WHERE id = ${mail.id} AND state = 'handedOver' AND "leaseOwner" = ${leaseOwner}`;
      log('不知道邮件是否已被接收，稍后重发同一封', {
        mailId: mail.id,
        attempts: mail.attempts,
        answer: withoutAddress(response),
      });
      return false;
  }
}

/** Only if the person still has the address that failed: a corrected one is not blamed for it. */
async function markUnreachable(ledger: Ledger, { personId, address }: LeasedMail, response: string): Promise<void> {
  await ledger.person.updateMany({
    where: { id: personId, email: address, unreachable: null },
    data: { unreachable: response },
  });
}

/** Logs hold no addresses; servers like to repeat them. */
function withoutAddress(response: string): string {
  return response.replace(/[^\s<>]+@[^\s<>]+/g, '…').slice(0, 300);
}
