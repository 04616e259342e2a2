import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface Syslog {
  stop(): Promise<void>;
}

/**
 * Debian's rsyslogd (own configuration) on one socket: it writes each datagram as it came into one file, and lives on when
 * those who write to it are killed, as the system's logger does.
 */
export async function startSyslog({
  folder,
  socket,
  logFile,
}: {
  /** An own one. */
  readonly folder: string;
  readonly socket: string;
  readonly logFile: string;
}): Promise<Syslog> {
  const configuration = [
    'module(load="imuxsock" SysSock.Use="off")',
    'template(name="asItCame" type="string" string="%rawmsg%\\n")',
    `input(type="imuxsock" Socket="${socket}" RateLimit.Interval="0" ruleset="all")`,
    `ruleset(name="all") { action(type="omfile" file="${logFile}" template="asItCame" fileCreateMode="0644") }`,
  ];
  const file = join(folder, 'rsyslog.conf');
  writeFileSync(file, `${configuration.join('\n')}\n`);
  const child: ChildProcess = spawn('/usr/sbin/rsyslogd', ['-n', '-f', file, '-i', join(folder, 'rsyslog.pid')], {
    stdio: 'ignore',
  });
  for (const until = Date.now() + 10_000; !existsSync(socket);) {
    if (Date.now() > until || child.exitCode !== null) throw new Error('rsyslogd does not start');
    await pause(20);
  }
  return {
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
