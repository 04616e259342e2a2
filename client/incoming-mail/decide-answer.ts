import type { Ledger, LedgerTransaction } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { officeAuthor } from '../acting/office-author.ts';
import { findIssueId, findPersonId } from '../reading/find.ts';
import { heldAt } from '../reading/role-holders.ts';
import { RefusedError } from '../refused-error.ts';
import { type Answerable, askedRounds, readAnsweredMail } from './answered-mail.ts';
import type { IncomingVerdict } from './verdict.ts';

/** What the office decides about an answer whose writer is not certain (来信核实). */
export interface DecisionOrder {
  /** The incoming mail's id, or the beginning of it. */
  readonly ref: string;
  /** `accepted`: these are the person's words; `setAside`: they are nobody's who owes anything. */
  readonly act: 'accepted' | 'setAside';
  /** Whose words they are; the reader of the mail that is answered when left out. */
  readonly person?: string | undefined;
  /** Codes or ids of what they are about, where they answer no mail of ours to that person. */
  readonly issues?: readonly string[] | undefined;
  readonly reason: string;
  /** Of the office. */
  readonly by: string;
}

export interface Decided {
  readonly incomingMailId: string;
  readonly act: DecisionOrder['act'];
  /** Whose words it counts as; null when it was set aside. */
  readonly person: string | null;
}

/**
 * Writes the decision down. What is accepted is handled anew as that person's words, entered for him by whoever decided
 * (代录): both names stay, and who decided may not judge it. What was set aside can still be accepted; an acceptance
 * stands, and what it counted is corrected like any other entry.
 *
 * @throws RefusedError `UnknownAnswer`, `AnswerCounts`, `AlreadyAccepted`, `AlreadySetAside`, `PersonMissing`,
 * `IssueMissing`, `OwnAnswer`, `NotOffice`, and whatever the finding of people and issues refuses
 */
export async function decideAnswer(ledger: Ledger, order: DecisionOrder): Promise<Decided> {
  const { id: incomingMailId } = await findIncoming(ledger, order.ref);
  return ledger.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM "IncomingMail" WHERE id = ${incomingMailId} FOR UPDATE`;
    const mail = await tx.incomingMail.findUniqueOrThrow({
      where: { id: incomingMailId },
      include: { decisions: { orderBy: { number: 'desc' }, take: 1 } },
    });
    const [before] = mail.decisions;
    if (before?.act === 'accepted') throw new RefusedError('AlreadyAccepted', '这封来信已经采纳，不能再改');
    if (before !== undefined && order.act === 'setAside')
      throw new RefusedError('AlreadySetAside', '这封来信已经定为不予采纳');
    if ((mail.verdict as unknown as IncomingVerdict | null)?.kind !== 'unverified')
      throw new RefusedError('AnswerCounts', '这封来信不需要核实');
    const clockId = mail.clockId ?? 'real';
    const { author, at } = await officeAuthor(tx, { scope: clockId, act: '核实来信', by: order.by });
    if (author === null) throw new RefusedError('NotOffice', '请写明由督办办公室的谁核实');
    const whose = order.act === 'accepted' ? await acceptedAs(tx, mail, order, { clockId, author, at }) : null;
    await tx.answerDecision.create({
      data: {
        ...{ incomingMailId, act: order.act, reason: order.reason, decidedBy: author, decidedAt: at },
        ...(whose && { personId: whose.personId, issueIds: whose.issueIds }),
      },
    });
    if (whose !== null) {
      await tx.incomingMail.update({
        where: { id: incomingMailId },
        data: { state: 'stored', handledAt: null, verdict: Prisma.DbNull },
      });
    }
    return { incomingMailId, act: order.act, person: whose?.personName ?? null };
  });
}

/** Whose words the mail is accepted as, about which issues; none are named where it is the mail's own reader. */
async function acceptedAs(
  tx: LedgerTransaction,
  { mailId, receivedAt }: { mailId: string | null; receivedAt: Date },
  { person, issues = [] }: DecisionOrder,
  { clockId, author, at }: { clockId: string; author: string; at: Date },
) {
  const reader = mailId === null ? null : await tx.mail.findUniqueOrThrow({ where: { id: mailId } });
  if (person === undefined && reader === null)
    throw new RefusedError('PersonMissing', '这封来信没有回复哪一封督办邮件，请写明是谁的答复（--person）');
  const personId = person === undefined ? reader!.personId : await findPersonId(tx, person, clockId);
  if (personId === author) throw new RefusedError('OwnAnswer', '不能核实自己的来信，请督办办公室的其他人核实');
  const isReader = mailId !== null && personId === reader?.personId;
  const issueIds = isReader ? [] : await Promise.all(issues.map((code) => findIssueId(tx, code)));
  if (!isReader && issueIds.length === 0)
    throw new RefusedError('IssueMissing', '请写明说的是哪些问题（--issue，可写几个）');
  const answerable: Answerable = isReader ? { kind: 'mail', mailId } : { kind: 'named', personId, clockId, issueIds };
  const answered = await readAnsweredMail(tx, answerable, receivedAt.toISOString());
  await requireOffice(tx, askedRounds(answered), author, at);
  return { personId, personName: answered.personName, issueIds };
}

/** @param roundIds each once */
async function requireOffice(tx: LedgerTransaction, roundIds: readonly string[], personId: string, at: Date) {
  const held = await tx.assignment.findMany({
    where: { personId, role: 'office', roundId: { in: [...roundIds] }, ...heldAt(at.toISOString()) },
    select: { roundId: true },
    distinct: ['roundId'],
  });
  if (held.length < roundIds.length) throw new RefusedError('NotOffice', '只有来信所涉轮次的督办办公室可以采纳');
}

/**
 * The incoming mail that people mean by its id or the beginning of it.
 *
 * @throws RefusedError `UnknownAnswer`
 */
async function findIncoming(ledger: Ledger, ref: string) {
  const found = await ledger.incomingMail.findMany({
    where: { id: { startsWith: ref.trim().toLowerCase() } },
    select: { id: true },
    take: 2,
  });
  const [mail] = found;
  if (mail === undefined || found.length > 1 || ref.trim().length < 4)
    throw new RefusedError('UnknownAnswer', `没有编号为“${ref}”的来信，见 mails unverified`);
  return mail;
}

/** What the office accepted a mail as, and who vouches for it; undefined while nobody has accepted it. */
export interface Acceptance {
  readonly answerable: Answerable;
  readonly by: string;
  readonly byName: string;
}

/** Reads it as it holds: a mail's last decision. */
export async function readAcceptance(
  ledger: Ledger,
  { incomingId, mailId, clockId }: { incomingId: string; mailId: string | null; clockId: string },
): Promise<Acceptance | undefined> {
  const decision = await ledger.answerDecision.findFirst({
    where: { incomingMailId: incomingId },
    orderBy: { number: 'desc' },
  });
  if (decision?.act !== 'accepted' || decision.personId === null) return undefined;
  const { personId, issueIds, decidedBy } = decision;
  const { name } = await ledger.person.findUniqueOrThrow({ where: { id: decidedBy }, select: { name: true } });
  const answerable: Answerable =
    issueIds.length === 0 && mailId !== null
      ? { kind: 'mail', mailId }
      : { kind: 'named', personId, clockId, issueIds };
  return { answerable, by: decidedBy, byName: name };
}
