import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';

test('an empty environment is a whole configuration: everything embedded, default ports, data beside the program', () => {
  const config = readConfig({});
  expect(config).toMatchObject({ dataDir: resolve(import.meta.dirname, '../data'), mailDomain: 'huitoukan.localhost' });
  expect(config).toMatchObject({
    port: undefined,
    databaseUrl: undefined,
    temporalAddress: undefined,
    smtpUrl: undefined,
  });
  expect(readConfig({ DATABASE_URL: '', HUITOUKAN_PORT: ' ' })).toEqual(config);
});

test('what is set is taken', () => {
  const config = readConfig({
    HUITOUKAN_DATA: 'elsewhere',
    HUITOUKAN_PORT: '8081',
    TEMPORAL_ADDRESS: 'temporal.example.org:7233',
    DATABASE_URL: 'postgresql://u:p@db.example.org/ledger',
    SMTP_URL: 'smtps://u:p@mail.example.org:465',
    IMAP_URL: 'imaps://answers%40example.org:p@imap.example.org/INBOX',
    IMAP_MOVE_TO: ' 已收 ',
    HUITOUKAN_LMTP_PORT: '2424',
    POSTFIX_LOG: '/var/log/mail.log',
    MAIL_DOMAIN: 'Huitoukan.Example.ORG',
    MAIL_DKIM_KEY: 'keys/duban.pem',
    MAIL_DKIM_SELECTOR: 'duban-2026',
    MAIL_RATE_PER_DOMAIN: 'qq.com=20',
    PUBLIC_URL: 'https://huitoukan.example.org/',
  });
  expect(config).toMatchObject({
    dataDir: resolve('elsewhere'),
    port: 8081,
    temporalAddress: 'temporal.example.org:7233',
    databaseUrl: 'postgresql://u:p@db.example.org/ledger',
    smtpUrl: 'smtps://u:p@mail.example.org:465',
    imapUrl: 'imaps://answers%40example.org:p@imap.example.org/INBOX',
    imapMoveTo: '已收',
    lmtpPort: 2424,
    postfix: { configFolder: '/etc/postfix', logFile: '/var/log/mail.log' },
    mailDomain: 'huitoukan.example.org',
    dkim: { keyFile: resolve('keys/duban.pem'), selector: 'duban-2026' },
    mailRates: new Map([
      ['*', 60],
      ['qq.com', 20],
    ]),
    publicUrl: 'https://huitoukan.example.org',
  });
});

test.each([
  ['HUITOUKAN_PORT', '0', '应是 1 到 65535 之间的整数'],
  ['HUITOUKAN_PORT', 'http', '应是 1 到 65535 之间的整数'],
  ['HUITOUKAN_SMTP_PORT', '25.5', '应是 1 到 65535 之间的整数'],
  ['DATABASE_URL', 'mysql://u:secret@h/d', '应是 postgresql://'],
  ['SMTP_URL', 'mail.example.org', '应是 smtps://'],
  ['IMAP_URL', 'https://u:secret@imap.example.org', '应是 imaps://'],
  ['IMAP_URL', 'imaps://secret@imap.example.org', '要写明用户和密码'],
  ['HUITOUKAN_LMTP_PORT', '0', '应是 1 到 65535 之间的整数'],
  ['TEMPORAL_ADDRESS', 'http://h:7233', '应是 主机:端口'],
  ['POSTFIX_LOG', 'mail.log', '应是绝对路径'],
  ['MAIL_DOMAIN', 'a@b', '应是域名'],
  ['MAIL_RATE_PER_DOMAIN', 'qq.com', '应是 域名=每分钟封数'],
  ['MAIL_DKIM_SELECTOR', 'a.b', '只能用字母、数字和连字符'],
  ['PUBLIC_URL', 'huitoukan.example.org', '应是 https://'],
])('%s=%s is refused by name, without repeating the value', (name, value, reason) => {
  expect(() => readConfig({ [name]: value })).toThrow(`环境变量有误：${name} ${reason}`);
  expect(() => readConfig({ [name]: value })).not.toThrow('secret');
});
