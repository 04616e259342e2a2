import { existsSync } from 'node:fs';
import { install, mayInstall } from './apt.mjs';
import { SetupError } from './progress.mjs';

const files = [
  '/usr/sbin/postfix',
  '/usr/sbin/dovecot',
  '/usr/lib/dovecot/imap',
  '/usr/lib/dovecot/lmtp',
  '/usr/sbin/rsyslogd',
  '/usr/lib/python3/dist-packages/dkim/__init__.py',
];

/**
 * Installs the mail servers of the test ring, Debian's Postfix and Dovecot, with rsyslog, which writes their log, and dkimpy,
 * which judges signatures. The ring starts them itself, in folders and on ports of its own.
 *
 * @throws SetupError where that cannot be done
 */
export function provideMailServers() {
  if (files.every((file) => existsSync(file))) return;
  const packages = ['postfix', 'dovecot-imapd', 'dovecot-lmtpd', 'rsyslog', 'python3-dkim'];
  if (!mayInstall()) {
    throw new SetupError(
      '邮件服务器',
      '没有找到 Postfix、Dovecot、rsyslog 和 dkimpy',
      `请在 Debian 上安装 ${packages.join('、')} 后重试`,
    );
  }
  install('邮件服务器', packages);
}
