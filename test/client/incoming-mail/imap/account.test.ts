import { expect, test } from 'vitest';
import { imapAccountOf } from '../../../../client/incoming-mail/imap/account.ts';

test('an address names host, port, user, password and folder; its parts are percent-encoded', () => {
  expect(imapAccountOf('imaps://reply%40x.org:p%3Aw%2F1@imap.x.org/%E6%95%B4%E6%94%B9', '已收')).toEqual({
    id: 'reply@x.org@imap.x.org/整改',
    host: 'imap.x.org',
    port: 993,
    encryption: 'tls',
    user: 'reply@x.org',
    password: 'p:w/1',
    folder: '整改',
    moveTo: '已收',
  });
});

test.each([
  ['imaps://u:p@imap.x.org:1993', { port: 1993, encryption: 'tls', folder: 'INBOX' }],
  ['imap://u:p@imap.x.org/', { port: 143, encryption: 'startTls', folder: 'INBOX', moveTo: undefined }],
  ['imap://u:p@127.0.0.1:1143', { host: '127.0.0.1', port: 1143, encryption: 'whenOffered' }],
  ['imap://u:p@[::1]:1143', { host: '::1', encryption: 'whenOffered' }],
  ['imap://u:p@localhost.evil.org', { encryption: 'startTls' }],
])('%s is read; only this machine may do without encryption', (url, expected) => {
  expect(imapAccountOf(url)).toMatchObject(expected);
});
