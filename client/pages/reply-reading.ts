import type { Ledger } from '../../prisma/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { officeOf } from '../acting/office-author.ts';
import { askedItems, readAnsweredMail } from '../incoming-mail/answered-mail.ts';
import { type AnswerLine, answerLines } from '../incoming-mail/answer-lines.ts';
import { openMail } from '../incoming-mail/open-mail.ts';
import type { IncomingVerdict } from '../incoming-mail/verdict.ts';
import { personNames } from '../reading/person-names.ts';
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
  readonly clockId: string;
  /** What the office is asked to decide; null where it is not asked, or not any more. */
  readonly toVerify: ToVerify | null;
  /** What it decided, the first first. */
  readonly decisions: readonly DecisionReading[];
}

/** What whoever verifies an answer has to know. */
interface ToVerify {
  /** Whose words they would count as; null when the office has to say. */
  readonly person: string | null;
  /** The codes that the answered mail asked about. */
  readonly codes: readonly string[];
  /** Who may decide. */
  readonly office: readonly { readonly id: string; readonly name: string }[];
  readonly isSetAside: 'yes' | 'no';
}

interface DecisionReading {
  readonly act: 'accepted' | 'setAside';
  readonly person: string | null;
  readonly reason: string;
  readonly by: string;
  readonly at: IsoInstant;
}

/** @throws RefusedError `NoSuchMail` */
export async function readReplySource(ledger: Ledger, incomingId: string): Promise<ReplySource> {
  const row = await ledger.incomingMail.findUnique({
    where: { id: incomingId },
    include: {
      mail: { select: { messageId: true, subject: true, person: { select: { id: true, name: true } } } },
      decisions: { orderBy: { number: 'asc' } },
    },
  });
  if (row === null) throw new RefusedError('NoSuchMail', '没有这封来信。');
  const opened = await openMail(row.raw).catch(() => undefined); // what cannot be read says so in its outcome
  const text = opened?.text.trimEnd() ?? '';
  const unmarked = () => text.split('\n').map((line) => ({ text: line, part: 'unmarked' as const }));
  return {
    ...replyReading(row),
    subject: row.subject,
    from: row.fromAddress,
    answers: row.mail && { messageId: row.mail.messageId, subject: row.mail.subject },
    lines: answerLines(text) ?? unmarked(),
    files: (opened?.files ?? []).map(({ fileName, sizeBytes, purpose }) => ({ fileName, sizeBytes, purpose })),
    clockId: row.clockId ?? 'real',
    toVerify: await toVerify(ledger, row),
    decisions: await readDecisions(ledger, row),
  };
}

type Row = Prisma.IncomingMailGetPayload<{
  include: { mail: { select: { person: { select: { id: true; name: true } } } }; decisions: true };
}>;

async function toVerify(ledger: Ledger, { verdict, clockId, mailId, mail, receivedAt, decisions }: Row) {
  if ((verdict as unknown as IncomingVerdict | null)?.kind !== 'unverified') return null;
  const scope = clockId ?? 'real';
  const answerable = mailId === null ? undefined : ({ kind: 'mail', mailId } as const);
  const asked = answerable && (await readAnsweredMail(ledger, answerable, receivedAt.toISOString()));
  const office = await officeOf(ledger, scope, await businessNow(ledger, scope));
  return {
    person: mail?.person.name ?? null,
    codes: asked === undefined ? [] : [...askedItems(asked), ...asked.duties].map(({ code }) => code),
    office: office.filter(({ id }) => id !== mail?.person.id),
    isSetAside: decisions.length > 0 ? ('yes' as const) : ('no' as const),
  };
}

async function readDecisions(ledger: Ledger, { decisions }: Row): Promise<DecisionReading[]> {
  const nameOf = await personNames(
    ledger,
    decisions.flatMap(({ decidedBy, personId }) => [decidedBy, personId]),
  );
  return decisions.map(({ act, personId, reason, decidedBy, decidedAt }) => ({
    ...{ act, reason, at: decidedAt.toISOString() },
    person: nameOf(personId),
    by: nameOf(decidedBy) ?? decidedBy,
  }));
}
