import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:net';

interface DovecotOptions {
  /** An own folder, which everybody may enter. */
  readonly folder: string;
  readonly lmtpPort: number;
  readonly imapPort: number;
}

/** Debian's Dovecot on loopback: every address has a mailbox, opened with this password. */
export interface Dovecot {
  readonly imapPort: number;
  readonly password: string;
  stop(): Promise<void>;
}

const password = 'ring';

/** @throws Error with its log when it does not start */
export async function startDovecot({ folder, lmtpPort, imapPort }: DovecotOptions): Promise<Dovecot> {
  const at = (name: string) => join(folder, name);
  for (const name of ['run', 'state', 'log', 'mail']) mkdirSync(at(name), { recursive: true, mode: 0o755 });
  chmodSync(folder, 0o755);
  const idOf = (kind: '-u' | '-g') => Number(execFileSync('id', [kind, 'dovecot'], { encoding: 'utf8' }));
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  chownSync(at('mail'), uid, gid);
  const configuration = `
base_dir = ${at('run')}
state_dir = ${at('state')}
log_path = ${at('log/dovecot.log')}
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${at('mail')}/%u
mail_uid = ${String(uid)}
mail_gid = ${String(gid)}
first_valid_uid = 1
first_valid_gid = 1
auth_mechanisms = plain
default_internal_user = dovecot
default_login_user = dovenull
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${String(uid)} gid=${String(gid)} home=${at('mail')}/%u allow_all_users=yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${String(imapPort)}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${String(lmtpPort)}
  }
}
service anvil {
  chroot =
}
`;
  writeFileSync(at('dovecot.conf'), configuration);
  const child = spawn('/usr/sbin/dovecot', ['-F', '-c', at('dovecot.conf')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await Promise.race([Promise.all([listening(lmtpPort), listening(imapPort)]), ended]);
  if (child.exitCode !== null)
    throw new Error(`Dovecot does not start:\n${readFileSync(at('log/dovecot.log'), 'utf8')}`);
  return {
    imapPort,
    password,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Waits until something listens on this port of loopback. */
export async function listening(port: number): Promise<void> {
  const isOpen = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('connect', () => (socket.destroy(), resolve(true)));
      socket.once('error', () => resolve(false));
    });
  while (!(await isOpen())) await pause(20);
}
