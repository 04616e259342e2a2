import type { Ledger, LedgerTransaction } from '../../prisma/client.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import { inParallel } from '../in-parallel.ts';
import { together } from '../together.ts';
import { mailIdentity } from './keys.ts';
import type { Sender } from './claim.ts';
import type { Log } from './log.ts';
import type { MailTransport, SendOutcome, Whereabouts } from './transport.ts';
import type { LeavingMail } from './waiting.ts';

/** What is needed to send. */
export interface Means {
  readonly ledger: Ledger;
  readonly transport: MailTransport;
  readonly sender: Sender;
  readonly leaseOwner: string;
  readonly log: Log;
  readonly now: IsoInstant;
  /** Asked for each mail as its turn comes: a long run does not go on after the hours, nor after its turn. */
  readonly presentTime: () => IsoInstant;
  /** What has not left by then is left to the next turn, so that what comes meanwhile need not wait for all of it. */
  readonly turnEndsAt: IsoInstant;
  /** How long to wait before the n-th attempt, from 1. */
  readonly pauseSeconds: (attempts: number) => number;
}

/** Sending asks the ledger for the mails under way together: two statements a mail take longer than the mail. */
export interface Sending extends Means {
  readonly takeLease: (mail: LeavingMail) => Promise<LeasedMail | undefined>;
  /** False when the lease has gone to somebody else. */
  readonly recordAccepted: (accepted: Accepted) => Promise<boolean>;
}

export function startSending(means: Means): Sending {
  return {
    ...means,
    takeLease: together((mails) => takeLeases(means, mails)),
    recordAccepted: together((accepted) => recordAllAccepted(means, accepted)),
  };
}

/** So many are leased at a time, twice as many as there are connections: while some are sent, others are written down. */
const leasedAtOnce = 20;
const leaseSeconds = 60;

/** Hands the mails over and says how many lines were accepted. */
export async function sendMails(sending: Sending, mails: readonly LeavingMail[]): Promise<number> {
  let lines = 0;
  await inParallel(leasedAtOnce, mails, async (mail) => {
    const accepted = await sendMail(sending, mail);
    lines += accepted;
  });
  return lines;
}

/** Hands a mail over under a lease and says how many of its lines were accepted: none where others have taken it. */
export async function sendMail(sending: Sending, leaving: LeavingMail): Promise<number> {
  const moment = sending.presentTime();
  if (moment >= sending.turnEndsAt || leaving.leavesFrom(moment) > moment) return 0;
  const mail = await sending.takeLease(leaving);
  if (mail === undefined) return 0;
  const { replyAddress } = mailIdentity(sending.sender.secret, sending.sender.mailDomain, mail.key);
  const handover = { from: replyAddress, to: mail.address, raw: Buffer.from(leaving.raw ?? mail.raw ?? []) };
  const outcome =
    mail.before === 'prepared'
      ? await sending.transport.send(handover)
      : await resolveFate(sending, mail, {
          envelopeFrom: replyAddress,
          resend: () => sending.transport.send(handover),
        });
  return outcome !== undefined && (await recordOutcome(sending, mail, outcome)) ? mail.lines : 0;
}

interface LeasedMail {
  readonly id: string;
  readonly key: string;
  readonly messageId: string;
  readonly personId: string;
  readonly address: string;
  /** Null where whoever asks has it. */
  readonly raw: Uint8Array | null;
  readonly attempts: number;
  /** One that was handed over may have arrived. */
  readonly before: 'prepared' | 'handedOver';
  /** When the first handover with an unknown outcome began; null for one from before this was kept. */
  readonly handedOverAt: Date | null;
  readonly lines: number;
}

/** The leases of mails that are to be sent, or that were handed over before and whose lease has run out. */
async function takeLeases(
  { ledger, leaseOwner, presentTime }: Means,
  leaving: readonly LeavingMail[],
): Promise<(LeasedMail | undefined)[]> {
  const ids = leaving.map(({ id }) => id);
  const unread = leaving.flatMap(({ id, raw }) => (raw === undefined ? [id] : []));
  const mails = await ledger.$queryRaw<LeasedMail[]>`
    WITH before AS (
      SELECT id, state, "handedOverAt" FROM "Mail" WHERE id = ANY(${ids}::text[]) AND (
        (state = 'prepared' AND ("nextAttemptAt" IS NULL OR "nextAttemptAt" <= now()))
        OR (state = 'handedOver' AND "leaseUntil" <= now()))
      ORDER BY id FOR UPDATE)
    UPDATE "Mail" m SET state = 'handedOver', attempts = attempts + 1, "triedAt" = ${presentTime()}::timestamptz,
      "handedOverAt" = CASE before.state WHEN 'handedOver' THEN before."handedOverAt" ELSE now() END,
      "leaseOwner" = ${leaseOwner}, "leaseUntil" = now() + ${leaseSeconds}::int * interval '1 second', "nextAttemptAt" = NULL
    FROM before WHERE m.id = before.id
    RETURNING m.id, m.key, m."messageId", m."personId", m.address, m.attempts,
      CASE WHEN m.id = ANY(${unread}::text[]) THEN m.raw END AS raw, before.state AS before, m."handedOverAt",
      (SELECT count(*)::int FROM "Delivery" d WHERE d."mailId" = m.id) AS lines`;
  const byId = new Map(mails.map((mail) => [mail.id, mail]));
  return ids.map((id) => byId.get(id));
}

interface Accepted {
  readonly id: string;
  /** The server's words. */
  readonly response: string;
}

async function recordAllAccepted(
  { ledger, leaseOwner, now }: Means,
  accepted: readonly Accepted[],
): Promise<boolean[]> {
  const recorded = await ledger.$queryRaw<{ id: string }[]>`
    UPDATE "Mail" m SET state = 'accepted', "acceptedAt" = ${now}::timestamptz, "leaseOwner" = NULL, "leaseUntil" = NULL,
      response = accepted.response
    FROM jsonb_to_recordset(${JSON.stringify(accepted)}::jsonb) AS accepted(id text, response text)
    WHERE m.id = accepted.id AND m.state = 'handedOver' AND m."leaseOwner" = ${leaseOwner}
    RETURNING m.id`;
  const ids = new Set(recorded.map(({ id }) => id));
  return accepted.map(({ id }) => ids.has(id));
}

interface FateRequest {
  readonly envelopeFrom: string;
  readonly resend: () => Promise<SendOutcome>;
}

/**
 * What becomes of a mail that may have arrived: the mail server is asked, where it can be. What it has accepted is
 * written down and not sent again; what it certainly does not have is sent as if for the first time; where it has
 * not done with it, or does not say, the mail keeps its unknown fate, in the latter case after the same bytes went again,
 * counted as uncertain. Undefined when nothing is to be recorded now.
 */
async function resolveFate(
  sending: Sending,
  mail: LeasedMail,
  { envelopeFrom, resend }: FateRequest,
): Promise<SendOutcome | undefined> {
  const { transport, log } = sending;
  const { messageId, handedOverAt } = mail;
  const cannotAsk: Whereabouts = { kind: 'unknown', because: '没有可查询的邮件服务器' };
  const found =
    transport.whereabouts === undefined || handedOverAt === null
      ? cannotAsk
      : await transport.whereabouts({ messageId, envelopeFrom, handedOverAt });
  log('查问交出后没有回音的邮件', { mailId: mail.id, found: found.kind, ...('because' in found && found) });
  switch (found.kind) {
    case 'accepted':
      return { kind: 'accepted', response: `邮件服务器的队列和日志查实已接收：queued as ${found.queueId}` };
    case 'absent':
      return (await renewLease(sending, mail, 0)) ? resend() : undefined;
    case 'receiving':
      await holdBack(sending, mail, { seconds: receivingSeconds, uncertain: 0, response: '邮件服务器还没有收完' });
      return undefined;
    case 'unknown': {
      // Counted before it goes: whoever dies in between has counted one too many, never one too few.
      if (!(await renewLease(sending, mail, 1))) return undefined;
      const outcome = await resend();
      if (outcome.kind !== 'deferred') return outcome;
      // This time it was certainly not accepted, but what became of the first time is as unknown as before.
      const { response } = outcome;
      await holdBack(sending, mail, { seconds: sending.pauseSeconds(mail.attempts), uncertain: -1, response });
      return undefined;
    }
  }
}

/** A server receives for minutes at most (Postfix: `smtpd_timeout`, 300 s); it is asked again until it has done with it. */
const receivingSeconds = 10;

/** False when the lease has gone to somebody else while the server was asked. */
async function renewLease({ ledger, leaseOwner }: Sending, { id }: LeasedMail, uncertain: 0 | 1): Promise<boolean> {
  const renewed = await ledger.$executeRaw`
    UPDATE "Mail" SET "leaseUntil" = now() + ${leaseSeconds}::int * interval '1 second', uncertain = uncertain + ${uncertain}::int
    WHERE id = ${id} AND state = 'handedOver' AND "leaseOwner" = ${leaseOwner}`;
  return renewed === 1;
}

/** Leaves it as handed over, with its fate unknown, until it is looked at again. */
async function holdBack(
  { ledger, leaseOwner }: Sending,
  { id }: LeasedMail,
  { seconds, uncertain, response }: { seconds: number; uncertain: 0 | -1; response: string },
): Promise<void> {
  await ledger.$executeRaw`
    UPDATE "Mail" SET "leaseUntil" = now() + ${seconds}::float8 * interval '1 second', response = ${response},
      uncertain = uncertain + ${uncertain}::int
    WHERE id = ${id} AND state = 'handedOver' AND "leaseOwner" = ${leaseOwner}`;
}

/** Writes down what the server said, unless the lease has gone to somebody else; says whether the mail was accepted. */
async function recordOutcome(sending: Sending, mail: LeasedMail, outcome: SendOutcome): Promise<boolean> {
  const { ledger, leaseOwner, now, log } = sending;
  const mine = { id: mail.id, state: 'handedOver', leaseOwner } as const;
  const { response } = outcome;
  const done = { leaseOwner: null, leaseUntil: null, response };
  switch (outcome.kind) {
    case 'accepted':
      return sending.recordAccepted({ id: mail.id, response });
    case 'refused':
      // Together: a page that is made while the address still counts as good would be followed by another mail to it.
      await ledger.$transaction(async (tx) => {
        const { count } = await tx.mail.updateMany({ where: mine, data: { ...done, state: 'refused' } });
        if (count === 1 && outcome.because === 'address')
          await markUnreachable(tx, mail, `${dayOf(now)}拒收：${withoutAddress(response)}`);
      });
      log('邮件被拒收，不再重发', { mailId: mail.id, because: outcome.because, answer: withoutAddress(response) });
      return false;
    case 'deferred': {
      await ledger.$executeRaw`
        UPDATE "Mail" SET state = 'prepared', "handedOverAt" = NULL, "leaseOwner" = NULL, "leaseUntil" = NULL,
          response = ${response}, "nextAttemptAt" = now() + ${sending.pauseSeconds(mail.attempts)}::float8 * interval '1 second'
        WHERE id = ${mail.id} AND state = 'handedOver' AND "leaseOwner" = ${leaseOwner}`;
      log('邮件暂时没有发出，稍后重发', {
        mailId: mail.id,
        attempts: mail.attempts,
        answer: withoutAddress(response),
      });
      return false;
    }
    case 'unknown':
      await holdBack(sending, mail, { seconds: sending.pauseSeconds(mail.attempts), uncertain: 0, response });
      log('不知道邮件是否已被接收，稍后重发同一封', {
        mailId: mail.id,
        attempts: mail.attempts,
        answer: withoutAddress(response),
      });
      return false;
  }
}

/** Only if the person still has the address that failed: a corrected one is not blamed for it. */
async function markUnreachable(
  ledger: LedgerTransaction,
  { personId, address }: LeasedMail,
  unreachable: string,
): Promise<void> {
  await ledger.person.updateMany({
    where: { id: personId, email: address, unreachable: null },
    data: { unreachable },
  });
}

/** Logs hold no addresses, and beside a person's own one it need not stand again; servers like to repeat them. */
function withoutAddress(response: string): string {
  return response.replace(/<?[^\s<>]+@[^\s<>]+>?/g, '…').slice(0, 300);
}
