import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { MailTransport } from '../transport.ts';
import { readLog } from './log.ts';
import { leftoversOf } from './processes.ts';
import { readQueue } from './queue.ts';
import { type Logger, whereaboutsOf } from './whereabouts.ts';

export interface PostfixPlace {
  /** Absolute: where `main.cf` stands. */
  readonly configFolder: string;
  /** The log that this Postfix writes, itself or through the system's logger. */
  readonly logFile: string;
}

const run = promisify(execFile);
const programFolders = '/usr/sbin:/usr/local/sbin:/usr/bin:/bin';
const answersWithinMs = 10_000;
const markWithinMs = 5_000;
/** A day of a busy server; what is older is not asked for. */
const readsAtMostBytes = 32 * 1024 * 1024;

/**
 * Asks the Postfix that our mails are handed to, on this machine, what became of one of them. Asking changes nothing but
 * two lines in its log. Whatever keeps it from answering makes the answer `unknown`.
 */
export function postfixLookup({ configFolder, logFile }: PostfixPlace): NonNullable<MailTransport['whereabouts']> {
  const ask = async (program: string, ...args: string[]) => {
    const options = {
      ...{ timeout: answersWithinMs, maxBuffer: 256 * 1024 * 1024 },
      env: { PATH: programFolders, MAIL_CONFIG: configFolder, LC_ALL: 'C' },
    };
    return (await run(program, args, options)).stdout;
  };
  /** Whatever was logged before it stands before it. */
  const mark = async () => {
    const word = randomUUID();
    await ask('postlog', '-t', 'huitoukan', word);
    return word;
  };
  return async (mail) => {
    try {
      const before = await mark();
      const { queueFolder, logger } = await readSettings(ask);
      const leftovers = await leftoversOf(queueFolder);
      const queue = readQueue(await ask('postqueue', '-j'));
      const after = await mark();
      const now = new Date();
      let log = await endOf(logFile);
      for (const until = Date.now() + markWithinMs; !log.includes(after) && Date.now() < until;) {
        await pause(20);
        log = await endOf(logFile);
      }
      let lines = readLog(log, now);
      if (!(lines[0]?.at !== undefined && lines[0].at <= mail.handedOverAt))
        lines = [...readLog(await endOf(`${logFile}.1`).catch(() => ''), now), ...lines]; // rotated since
      return whereaboutsOf(mail, { marks: { before, after }, logger, leftovers, queue, log: lines });
    } catch (error) {
      return { kind: 'unknown', because: error instanceof Error ? error.message.split('\n')[0]! : String(error) };
    }
  };
}

/** Without `maillog_file` it logs to the system; with it, to the service of that name, which may be none of its own. */
async function readSettings(
  ask: (program: string, ...args: string[]) => Promise<string>,
): Promise<{ queueFolder: string; logger: Logger }> {
  const told = await ask('postconf', 'queue_directory', 'maillog_file', 'postlog_service_name');
  const valueOf = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(told)?.[1]?.trim() ?? '';
  const isOwn =
    valueOf('maillog_file') !== '' &&
    (await ask('postconf', '-M', `${valueOf('postlog_service_name')}/unix-dgram`)).trim() !== '';
  return { queueFolder: valueOf('queue_directory'), logger: isOwn ? 'postfix' : 'another' };
}

async function endOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, readsAtMostBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
