import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { type TestDatabase, testDatabase } from '../../support/servers.ts';
import { opened } from './browser.ts';
import { bureauInMarch, pagesOver } from './told-world.ts';

let database: TestDatabase;
let ledger: Ledger;
const styled = 'styled@mail.test';
const answer = '<answer@handler.example>';
const acknowledgement = 'acknowledgement@mail.test';
const answerId = 'a'.repeat(64);

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  await bureauInMarch(ledger);
  const { id, ...mail } = await ledger.mail.findFirstOrThrow({ orderBy: { preparedAt: 'desc' } });
  const sent = (messageId: string, ...header: string[]) => ({
    ...mail,
    ...{ id: `${id}-${messageId}`, key: messageId, messageId, tokenHash: messageId, digestOn: null, toldBecause: {} },
    subject: messageId === styled ? '2项待办' : '已收到',
    raw: Buffer.from(
      [
        'From: <duban@mail.test>\nTo: <h@example.cn>\nSubject: a\nContent-Type: text/html; charset=utf-8',
        ...header,
        '',
        '<html><head><style>p { color: red }</style></head><body><p>事项</p></body></html>',
      ].join('\n'),
    ),
  });
  const first = await ledger.mail.create({ data: sent(styled) });
  await ledger.mail.create({ data: sent(acknowledgement, `References: <${styled}> ${answer}`) });
  await ledger.incomingMail.create({
    data: {
      ...{ id: answerId, messageId: answer, envelopeTo: 'reply+x@mail.test', mailId: first.id, state: 'handled' },
      ...{ subject: '回复：2项待办', fromAddress: 'h@example.cn', text: '已完成' },
      receivedAt: first.preparedAt,
      raw: Buffer.from(
        'From: <h@example.cn>\nSubject: a\n\n已完成\n\n在 2024年3月1日，督办 <a@b.cn> 写道：\n> 2项<待办>\n',
      ),
    },
  });
});
afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

test('a mail is shown as a strict mailbox does, without its style sheet, and as it stands', async () => {
  const { app } = pagesOver(ledger);
  const path = `/mailbox/${encodeURIComponent(styled)}`;
  expect((await opened(app, `${path}?view=phone`)).text).toContain('/body?reader=strict"');
  expect(await (await app.request(`${path}/body`)).text()).toContain('<style');
  const strict = await app.request(`${path}/body?reader=strict`);
  expect(await strict.text()).not.toContain('<style');
  expect(strict.headers.get('content-security-policy')).toMatch(/^sandbox (?!.*allow-scripts)/);
  expect((await opened(app, `${path}?view=source`)).text).toContain('Content-Type: text/html');
  const file = await app.request(`${path}/source.eml`);
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="mail.eml"');
  const { raw } = await ledger.mail.findUniqueOrThrow({ where: { messageId: styled } });
  expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(raw))).toBe(true);
});

test('an answer is shown whole, with what was not taken for the person’s own words struck through', async () => {
  const { app } = pagesOver(ledger);
  const { text } = await opened(app, `/mailbox/replies/${answerId}`);
  expect(text).toContain('<p class="mail-line">已完成</p>');
  expect(text).toContain('<del>在 2024年3月1日，督办 &lt;a@b.cn&gt; 写道：</del>');
  expect(text).toContain('<del>&gt; 2项&lt;待办&gt;</del>');
  expect(text).toContain(`href="/mailbox/${encodeURIComponent(styled)}"`);
  const answered = await opened(app, `/mailbox/${encodeURIComponent(styled)}`);
  expect(answered.text).toContain(`href="/mailbox/replies/${answerId}"`);
  expect((await app.request('/mailbox/replies/none')).status).toBe(404);
});

test('an acknowledgement leads back to what it follows, the first of it first', async () => {
  const { app } = pagesOver(ledger);
  const { text } = await opened(app, `/mailbox/${encodeURIComponent(acknowledgement)}`);
  expect(text).toMatch(/此前的往来[^]*href="\/mailbox\/styled%40mail\.test"[^]*href="\/mailbox\/replies\/a{64}"/);
});
