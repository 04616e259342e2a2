import type { Ledger } from '../../prisma/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import { type Door, incomingIdFor, readAnswerable, sendReply, untilHandled } from './correspondence.ts';
import { stillOwed } from './still-owed.ts';
import { replyBody } from './reply-composing.ts';
import type { PracticeAct } from './acts.ts';

interface Planned {
  readonly answerId: string;
  readonly drillId: string;
  readonly mailId: string;
  readonly act: Extract<PracticeAct, { kind: 'reply' }>;
}

/**
 * Sends a practice person's reply and waits until it has had its effect; says what came of it. A reply that stands in
 * the ledger already is not sent again; what has been settled meanwhile is not answered.
 */
export async function replyInPerson(
  { ledger, door, mailDomain }: { ledger: Ledger; door: Door; mailDomain: string },
  { answerId, drillId, mailId, act }: Planned,
): Promise<string> {
  const messageId = `practice.${answerId.replaceAll('/', '.')}@practice.invalid`;
  const id = incomingIdFor(messageId);
  if (!(await ledger.incomingMail.findUnique({ where: { id }, select: { id: true } }))) {
    const owed = await stillOwed(
      ledger,
      act.items.map(({ duty }) => duty),
    );
    const items = act.items.filter((_, index) => owed[index]);
    if (items.length === 0) return '事项已办结，不再回信';
    const { raw } = await ledger.mail.findUniqueOrThrow({ where: { id: mailId }, select: { raw: true } });
    const original = await readAnswerable(raw, mailDomain);
    const files = items.flatMap(({ attachments }) =>
      attachments.map(({ fileName, text }) => ({ fileName, content: text })),
    );
    const body = replyBody(items, original, act.quoteStyle);
    await sendReply(door, original, { messageId, body, files }, new Date(await businessNow(ledger, drillId)));
  }
  await untilHandled(ledger, messageId);
  return '已回信';
}
