import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readAccepted } from '../../../client/practice/accepted-file.ts';
import { acceptedPath, mailPath, startPracticeMailbox } from '../../../client/practice/mailbox.ts';
import { readPracticeMail } from '../../../client/practice/mailbox-reading.ts';
import type { OutgoingMail } from '../../../client/practice/outgoing-mail.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { outgoingBytes } from './outgoing.ts';

const to = 'office-handler@practice.invalid';

async function mailboxIn(folder: string, onAccepted: (mail: OutgoingMail) => Promise<void> = () => Promise.resolve()) {
  const mailbox = await startPracticeMailbox({ port: 0, folder, onAccepted });
  const transport = createTransport({
    host: '127.0.0.1',
    port: mailbox.port,
    ignoreTLS: true,
    pool: true,
    maxConnections: 8,
    maxMessages: Infinity,
  });
  onTestFinished(async () => {
    transport.close();
    await mailbox.close();
  });
  const send = (raw: Buffer, recipients: string[] = [to]) =>
    transport.sendMail({ raw, envelope: { from: 'office@mail.test', to: recipients } });
  return { mailbox, send };
}

describe('the practice mailbox', () => {
  it('stores the bytes, tells who read them, and keeps a line of what was accepted', async () => {
    const folder = temporaryFolder();
    const heard: OutgoingMail[] = [];
    const { send } = await mailboxIn(folder, (mail) => Promise.resolve(void heard.push(mail)));
    const raw = await outgoingBytes({ lines: ['i1/1/check-in-1/on-day/handler/2024-03-01 GM-01'] });

    await send(raw);

    expect(readFileSync(mailPath(folder, 'abc@mail.test')).toString().trimEnd()).toBe(raw.toString().trimEnd());
    expect(heard).toMatchObject([{ messageId: 'abc@mail.test', to, lines: [{ code: 'GM-01' }] }]);
    expect(await readAccepted(acceptedPath(folder))).toEqual([
      {
        messageId: 'abc@mail.test',
        kind: 'reminder',
        to,
        lines: ['i1/1/check-in-1/on-day/handler/2024-03-01'],
        date: '2024-03-01T01:00:00.000Z',
        acceptedAt: expect.stringMatching(/Z$/) as string,
      },
    ]);
  });

  it('writes two lines for a mail that comes twice, also from before it was closed', async () => {
    const folder = temporaryFolder();
    const raw = await outgoingBytes({ lines: [] });
    const first = await mailboxIn(folder);
    await first.send(raw);
    await first.mailbox.close();
    await (await mailboxIn(folder)).send(raw);

    const ids = (await readAccepted(acceptedPath(folder))).map(({ messageId }) => messageId);
    expect(ids).toEqual(['abc@mail.test', 'abc@mail.test']);
  });

  it('does not accept a mail whose answers cannot be planned, and has no line of it', async () => {
    const folder = temporaryFolder();
    const { send } = await mailboxIn(folder, () => Promise.reject(new Error('the ledger is away')));

    await expect(send(await outgoingBytes({ lines: [] }))).rejects.toMatchObject({ responseCode: 451 });

    expect(await readAccepted(acceptedPath(folder))).toEqual([]);
  });

  it('cuts off half a line that a crash left behind, and keeps those before it', async () => {
    const folder = temporaryFolder();
    const first = await mailboxIn(folder);
    await first.send(await outgoingBytes({ messageId: 'one@mail.test', lines: [] }));
    await first.mailbox.close();
    appendFileSync(acceptedPath(folder), '{"messageId":"half@mail.te');
    await (await mailboxIn(folder)).send(await outgoingBytes({ messageId: 'two@mail.test', lines: [] }));

    const ids = (await readAccepted(acceptedPath(folder))).map(({ messageId }) => messageId);
    expect(ids).toEqual(['one@mail.test', 'two@mail.test']);
  });

  it('gives one line to each recipient', async () => {
    const folder = temporaryFolder();
    const { send } = await mailboxIn(folder);
    await send(await outgoingBytes({ lines: [] }), [to, 'leader-a@practice.invalid']);
    expect((await readAccepted(acceptedPath(folder))).map((mail) => mail.to)).toEqual([
      to,
      'leader-a@practice.invalid',
    ]);
  });

  it('takes hundreds of mails over many connections and loses none', async () => {
    const folder = temporaryFolder();
    const { send } = await mailboxIn(folder);
    const mails = await Promise.all(
      Array.from({ length: 400 }, (_, index) => outgoingBytes({ messageId: `m${String(index)}@mail.test`, lines: [] })),
    );
    await Promise.all(mails.map((raw) => send(raw)));
    const accepted = await readAccepted(acceptedPath(folder));
    expect(new Set(accepted.map(({ messageId }) => messageId)).size).toBe(400);
    expect(accepted).toHaveLength(400);
  });

  it('shows a mail as its reader sees it, and says when it has none', async () => {
    const folder = temporaryFolder();
    const { send } = await mailboxIn(folder);
    await send(await outgoingBytes({ lines: ['i1/1/check-in-1/on-day/handler/2024-03-01 GM-01'] }));

    expect(await readPracticeMail(folder, 'abc@mail.test')).toMatchObject({
      from: '督办办公室 <office@mail.test>',
      to: `办公室经办人 <${to}>`,
      subject: '【回头看】今天有 2 件事项请办理',
      sentAt: '2024-03-01T01:00:00.000Z',
      text: expect.stringContaining('GM-02 请报进展') as string,
      html: expect.stringContaining('<p>') as string,
      attachments: [],
    });
    await expect(readPracticeMail(join(folder), 'none@mail.test')).rejects.toMatchObject({ code: 'NoSuchMail' });
  });
});
