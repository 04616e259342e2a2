import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import { planLetter, replySubject, type RowsPlanned } from './plan-letter.ts';
import { type AcknowledgedItem, acknowledgementText, codeOnlyText } from './acknowledgement-letter.ts';
import { type AnsweredMail, askedItems, readAnsweredMail } from './answered-mail.ts';
import { bouncedRecipients } from './bounce/bounce.ts';
import { type Acceptance, readAcceptance } from './decide-answer.ts';
import type { OpenedMail } from './open-mail.ts';
import { sortMail } from './read-mail.ts';
import { visibleAnswer } from './reply-text.ts';
import { type ReportableDuties, settleDuty } from './settle-duty.ts';
import { settleItem } from './settle-item.ts';
import { sendBack } from './send-back.ts';
import { senderOf } from './sender.ts';
import type { AnswerableIssues } from './settling.ts';
import { turnAway } from './turn-away.ts';
import { type Understanding, understood } from './understanding.ts';
import { worthyFiles } from './worthy-files.ts';
import type { DutyVerdict, IncomingVerdict, ItemVerdict } from './verdict.ts';

export interface MailHandling {
  readonly ledger: Ledger;
  readonly issues: AnswerableIssues;
  /** An answer about a duty of the round is kept and tried again until there is somebody to tell of it. */
  readonly roundDuties: ReportableDuties;
  readonly evidenceStore: EvidenceStore;
  readonly rowsPlanned: RowsPlanned;
  /** The mail server whose Authentication-Results must vouch for a sender; undefined where that is not demanded. */
  readonly authservId?: string | undefined;
}

/**
 * Understands a stored mail and does what it asks. A second run, also of one that broke off in the middle, ends the
 * same: what was done is found again by ids that follow from the mail's.
 */
export async function handleMail(handling: MailHandling, incomingId: string): Promise<void> {
  const { ledger } = handling;
  const incoming = await ledger.incomingMail.findUniqueOrThrow({ where: { id: incomingId } });
  if (incoming.state === 'handled') return;
  const receivedAt = incoming.receivedAt.toISOString();
  const clockId = incoming.clockId ?? 'real';
  const sorted = await sortMail(incoming.raw);
  const header = sorted.kind === 'unreadable' ? sorted.header : sorted.mail;
  if (header === undefined)
    return finish(ledger, incoming, { verdict: { kind: 'unreadable', because: sorted.because ?? '' } });
  const { fromAddress, subject } = header;
  const sender = await senderOf(ledger, {
    envelopeTo: incoming.envelopeTo,
    from: header.sender,
    authenticationResults: header.authenticationResults,
    receivedAt,
    authservId: clockId === 'real' ? handling.authservId : undefined, // nobody vouches for practice staff
  });
  const { mailId } = sender;
  const turned = { incomingId, clockId, receivedAt, fromAddress, mailId };
  if (sorted.kind === 'unreadable') {
    const { because, writtenBy } = sorted;
    if (writtenBy === 'person') await turnAway(handling, { ...turned, because: 'unreadable' });
    return finish(ledger, incoming, { fromAddress, subject, mailId, verdict: { kind: 'unreadable', because } });
  }
  const { mail, because = '' } = sorted;
  const text = visibleAnswer(mail.text);
  const seen = { fromAddress, subject, text, mailId };
  if (sorted.kind === 'bounce') {
    const bounce = bouncedRecipients(mail);
    const effect = mailId === null ? 'noted' : await sendBack(handling, { mailId, bounce });
    const verdict = { kind: 'bounce', because, bounce, effect } as const;
    return finish(ledger, incoming, { ...seen, verdict });
  }
  if (sorted.kind === 'automatic') {
    return finish(ledger, incoming, { ...seen, verdict: { kind: 'automatic', because } });
  }
  const accepted = await readAcceptance(ledger, { incomingId, mailId, clockId });
  if (sender.kind === 'unverified' && accepted === undefined) {
    await turnAway(handling, { ...turned, because: sender.because });
    return finish(ledger, incoming, { ...seen, verdict: { kind: 'unverified', because: sender.because } });
  }
  const answerable = accepted?.answerable ?? { kind: 'mail' as const, mailId: sender.mailId! };
  const answered = await readAnsweredMail(ledger, answerable, receivedAt);
  const verdict = await answer(handling, { incomingId, receivedAt, mail, text, answered, accepted });
  await finish(ledger, incoming, { ...seen, personId: answered.personId, verdict });
}

interface Answering {
  readonly incomingId: string;
  readonly receivedAt: string;
  readonly mail: OpenedMail;
  readonly text: string;
  readonly answered: AnsweredMail;
  readonly accepted: Acceptance | undefined;
}

/** Does what the answer says, item by item, and plans the acknowledgement. */
async function answer(handling: MailHandling, answering: Answering): Promise<IncomingVerdict> {
  const { ledger, rowsPlanned } = handling;
  const { incomingId, receivedAt, mail, text, answered, accepted } = answering;
  const { personId, personName, clockId } = answered;
  const { worthy, refusals } = worthyFiles(mail.files.filter(({ purpose }) => purpose === 'enclosed'));
  const understanding = understood(text, worthy, answered);
  const vouched = accepted !== undefined && { recordedBy: accepted.by };
  const settling = { ...handling, incomingId, personId, ...vouched, receivedAt, clockId };
  const items: (AcknowledgedItem & ItemVerdict)[] = [];
  for (const words of understanding.items) items.push(await settleItem(settling, words));
  const duties: (AcknowledgedItem & DutyVerdict)[] = [];
  for (const words of understanding.duties) duties.push(await settleDuty(settling, words));
  const asked = askedItems(answered);
  const problems = problemsOf(understanding, asked.length + answered.duties.length);
  const acknowledgement = {
    personName,
    receivedAt,
    ...(accepted !== undefined && { vouched: { by: accepted.byName, from: mail.fromAddress } }),
    items: [...items, ...duties],
    refusals,
    problems,
    exampleCodes: [...asked, ...answered.duties].map(({ code }) => code),
  };
  await planLetter(ledger, rowsPlanned, {
    key: `ack/${incomingId}`,
    clockId,
    personId,
    issueIds: (asked.length > 0 ? asked : items).map(({ issueId }) => issueId),
    subject: replySubject(mail.subject),
    text: acknowledgementText(acknowledgement),
    codeOnly: codeOnlyText(acknowledgement),
    thread: mail,
    because: { rule: 'acknowledgement' },
  });
  return {
    kind: 'reply',
    items: items.map((item) => ({ issueId: item.issueId, ...verdictOf(item) })),
    ...(duties.length > 0 && {
      duties: duties.map((duty) => ({
        roundId: duty.roundId,
        obligationId: duty.obligationId,
        ...verdictOf(duty),
      })),
    }),
    problems: [...refusals, ...problems],
  };
}

function verdictOf({ code, understood, questions, refused }: AcknowledgedItem): Omit<ItemVerdict, 'issueId'> {
  return { code, understood: [...understood, ...questions], ...(refused !== undefined && { refused }) };
}

/** What could not be placed, as sentences for the person and the office; the words themselves are kept with the mail. */
function problemsOf(
  { items, duties, unplacedText, unplacedFiles, unknownCodes }: Understanding,
  asked: number,
): string[] {
  const problems: string[] = [];
  if (unknownCodes.length > 0)
    problems.push(`编号${[...new Set(unknownCodes)].join('、')}不在您经办的事项中，请核对。`);
  else if (unplacedText !== '')
    problems.push(`来信未写编号，您有${String(asked)}项待办，无法判断所指，内容已存档：“${shortened(unplacedText)}”`);
  if (unplacedFiles.length > 0) {
    const names = unplacedFiles.map(({ fileName }) => `“${fileName}”`).join('、');
    problems.push(`附件${names}未写明编号，无法判断属于哪一项，已随来信存档，尚未计入。`);
  }
  if (items.length + duties.length === 0 && problems.length === 0) problems.push('来信中没有读到答复内容。');
  return problems;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 60 ? line : `${line.slice(0, 60)}……`;
}

interface Handled {
  readonly fromAddress?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly mailId?: string | null;
  readonly personId?: string;
  readonly verdict: IncomingVerdict;
}

/** Writes down what became of the mail, unless another run has done so. */
async function finish(
  ledger: Ledger,
  { id, clockId }: { id: string; clockId: string | null },
  { verdict, ...found }: Handled,
): Promise<void> {
  const handledAt = await businessNow(ledger, clockId ?? 'real');
  await ledger.incomingMail.updateMany({
    where: { id, state: 'stored' },
    data: { ...found, verdict: verdict as unknown as Prisma.InputJsonValue, state: 'handled', handledAt },
  });
}
