import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMail } from '../../../client/incoming-mail/read-mail.ts';

const read = (name: string) => readMail(readFileSync(join(import.meta.dirname, '../../fixtures/mails', name)));

test('what Foxmail declares as gb2312 is read as gb18030, in text, subject and file names; the file is left as it is', async () => {
  const mail = await read('foxmail-gb2312-with-rare-characters.eml');

  expect(mail).toMatchObject({
    kind: 'reply',
    from: 'zhangsan@lingnan.example',
    subject: '回复: 【整改督办】待办事项（朱镕𠮷）',
    text: '收到，已请朱镕𠮷同志牵头。\n\n张三\n岭南镇农业农村办',
    automaticBecause: null,
    bounce: [],
  });
  expect(mail.attachments).toEqual([
    {
      fileName: '镕记录.txt',
      mediaType: 'text/plain',
      sizeBytes: 12,
      sha256: createHash('sha256').update('走访记录').digest('hex'),
    },
  ]);
});

test('an HTML mail of Outlook gives its words without the quoted header block, and its logo is no attachment', async () => {
  const mail = await read('outlook-html-with-logo-and-evidence.eml');

  expect(mail).toMatchObject({ kind: 'reply', text: 'CS-01 已完成' });
  expect(mail.attachments.map(({ fileName, mediaType }) => [fileName, mediaType])).toEqual([
    ['措施2.pdf', 'application/pdf'],
  ]);
});

test.each(['qq-out-of-office.eml', 'out-of-office-by-body-alone.eml'])(
  '%s is automatic, with a reason',
  async (name) => {
    const mail = await read(name);

    expect(mail.kind).toBe('automatic');
    expect(mail.automaticBecause).not.toBe('');
  },
);

test('a bounce names the recipients that it did not reach, and only an address that is gone is permanent', async () => {
  expect(await read('bounce-unknown-user.eml')).toMatchObject({
    kind: 'bounce',
    bounce: [
      { recipient: 'nobody@lingnan.example', status: '5.1.1', permanent: true },
      { recipient: 'full@lingnan.example', status: '5.2.2', permanent: false },
      { recipient: 'slow@lingnan.example', status: '4.4.7', permanent: false },
    ],
  });
});

test('a forwarded mail is told from a reply', async () => {
  expect(await read('forwarded-evidence.eml')).toMatchObject({ kind: 'forward', text: '请收。' });
});

test.each([
  ['nothing', ''],
  ['bytes', '\u0000\u0001\u0002'],
  ['a page', '<html><body>no mail</body></html>'],
])('%s is unreadable and throws nothing', async (_, content) => {
  expect(await readMail(Buffer.from(content))).toEqual({
    kind: 'unreadable',
    from: '',
    subject: '',
    text: '',
    attachments: [],
    automaticBecause: null,
    bounce: [],
  });
});

test('a file name brings no folder and no control character with it', async () => {
  const mail = await readMail(
    Buffer.from(
      [
        'From: a@example.com',
        'Subject: x',
        'Content-Type: application/pdf; name="..\\\\..\\\\etc/pass\u0007wd"',
        'Content-Disposition: attachment',
        '',
        'x',
      ].join('\r\n'),
    ),
  );

  expect(mail.attachments.map(({ fileName }) => fileName)).toEqual(['passwd']);
});
