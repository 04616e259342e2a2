import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { planNotices } from '../../prisma/plan-notices.ts';
import { dayOf, inChinese, type IsoInstant } from '../../workflows/rules/instants.ts';
import { askedItems, askedRounds, readAnsweredMail } from './answered-mail.ts';
import { hoursOf, planLetter, type RowsPlanned } from './plan-letter.ts';
import type { UnverifiedBecause } from './sender.ts';

/** An answer that came to nothing, as far as it is known whose it may be. */
export interface TurnedAway {
  readonly incomingId: string;
  readonly clockId: string;
  readonly receivedAt: IsoInstant;
  /** As the mail says; empty where it says none. */
  readonly fromAddress: string;
  /** The mail of ours whose reply address it used. */
  readonly mailId: string | null;
  readonly because: UnverifiedBecause | 'unreadable';
}

/**
 * Tells a person that an answer in his name did not count (婉拒), and the office that it has to see whose it is. It is written to
 * the registered address only, never to the one that wrote: whoever forges a sender has nobody mailed by us, and whose reply
 * address it is learns that somebody used it. At most one such letter a person and day, so that two programs that answer each
 * other come to rest. Nothing goes out for a mail that no registered person can have written.
 */
export async function turnAway(
  { ledger, rowsPlanned }: { ledger: Ledger; rowsPlanned: RowsPlanned },
  turned: TurnedAway,
): Promise<void> {
  const { incomingId, clockId, receivedAt, mailId, because } = turned;
  const person = mailId === null ? await writerOf(ledger, turned) : await readerOf(ledger, mailId);
  if (person === null) return;
  const { issueIds, roundIds } =
    mailId === null
      ? { issueIds: [], roundIds: await roundsHeld(ledger, person.id, clockId) }
      : await askedBy(ledger, mailId, receivedAt);
  const now = await businessNow(ledger, clockId);
  if (person.unreachable === null) {
    const words = wordsOf(turned);
    await planLetter(ledger, rowsPlanned, {
      key: `refusal/${person.id}/${dayOf(receivedAt)}`,
      clockId,
      personId: person.id,
      issueIds,
      subject: '【整改督办】有一封回信没有计入',
      text: `${[`${person.name}：`, ...words].join('\n\n')}\n`,
      codeOnly: { opening: `${person.name}：${words[0]!}`, items: [], closing: words.slice(1) },
      because: { rule: 'answerTurnedAway', incomingMail: incomingId },
    });
  }
  if (because === 'unreadable') return;
  await planNotices(
    ledger,
    { kind: 'answer', id: incomingId, clockId, roundIds },
    await hoursOf(ledger, issueIds),
    now,
  );
  await rowsPlanned(clockId, now);
}

const why: Readonly<Record<TurnedAway['because'], string>> = {
  otherSender: '发信地址不是您登记的邮箱',
  notAuthenticated: '收信的邮件服务器没有证明是从您的邮箱发出的',
  ambiguousSender: '看不准是谁发的',
  unknownToken: '收信地址不是督办邮件里的回信地址',
  expiredToken: '所回复的督办邮件，事项都已办结一个月以上',
  unreadable: '信太大或太杂（附件过多、层次过深），系统没有打开',
};

const whatNow: Readonly<Record<TurnedAway['because'], string>> = {
  otherSender:
    '如果是您本人写的，请用收到本邮件的邮箱，直接回复督办邮件重新发送；如果是您请别人代写的，请本人发送。如果不知道这封信，请告知督办办公室；督办邮件请勿转发。',
  notAuthenticated:
    '如果是您本人写的，请从单位邮箱的网页或软件直接回复督办邮件，不要由别的软件代发；仍然这样的，请告知督办办公室。',
  ambiguousSender: '如果是您本人写的，请用收到本邮件的邮箱，直接回复督办邮件重新发送。',
  unknownToken: '如果是您本人写的，请打开要答复的督办邮件，直接点“回复”重新发送，收信地址不要改动。',
  expiredToken: '如有新的情况，请联系督办办公室。',
  unreadable: '请减少附件，分几封重新回复督办邮件；压缩包请不要层层套装。',
};

function wordsOf({ because, fromAddress, receivedAt }: TurnedAway): string[] {
  const from = fromAddress === '' ? '' : `，发自${fromAddress}`;
  const used = because === 'unknownToken' ? '' : '，用的是发给您的督办邮件的回信地址';
  const asked = because === 'unreadable' ? '' : '，已转督办办公室核实';
  return [
    `${inChinese(dayOf(receivedAt))}收到一封回信${from}${used}。因${why[because]}，原信已存档，没有计入进展${asked}。`,
    whatNow[because],
    '同一天再有这样的来信，不再另行告知。',
  ];
}

/** The person whom the mail was sent to. */
async function readerOf(ledger: Ledger, mailId: string) {
  const mail = await ledger.mail.findUniqueOrThrow({
    where: { id: mailId },
    select: { person: { select: { id: true, name: true, unreachable: true } } },
  });
  return mail.person;
}

/** Who has registered the address that a mail gives as its sender's. */
async function writerOf(ledger: Ledger, { fromAddress, clockId }: TurnedAway) {
  return ledger.person.findFirst({
    where: { scope: clockId, email: fromAddress.trim().toLowerCase() },
    select: { id: true, name: true, unreachable: true },
  });
}

async function askedBy(ledger: Ledger, mailId: string, receivedAt: IsoInstant) {
  const answered = await readAnsweredMail(ledger, { kind: 'mail', mailId }, receivedAt);
  return { issueIds: askedItems(answered).map(({ issueId }) => issueId), roundIds: askedRounds(answered) };
}

async function roundsHeld(ledger: Ledger, personId: string, clockId: string): Promise<string[]> {
  const held = await ledger.assignment.findMany({
    where: { personId, untilAt: null, round: { clockId, state: 'launched' } },
    select: { roundId: true },
    distinct: ['roundId'],
    orderBy: { roundId: 'asc' },
  });
  return held.map(({ roundId }) => roundId);
}
