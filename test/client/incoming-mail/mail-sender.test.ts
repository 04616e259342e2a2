import { expect, test } from 'vitest';
import { senderIn } from '../../../client/incoming-mail/mail-sender.ts';
import { openMail } from '../../../client/incoming-mail/open-mail.ts';

const word = (text: string, charset = 'utf-8') => `=?${charset}?B?${Buffer.from(text).toString('base64')}?=`;

test.each<[string, string]>([
  ['an address alone', 'Chen@Lingnan.example'],
  ['an address in brackets', '<chen@lingnan.example>'],
  ['a name', '陈某 <chen@lingnan.example>'],
  ['a quoted name', '"陈某, 农业农村办" <chen@lingnan.example>'],
  ['an encoded name', `${word('陈某')} <chen@lingnan.example>`],
  ['the address as a name', '"chen@lingnan.example" <chen@lingnan.example>'],
  ['a comment', 'chen@lingnan.example (陈某)'],
  ['a folded line', '陈某\t<chen@lingnan.example>'],
])('a sender who is %s is one', (_, value) => {
  expect(senderIn([value])).toEqual({ kind: 'one', address: 'chen@lingnan.example' });
});

test.each<[string, string[]]>([
  ['nothing', []],
  ['an empty line', ['']],
  ['two headers', ['chen@lingnan.example', 'zhou@elsewhere.example']],
  ['two headers that say the same', ['chen@lingnan.example', 'chen@lingnan.example']],
  ['two addresses', ['chen@lingnan.example, zhou@elsewhere.example']],
  ['two addresses in brackets', ['<chen@lingnan.example> <zhou@elsewhere.example>']],
  ['brackets in brackets', ['<<chen@lingnan.example>zhou@elsewhere.example>']],
  ['a group', ['镇里: chen@lingnan.example;']],
  ['an empty group', ['undisclosed-recipients:;']],
  ['a name that is another address', ['"chen@lingnan.example" <zhou@elsewhere.example>']],
  ['an encoded name that is another address', [`${word('chen@lingnan.example')} <zhou@elsewhere.example>`]],
  ['an encoded name with an address in brackets', [`${word('陈 <chen@lingnan.example>')} <zhou@elsewhere.example>`]],
  ['an encoded word in the place of the address', [word('<chen@lingnan.example>')]],
  ['a comment with another address', ['zhou@elsewhere.example (chen@lingnan.example)']],
  ['a comment within the address', ['chen@lingnan.example(a)zhou@elsewhere.example']],
  ['a null byte', ['chen@lingnan.example\u0000@elsewhere.example']],
  ['a carriage return', ['zhou@elsewhere.example\rFrom: chen@lingnan.example']],
  ['two signs', ['chen@lingnan.example@elsewhere.example']],
  ['a wide sign in the name', ['chen＠lingnan.example <zhou@elsewhere.example>']],
  ['a quoted local part', ['"chen@lingnan.example"@elsewhere.example']],
  ['a route', ['<@relay.example:chen@lingnan.example>']],
  ['a name alone', ['陈某']],
])('a sender who is %s is ambiguous, with a reason', (_, values) => {
  const sender = senderIn(values);

  expect(sender.kind).toBe('ambiguous');
  expect(sender).toHaveProperty('because', expect.stringMatching(/\p{Script=Han}/u));
});

test('an opened mail says whether its sender is one, and still shows an address', async () => {
  const open = (from: string) => openMail(Buffer.from(`${from}\r\nSubject: x\r\n\r\n已完成`));

  expect(await open('From: chen@lingnan.example')).toMatchObject({
    fromAddress: 'chen@lingnan.example',
    sender: { kind: 'one', address: 'chen@lingnan.example' },
  });
  expect(await open('From: chen@lingnan.example\r\nfrom : zhou@elsewhere.example')).toMatchObject({
    fromAddress: 'chen@lingnan.example',
    sender: { kind: 'ambiguous' },
  });
});
