import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutgoingMail } from '../../../client/practice/outgoing-mail.ts';

interface Outgoing {
  readonly messageId?: string;
  readonly to?: string;
  readonly kind?: string;
  readonly sentAt?: string;
  readonly lines: readonly string[];
}

/** A mail as our post-office sends it, in the header's words. */
export function outgoingMail({
  messageId = 'abc@mail.test',
  to = 'office-handler@practice.invalid',
  kind = 'reminder',
  sentAt = '2024-03-01T01:00:00.000Z',
  lines,
}: Outgoing): OutgoingMail {
  return {
    messageId,
    to,
    kind,
    sentAt,
    lines: lines.map((line) => {
      const [key = '', code = '-'] = line.split(' ');
      return { key, code };
    }),
  };
}

/** The same as bytes. */
export async function outgoingBytes({
  messageId = 'abc@mail.test',
  to = 'office-handler@practice.invalid',
  kind = 'reminder',
  sentAt = '2024-03-01T01:00:00.000Z',
  lines,
}: Outgoing): Promise<Buffer> {
  const composed = new MailComposer({
    from: { name: '督办办公室', address: 'office@mail.test' },
    to: { name: '办公室经办人', address: to },
    replyTo: 'reply+abcdefghijklmnopqrstuvwxyz@mail.test',
    subject: '【回头看】今天有 2 件事项请办理',
    date: new Date(sentAt),
    messageId: `<${messageId}>`,
    text: '一、GM-01 请认领。\n二、GM-02 请报进展。\n',
    html: '<p>一、GM-01 请认领。</p>',
    headers: [{ key: 'X-Huitoukan-Kind', value: kind }, ...lines.map((value) => ({ key: 'X-Huitoukan-Line', value }))],
  });
  return composed.compile().build();
}
