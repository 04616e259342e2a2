import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { compose, type MailToCompose } from '../../../activities/mail/compose.ts';
import { mailIdentity } from '../../../activities/mail/keys.ts';
import { at } from '../../../workflows/rules/instants.ts';

const mail: MailToCompose = {
  identity: mailIdentity('secret', 'huitoukan.example', 'p-chen/2024-03-29'),
  kind: 'reminder',
  from: { name: '岭南市城管局巡察整改督办办公室', address: 'duban@huitoukan.example' },
  to: { name: '陈办事员', address: 'chen@unit.example' },
  sentAt: at('2024-03-29', '09:00'),
  subject: '【整改督办】2项待办,1项已逾期 — 岭南市城管局巡察整改(LN-33 等)',
  text: '陈办事员：\n\n您有待办2项。\n',
  html: '<p>陈办事员：</p>',
  lines: [
    { rowKey: 'issue-33/1/evidence-1-1/after-3/handler/2024-03-29', code: 'LN-33' },
    { rowKey: 'issue-3/1/check-in-1/on-day/handler/2024-03-29', code: '岭南-03' },
  ],
};

describe('a composed mail', () => {
  it('has the same bytes every time', async () => {
    expect((await compose(mail)).equals(await compose(mail))).toBe(true);
  });

  it('names its lines in order, one header each, in one piece', async () => {
    const raw = (await compose(mail)).toString();
    expect(raw).toContain('\r\nX-Huitoukan-Line: issue-33/1/evidence-1-1/after-3/handler/2024-03-29 LN-33\r\n');
    expect(raw.match(/^X-Huitoukan-Line:/gm)).toHaveLength(2);
  });

  it('says that no person wrote it, who is answered, and when it is in business time', async () => {
    const { headers, date, replyTo, messageId, subject, text, from } = await PostalMime.parse(await compose(mail));
    const header = (name: string) => headers.find(({ key }) => key === name)?.value;
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(header('x-huitoukan-kind')).toBe('reminder');
    expect(date).toBe('2024-03-29T01:00:00.000Z');
    expect(replyTo?.[0]?.address).toBe(mail.identity.replyAddress);
    expect(messageId).toBe(`<${mail.identity.messageId}>`);
    expect({ subject, text, from: from?.name }).toEqual({
      subject: mail.subject,
      text: mail.text,
      from: mail.from.name,
    });
  });

  it('lets nobody smuggle a header in through a name or a Message-ID', async () => {
    const raw = (
      await compose({
        ...mail,
        to: { name: '陈\r\nBcc: all@unit.example', address: 'chen@unit.example' },
        inReplyTo: 'a@b\r\nX-Evil: 1',
        references: ['a@b\r\nX-Evil: 1'],
      })
    ).toString();
    expect(raw).not.toMatch(/^(Bcc|X-Evil):/m);
  });

  it('has no line longer than RFC 5322 allows', async () => {
    const raw = (await compose({ ...mail, html: `<p>${'整改'.repeat(5_000)}</p>` })).toString();
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});
