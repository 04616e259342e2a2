import { existsSync } from 'node:fs';
import { install, mayInstall } from './apt.mjs';
import { SetupError } from './progress.mjs';

const programs = [
  '/usr/sbin/postfix',
  '/usr/sbin/dovecot',
  '/usr/lib/dovecot/imap',
  '/usr/lib/dovecot/lmtp',
  '/usr/sbin/rsyslogd',
];

/**
 * Installs the mail servers of the test ring, Debian's Postfix and Dovecot with rsyslog. The ring starts them itself, in folders and on
 * ports of its own.
 *
 * @throws SetupError where that cannot be done
 */
export function provideMailServers() {
  if (programs.every((program) => existsSync(program))) return;
  const packages = ['postfix', 'dovecot-imapd', 'dovecot-lmtpd', 'rsyslog'];
  if (!mayInstall()) {
    throw new SetupError(
      '邮件服务器',
      '没有找到 Postfix、Dovecot 和 rsyslog',
      `请在 Debian 上安装 ${packages.join('、')} 后重试`,
    );
  }
  install('邮件服务器', packages);
}
