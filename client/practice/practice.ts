import { randomUUID } from 'node:crypto';
import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { businessNow } from '../../prisma/business-time.ts';

import { RefusedError } from '../refused-error.ts';
import { type Door, readAnswerable, sendReply, untilHandled } from './correspondence.ts';
import { decide, type Deciding } from './deciding.ts';
import type { StaffKind, Staffing } from './habits.ts';
import type { OutgoingMail } from './outgoing-mail.ts';
import { replyBody } from './reply-composing.ts';
import { replyInPerson } from './replying.ts';
import { type PracticeAct, practiceActs } from './staff.ts';

interface PracticeDependencies {
  readonly ledger: Ledger;
  readonly issues: Deciding;
  /** The inbound SMTP door. */
  readonly door: Door;
  /** Answers go to addresses of this domain and to no other. */
  readonly mailDomain: string;
}

/** A reply that a human writes on the page of the practice mailbox. */
interface HumanReply {
  readonly mailMessageId: string;
  readonly text: string;
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

export function createPractice({ ledger, issues, door, mailDomain }: PracticeDependencies): Practice {
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
      const outcome =
        act.kind === 'reply'
          ? await replyInPerson({ ledger, door, mailDomain }, { answerId, drillId, mailId, act })
          : await decide({ ledger, issues }, { requestId: answerId, by: personId, act });
      await ledger.practiceAnswer.updateMany({
        where: { id: answerId, doneAt: null },
        data: { doneAt: await businessNow(ledger, drillId), outcome },
      });
    },

    async replyAs({ mailMessageId, text, files }) {
      const mail = await ledger.mail.findUnique({
        where: { messageId: mailMessageId },
        select: { raw: true, clockId: true },
      });
      if (!mail) throw new RefusedError('NoSuchMail', '没有这封邮件');
      const original = await readAnswerable(mail.raw, mailDomain);
      const messageId = `human.${randomUUID()}@practice.invalid`;
      const reply = { messageId, body: replyBody([{ text }], original, 'foxmail'), files };
      await sendReply(door, original, reply, new Date(await businessNow(ledger, mail.clockId)));
      await untilHandled(ledger, messageId);
      return { messageId };
    },
  };
}

const staffKinds: readonly string[] = ['diligent', 'mixed', 'silent'] satisfies StaffKind[];

/** The seed and the habits of a drill's people; undefined where humans play them. */
async function readStaffing(ledger: Ledger, drillId: string): Promise<Staffing | undefined> {
  const drill = await ledger.drill.findUnique({
    where: { id: drillId },
    select: { seed: true, staff: true, roundId: true },
  });
  if (!drill || !staffKinds.includes(drill.staff)) return undefined;
  // Issues that are kept up for long have no look-back that could fail.
  const first = await ledger.issue.findFirst({
    where: { roundId: drill.roundId, kind: { not: 'longTerm' } },
    orderBy: { number: 'asc' },
    select: { code: true },
  });
  return { seed: drill.seed, staff: drill.staff as StaffKind, ...(first && { reboundCode: first.code }) };
}
