import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { serve } from '@hono/node-server';
import { expect, onTestFinished, test } from 'vitest';
import type { ImportedMail } from '../../../client/incoming-mail/import-mail.ts';
import { createServer } from '../../../client/server.ts';
import { cast } from '../../support/cast.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { addressOf, mailDomain, MailWorld } from '../incoming-mail/mail-world.ts';

const program = resolve(import.meta.dirname, '../../../bin/huitoukan');

async function instance() {
  const world = await MailWorld.create();
  const none = undefined as never; // what no import asks for
  const { ledger, inbox } = world;
  const app = createServer({
    ...{ ledger, inbox, mailDomain, token: 'the token', log: () => undefined },
    ...{ temporal: none, issues: none, rounds: none, drills: none, verify: none },
  });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  onTestFinished(async () => {
    await new Promise((done) => server.close(done));
    await world.close();
  });
  const env = {
    HUITOUKAN_URL: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    HUITOUKAN_TOKEN: 'the token',
  };
  const run = (...args: string[]) =>
    new Promise<{ status: number; stdout: string; stderr: string }>((done) => {
      const child = execFile(process.execPath, [program, ...args], { env }, (_, stdout, stderr) => {
        done({ status: child.exitCode ?? -1, stdout, stderr });
      });
    });
  const token = await world.mailAbout([await world.issue(1)]);
  return { world, run, token, folder: temporaryFolder() };
}

const saved = (from: string, to: string, id: string, text: string) =>
  `From: ${from}\r\nTo: ${to}\r\nSubject: Re: daily\r\nMessage-ID: <${id}@x>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;

test('mail import takes in what was saved from mailboxes, and says of each file what became of it', async () => {
  const { world, run, token, folder } = await instance();
  const mails = join(folder, '来信');
  mkdirSync(mails);
  const toUs = `督办 <reply+${token}@${mailDomain}>`;
  writeFileSync(join(mails, '1 本人.eml'), saved(addressOf(cast.chen), toUs, 'one', '收到'));
  writeFileSync(join(mails, '2 给同事的.eml'), saved(addressOf(cast.chen), 'wang@elsewhere.example', 'two', '已完成'));
  writeFileSync(join(mails, '3 照片.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0]));

  const preview = await run('mail', 'import', mails, '--preview', '--json');
  expect((JSON.parse(preview.stdout) as ImportedMail[]).map(({ taken, outcome }) => [taken, outcome])).toEqual([
    ['preview', '是登记的人写的'],
    ['preview', '要由督办办公室核实是谁写的'],
    [undefined, undefined],
  ]);
  expect(await world.ledger.incomingMail.count()).toBe(0);

  const done = await run('mail', 'import', mails, '--json');
  expect(done.status).toBe(1);
  expect(done.stderr).toContain('1个文件没有收');
  expect(JSON.parse(done.stdout)).toMatchObject([
    { file: '1 本人.eml', taken: 'now', outcome: '已登记' },
    { file: '2 给同事的.eml', taken: 'now', outcome: '待核实，没有计入进展：回信地址的口令不认识' },
    { file: '3 照片.jpg', refused: '不是邮件：请从邮箱里另存为 .eml 再收' },
  ]);
  expect(world.issues.calls).toMatchObject([{ act: 'acknowledge', by: cast.chen }]);

  const elsewhere = await world.answered({ token, from: 'home@qq.example', text: '正在查' });
  const accept = ['mails', 'accept', elsewhere.slice(0, 8), '--by', '王', '--reason', '电话问过'];
  const accepted = await run(...accept, '--person', '陈', '--issue', 'CS-01、CS-02');
  expect(accepted).toMatchObject({ status: 0, stdout: '已采纳，按陈的答复登记，本人会收到回执\n' });
  world.issues.calls.splice(1);

  const again = await run('mail', 'import', join(mails, '1 本人.eml'));
  expect([again.status, again.stdout]).toEqual([0, expect.stringMatching(/^1 本人\.eml {2}早已收过 .*已登记\n$/)]);
  expect(world.issues.calls).toHaveLength(1);
});
