import { expect, test } from 'vitest';
import { replyRecipientIn } from '../../../../client/incoming-mail/imap/reply-recipient.ts';

const domain = 'huitoukan.test';
const token = 'abcdefghijklmnopqrstuvwxyz';
const other = 'zyxwvutsrqponmlkjihgfedcba';
const ours = `reply+${token}@${domain}`;
const found = (...lines: string[]) => replyRecipientIn(Buffer.from(lines.join('\r\n')), domain);

test.each([
  ['what the mail server wrote of the envelope', [`Delivered-To: ${ours}`, 'To: office@example.cn']],
  [
    'the address before an alias of the mail server',
    ['Delivered-To: answers@huitoukan.test', `X-Original-To: ${ours}`],
  ],
  ['the recipient, when no server wrote anything', [`To: ${ours}`]],
  ['a recipient with a name and others beside him', [`To: "李, 科长" <li@example.cn>, 回头看 <${ours}>`]],
  ['a recipient of a copy', ['To: li@example.cn', `Cc: <${ours}>`]],
  ['a recipient in a group', [`To: 整改: li@example.cn, ${ours};`]],
  ['an address on a folded line', ['To: li@example.cn,', `\t<${ours}>`, 'Subject: x']],
  ['an address that has lost its case', [`DELIVERED-TO: Reply+${token.toUpperCase()}@HuiTouKan.test`]],
  ['the envelope before what the sender wrote', [`To: reply+${other}@${domain}`, `Delivered-To: ${ours}`]],
  ['the first of two', [`To: ${ours}, reply+${other}@${domain}`]],
])('takes %s', (_, lines) => {
  expect(found(...lines)).toBe(ours);
});

test.each([
  ['an address of another domain', [`To: reply+${token}@elsewhere.test`]],
  ['an address without a token of ours', [`To: reply+short@${domain}`, `Cc: office@${domain}`]],
  ['our address in a header that names no recipient', [`Reply-To: ${ours}`, `From: ${ours}`, `Return-Path: <${ours}>`]],
  ['our address as a mere name', [`To: "${ours}" <li@example.cn>`]],
  ['nothing at all', ['']],
])('leaves %s alone', (_, lines) => {
  expect(found(...lines)).toBeUndefined();
});
