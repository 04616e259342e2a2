import { randomUUID } from 'node:crypto';
import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import { RefusedError } from '../refused-error.ts';
import { type Door, readAnswerable, sendReply, untilHandled } from './correspondence.ts';
import type { PracticeAct, QuoteStyle } from './acts.ts';
import { decide, type Doors } from './deciding.ts';
import type { Staffing } from './habits.ts';
import type { OutgoingMail } from './outgoing-mail.ts';
import { actOfOwnAccord, isOwnAct } from './own-acts.ts';
import { readStaffing } from './read-staffing.ts';
import { replyBody } from './reply-composing.ts';
import { replyInPerson } from './replying.ts';
import { practiceActs } from './staff.ts';

interface PracticeDependencies extends Doors {
  readonly ledger: Ledger;
  /** The inbound SMTP door. */
  readonly door: Door;
  /** Answers go to addresses of this domain and to no other. */
  readonly mailDomain: string;
}

/** A reply that a human writes on the page of the practice mailbox. */
interface HumanReply {
  readonly mailMessageId: string;
  readonly text: string;
  /** How the mail program that it is written with puts the original below it. */
  readonly style: QuoteStyle;
  readonly files: readonly { readonly fileName: string; readonly content: Buffer }[];
}

/** The people of the drills (演练人员): what their mails make them do, and the doing of it. */
export interface Practice {
  /** Plans what the reader of a drill's mail will do. Returns when it stands in the ledger; a second call finds it there. */
  accepted(mail: OutgoingMail): Promise<void>;
  /**
   * Does what was planned and notes what came of it. What has been done already, wholly or in part before a crash, is
   * not done again; a refusal is an outcome.
   *
   * @throws Error when an answer is not handled within a minute
   */
  perform(answerId: string): Promise<void>;
  /**
   * Answers a mail as the person it went to, and returns when the answer has had its effect.
   *
   * @throws RefusedError `NoSuchMail`
   */
  replyAs(reply: HumanReply): Promise<{ readonly messageId: string }>;
}

export function createPractice(dependencies: PracticeDependencies): Practice {
  const { ledger, door, mailDomain } = dependencies;
  const staffings = new Map<string, Promise<Staffing | undefined>>();
  const staffingOf = (clockId: string) => {
    const known = staffings.get(clockId) ?? readStaffing(ledger, clockId);
    staffings.set(clockId, known);
    known.then(
      (staffing) => staffing === undefined && staffings.delete(clockId),
      () => staffings.delete(clockId),
    );
    return known;
  };

  return {
    async accepted(mail) {
      const row = await ledger.mail.findUnique({
        where: { messageId: mail.messageId },
        select: { id: true, clockId: true, personId: true },
      });
      if (!row || row.clockId === 'real') return;
      const staffing = await staffingOf(row.clockId);
      const acts = staffing === undefined ? [] : practiceActs(mail, staffing);
      if (acts.length === 0) return;
      await ledger.practiceAnswer.createMany({
        data: acts.map((act, index) => ({
          id: `${row.id}/${String(index + 1)}`,
          drillId: row.clockId,
          mailId: row.id,
          personId: row.personId,
          answerAt: act.answerAt,
          act: act as unknown as Prisma.InputJsonObject,
        })),
        skipDuplicates: true,
      });
    },

    async perform(answerId) {
      const answer = await ledger.practiceAnswer.findUniqueOrThrow({ where: { id: answerId } });
      if (answer.doneAt !== null) return;
      const { drillId, mailId, personId } = answer;
      const act = answer.act as unknown as PracticeAct;
      const outcome = await performed(dependencies, { answerId, drillId, mailId, personId, act });
      await ledger.practiceAnswer.updateMany({
        where: { id: answerId, doneAt: null },
        data: { doneAt: await businessNow(ledger, drillId), outcome },
      });
    },

    async replyAs({ mailMessageId, text, style, files }) {
      const mail = await ledger.mail.findUnique({
        where: { messageId: mailMessageId },
        select: { raw: true, clockId: true },
      });
      if (!mail) throw new RefusedError('NoSuchMail', '没有这封邮件');
      const original = await readAnswerable(mail.raw, mailDomain);
      const messageId = `human.${randomUUID()}@practice.invalid`;
      const reply = { messageId, body: replyBody([{ text }], original, style), files };
      await sendReply(door, original, reply, new Date(await businessNow(ledger, mail.clockId)));
      await untilHandled(ledger, messageId);
      return { messageId };
    },
  };
}

interface PlannedAct {
  readonly answerId: string;
  readonly drillId: string;
  readonly mailId: string;
  readonly personId: string;
  readonly act: PracticeAct;
}

async function performed(dependencies: PracticeDependencies, planned: PlannedAct): Promise<string> {
  const { answerId, personId: by, act } = planned;
  if (act.kind === 'reply') return replyInPerson(dependencies, { ...planned, act });
  if (isOwnAct(act)) return actOfOwnAccord(dependencies, { requestId: answerId, by, act });
  return decide(dependencies, { requestId: answerId, by, act });
}
