import { describe, expect, test } from 'vitest';
import { imapAccountOf } from '../../../../client/incoming-mail/imap/account.ts';
import { backOffMs, failureWords } from '../../../../client/incoming-mail/imap/trouble.ts';

test.each([
  [0, 1_000],
  [1, 1_000],
  [2, 2_000],
  [5, 16_000],
  [9, 256_000],
  [10, 300_000],
  [5_000, 300_000],
])('after %i failures in a row the next try waits %i ms', (failures, ms) => {
  expect(backOffMs(failures)).toBe(ms);
});

describe('what went wrong is said in words for the office', () => {
  const account = imapAccountOf('imaps://u:geheim@imap.x.org/Answers');
  const failed = (fields: object) => failureWords(Object.assign(new Error('Command failed'), fields), account);

  test.each([
    ['nobody listens', { code: 'ECONNREFUSED' }, '没有程序在这个端口应答'],
    ['the login is refused', { authenticationFailed: true, responseText: 'Unsafe Login' }, '登录被拒（Unsafe Login）'],
    ['the folder is missing', { mailboxMissing: true }, '没有文件夹“Answers”'],
    ['the certificate is another’s', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, '服务器证书与主机名不符'],
    ['the server says something else', { responseText: 'Try later' }, '取信失败（Try later）'],
  ])('%s', (_, fields, words) => {
    expect(failed(fields)).toContain(words);
  });

  test('the password is struck out, whoever repeats it', () => {
    expect(failed({ authenticationFailed: true, responseText: 'LOGIN u geheim failed' })).not.toContain('geheim');
    expect(failureWords('geheim', account)).toBe('取信失败（***）');
  });
});
