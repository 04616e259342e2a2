import type { Whereabouts } from '../transport.ts';
import type { LogLine } from './log.ts';
import type { QueuedMail } from './queue.ts';

/** A mail that was handed over and whose fate we do not know. */
export interface LostSight {
  /** Without angle brackets. */
  readonly messageId: string;
  /** Ours alone: every mail has a sender of its own. */
  readonly envelopeFrom: string;
  /** When the first handover whose outcome is unknown began. */
  readonly handedOverAt: Date;
}

/** Who writes Postfix's log: a process of its own (postlogd), or one that outlives it, as the system's logger does. */
export type Logger = 'postfix' | 'another';

/**
 * What Postfix showed of itself: a mark was written to its log, then it was seen which processes run, then the queue was
 * listed, then another mark written.
 */
export interface Shown {
  readonly marks: { readonly before: string; readonly after: string };
  readonly logger: Logger;
  /** Whether processes of an earlier start still run, which may go on receiving. */
  readonly leftovers: 'none' | 'some' | 'notSeen';
  readonly queue: readonly QueuedMail[];
  /** At least until the second mark. */
  readonly log: readonly LogLine[];
}

/** Clocks of two machines differ, and a log's times have no parts of a second. */
const clocksDifferMs = 5_000;

/**
 * What became of a mail, from Postfix's queue and log. It rests on the order in which Postfix works:
 *
 * - smtpd logs `ID: client=` before it answers RCPT, hence before any of our bytes; cleanup logs `ID: message-id=` as it
 *   reads the header. Neither means that the mail was accepted: the bytes may have ended there.
 * - cleanup completes the queue file, and only then smtpd says 250. From then on the queue lists the mail until its last
 *   delivery is logged; qmgr logs `ID: from=` when it takes it up. So the mail **was accepted** if it stands in the queue
 *   or any of these lines does.
 * - smtpd deals with one transaction at a time and logs `disconnect` after its end, whether or not the client is still there.
 *   If that stood in the log before the queue was listed, and neither the queue nor the log up to after the listing knows
 *   the mail, it **is absent** and never comes. If the end is not there yet, the mail **is being received**.
 * - Absence proves something only in a log that flows and has no gap: both marks are in it, it reaches back to the handover,
 *   and nothing that writes was killed or started since, for lines on their way are lost with the process. Else it **is
 *   unknown**.
 * - Where another program writes the log, a line is with that program before the process that logs goes on (syslog(3) on a
 *   local socket), so a kill of all of Postfix loses none of them. A start then ends every transaction before it, unless
 *   a process of before still runs.
 */
export function whereaboutsOf(mail: LostSight, shown: Shown): Whereabouts {
  const { queue, log } = shown;
  const since = mail.handedOverAt.getTime() - clocksDifferMs;
  const { transactions, gap, marksSeen } = follow(log, shown, since);
  const ours = transactions.filter(({ messageId }) => messageId === mail.messageId);
  const inQueue = queue.find(
    ({ queueId, sender }) => sender === mail.envelopeFrom || ours.some((one) => one.queueId === queueId),
  );
  const acceptedId = inQueue?.queueId ?? ours.find(({ accepted }) => accepted === 'yes')?.queueId;
  if (acceptedId !== undefined) return { kind: 'accepted', queueId: acceptedId };

  if (marksSeen < 2) return { kind: 'unknown', because: '邮件服务器的日志没有在写' };
  const reachesBackTo = log.find(({ at }) => at !== undefined)?.at?.getTime() ?? Infinity;
  if (reachesBackTo > mail.handedOverAt.getTime()) return { kind: 'unknown', because: '日志不够早，已轮转' };
  if (gap !== undefined) return { kind: 'unknown', because: `其间邮件服务器停过：${gap}` };
  const mayStillCome = transactions.some(
    ({ messageId, progress, startedAt }) =>
      progress === 'going' && startedAt >= since && (messageId === undefined || messageId === mail.messageId),
  );
  return mayStillCome ? { kind: 'receiving' } : { kind: 'absent' };
}

interface Transaction {
  readonly queueId: string;
  /** Of the smtpd that receives it. */
  readonly pid: string;
  readonly startedAt: number;
  messageId: string | undefined;
  accepted: 'yes' | 'notSeen';
  /** `over` only when that was logged before the queue was listed. */
  progress: 'going' | 'over';
}

interface Followed {
  readonly transactions: readonly Transaction[];
  /** The line that shows that others may be missing. */
  readonly gap: string | undefined;
  readonly marksSeen: number;
}

function follow(log: readonly LogLine[], { marks, logger, leftovers }: Shown, since: number): Followed {
  const transactions: Transaction[] = [];
  const byId = new Map<string, Transaction>();
  const goingBy = new Map<string, Transaction>();
  let gap: string | undefined;
  let marksSeen = 0;
  const end = (pid: string) => {
    const one = goingBy.get(pid);
    if (one !== undefined && marksSeen === 0) one.progress = 'over';
  };
  for (const line of log) {
    const { program, pid, text } = line;
    const at = line.at?.getTime() ?? Infinity;
    if (text.includes(marks.before) || text.includes(marks.after)) {
      marksSeen += 1;
      continue;
    }
    if (isStart(line) && logger === 'another' && leftovers === 'none') {
      for (const one of goingBy.keys()) end(one);
      goingBy.clear();
    } else if (at >= since && showsGap(line, logger)) gap ??= `${program}: ${text}`;
    if (program === 'smtpd' && text.startsWith('disconnect from')) end(pid);
    const [, queueId, said] = /^([0-9A-Za-z]{5,}): (.*)$/.exec(text) ?? [];
    if (queueId === undefined || said === undefined) continue;
    if (program === 'smtpd' && said.startsWith('client=')) {
      end(pid); // the one before, on the same connection
      const one: Transaction = {
        ...{ queueId, pid, startedAt: at, messageId: undefined },
        ...{ accepted: 'notSeen', progress: 'going' },
      };
      transactions.push(one);
      byId.set(queueId, one);
      goingBy.set(pid, one);
    } else {
      const one = byId.get(queueId);
      if (one === undefined) continue;
      const [, messageId] = /^message-id=<?([^>]*)>?/.exec(said) ?? [];
      if (program === 'cleanup' && messageId !== undefined) one.messageId = messageId;
      else if (program === 'qmgr' || /^to=<.*\bstatus=/.test(said)) one.accepted = 'yes';
    }
  }
  return { transactions, gap, marksSeen };
}

/** Postfix was started, or its operator asked for that. */
function isStart({ program, text }: LogLine): boolean {
  return (
    (program === 'master' && /^daemon started/.test(text)) || (program === 'postfix-script' && /^starting/.test(text))
  );
}

/** One of Postfix's processes was killed, Postfix was started or stopped, or the system's logger was started. */
function showsGap(line: LogLine, logger: Logger): boolean {
  const { program, text } = line;
  if (program === 'master' && /killed by signal|exit status/.test(text)) return true;
  if (program === 'master' && logger === 'postfix' && /^terminating on signal/.test(text)) return true;
  return isStart(line) || (program === 'rsyslogd' && /\] start$/.test(text));
}
