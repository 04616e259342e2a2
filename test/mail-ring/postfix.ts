import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { killTree } from '../kill/process-tree.ts';
import { startSyslog } from './syslog.ts';

interface PostfixOptions {
  /** An own folder, which everybody may enter. */
  readonly folder: string;
  readonly port: number;
  /** Domains whose mail does not go to a mailbox, with Postfix's transport for each. */
  readonly routes: Readonly<Record<string, string>>;
  /** Where mail to every other address goes, by LMTP. */
  readonly mailboxesPort: number;
}

/** Debian's Postfix (real programs, own configuration, own queue) on loopback. */
export interface Postfix {
  readonly port: number;
  readonly configFolder: string;
  readonly logFile: string;
  start(): void;
  /** Ends it as its operator would. */
  stop(): void;
  /** Ends it and whoever writes its log. */
  close(): Promise<void>;
  /** Kills all its processes with -9. */
  kill(): Promise<void>;
  /** Changes settings (postconf(5)) while it runs; they hold when this returns, and what waits is tried at once. */
  configure(settings: Readonly<Record<string, string>>): void;
  /** How many mails it holds. */
  queued(): number;
}

const user = (name: string) => Number(execFileSync('id', ['-u', name], { encoding: 'utf8' }));

/**
 * Writes a configuration and starts Postfix by it. Nothing leaves the machine: every domain has a route or is a mailbox's,
 * and there is no lookup of names. It logs to a program that is none of its own, as on a server where it logs to the system.
 */
export async function startPostfix({ folder, port, routes, mailboxesPort }: PostfixOptions): Promise<Postfix> {
  const at = (name: string) => join(folder, name);
  for (const name of ['etc', 'spool', 'data', 'log']) mkdirSync(at(name), { recursive: true, mode: 0o755 });
  chmodSync(folder, 0o755);
  chownSync(at('data'), user('postfix'), 0);
  const main = {
    compatibility_level: '3.6',
    queue_directory: at('spool'),
    data_directory: at('data'),
    command_directory: '/usr/sbin',
    daemon_directory: '/usr/lib/postfix/sbin',
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    maillog_file: at('log/postlog.log'), // of what is said before anybody listens
    maillog_file_prefixes: folder,
    postlog_service_name: 'syslog',
    myhostname: 'mx.ring.test',
    mydestination: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.0/8',
    smtp_dns_support_level: 'disabled',
    smtp_host_lookup: 'native',
    smtpd_peername_lookup: 'no',
    default_transport: `lmtp:inet:127.0.0.1:${String(mailboxesPort)}`,
    transport_maps: `texthash:${at('etc/transport')}`,
    // One address a transaction: our door takes an answer to one mail at a time.
    smtp_destination_recipient_limit: '1',
    minimal_backoff_time: '1s',
    maximal_backoff_time: '2s',
    queue_run_delay: '1s',
    smtpd_recipient_restrictions: 'permit_mynetworks, reject',
    smtpd_client_connection_count_limit: '0',
    smtpd_client_connection_rate_limit: '0',
    alias_maps: '',
    local_recipient_maps: '',
    message_size_limit: '36700160',
  };
  const services = [
    `127.0.0.1:${String(port)} inet n - n - - smtpd`,
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'verify unix - - n - 1 verify',
    'flush unix n - n 1000? 0 flush',
    'proxymap unix - - n - - proxymap',
    'smtp unix - - n - - smtp',
    'relay unix - - n - - smtp',
    'showq unix n - n - - showq',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'discard unix - - n - - discard',
    'lmtp unix - - n - - lmtp',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
  ];
  const lines = Object.entries(main).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(at('etc/main.cf'), `${lines.join('\n')}\n`);
  const routing = Object.entries(routes).map(([domain, transport]) => `${domain} ${transport}`);
  writeFileSync(at('etc/transport'), `${routing.join('\n')}\n`);
  writeFileSync(at('etc/master.cf'), `${services.join('\n')}\n`);

  const postfix = (action: 'check' | 'start' | 'stop' | 'reload' | 'flush') =>
    void execFileSync('/usr/sbin/postfix', ['-c', at('etc'), action], { stdio: 'ignore' });
  postfix('check'); // makes the folder of the socket
  const syslog = await startSyslog({ folder, socket: at('spool/public/syslog'), logFile: at('log/mail.log') });
  postfix('start');
  const asked = { MAIL_CONFIG: at('etc'), PATH: '/usr/sbin:/usr/bin:/bin' };
  return {
    port,
    configFolder: at('etc'),
    logFile: at('log/mail.log'),
    start: () => postfix('start'),
    stop: () => postfix('stop'),
    close: async () => {
      postfix('stop');
      await syslog.stop();
    },
    kill: async () => {
      const master = Number(readFileSync(at('spool/pid/master.pid'), 'utf8'));
      await killTree(master);
    },
    configure: (settings) => {
      const changes = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
      execFileSync('/usr/sbin/postconf', ['-e', ...changes], { env: asked });
      postfix('reload');
      postfix('flush');
    },
    queued: () =>
      execFileSync('postqueue', ['-j'], { encoding: 'utf8', env: asked }).split('\n').filter(Boolean).length,
  };
}
