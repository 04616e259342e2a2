import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { compose } from '../../../activities/mail/compose.ts';
import { mailToCompose as mail } from './mail-to-compose.ts';

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
    expect(header('x-auto-response-suppress')).toBe('OOF, AutoReply');
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

  it.each([
    ['the acknowledgement of a mail', { kind: 'acknowledgement', inReplyTo: 'a@qq.example' }, 'auto-replied'],
    ['an acknowledgement of what has no Message-ID', { kind: 'acknowledgement' }, 'auto-generated'],
    ['a decision', { kind: 'answer' }, 'auto-generated'],
  ] as const)('calls %s what RFC 3834 calls it', async (_, changes, value) => {
    const { headers } = await PostalMime.parse(await compose({ ...mail, ...changes }));
    expect(headers.find(({ key }) => key === 'auto-submitted')?.value).toBe(value);
  });

  it('is no mailing list’s and no bulk mail: it tells one person what he owes', async () => {
    const { headers } = await PostalMime.parse(await compose(mail));
    expect(headers.filter(({ key }) => key.startsWith('list-') || key === 'precedence')).toEqual([]);
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
