import { describe, expect, it } from 'vitest';
import { readLog } from '../../../../activities/mail/postfix/log.ts';
import { readQueue } from '../../../../activities/mail/postfix/queue.ts';
import { type Shown, whereaboutsOf } from '../../../../activities/mail/postfix/whereabouts.ts';

const readAt = new Date(2024, 2, 29, 9, 5);
const mail = {
  messageId: 'abc@huitoukan.example',
  envelopeFrom: 'reply+token@huitoukan.example',
  handedOverAt: new Date(2024, 2, 29, 9, 0, 30),
};

/** A log of 29 March 2024; each line is `09:00:31 smtpd[7] text`. */
function logOf(...lines: string[]): string {
  return lines
    .map((line) =>
      line.replace(/^(\S+) (\S+) /, (_, time: string, tag: string) => `Mar 29 ${time} mx postfix/${tag}: `),
    )
    .join('\n');
}

const long = '08:00:00 qmgr[2] 4Aaaaaaaaa: removed';
const began = [
  '09:00:31 smtpd[7] connect from localhost[127.0.0.1]',
  '09:00:31 smtpd[7] 4Bbbbbbbbb: client=localhost[127.0.0.1]',
];
const header = '09:00:31 cleanup[8] 4Bbbbbbbbb: message-id=<abc@huitoukan.example>';
const taken = '09:00:31 qmgr[2] 4Bbbbbbbbb: from=<reply+token@huitoukan.example>, size=900, nrcpt=1 (queue active)';
const sent = '09:00:31 lmtp[9] 4Bbbbbbbbb: to=<li@unit.example>, relay=127.0.0.1, delay=0.1, status=sent (250 saved)';
const left = '09:00:31 smtpd[7] disconnect from localhost[127.0.0.1] ehlo=1 mail=1 rcpt=1 data=0/1 commands=3/4';
const marks = ['09:04:59 look[11] mark-1', '09:05:00 look[11] mark-2'];
const started = '09:00:40 master[1] daemon started -- version 3.7.11, configuration /etc/postfix';

const listing = (queueId: string, sender: string) =>
  JSON.stringify({ queue_name: 'deferred', queue_id: queueId, sender, recipients: [{ address: 'li@unit.example' }] });

type Seen = Partial<Pick<Shown, 'logger' | 'leftovers'>>;

function found(lines: readonly string[], queue = '', { logger = 'postfix', leftovers = 'none' }: Seen = {}): string {
  const log = readLog(logOf(...lines), readAt);
  const shown = { marks: { before: 'mark-1', after: 'mark-2' }, logger, leftovers, queue: readQueue(queue), log };
  const answer = whereaboutsOf(mail, shown);
  return 'queueId' in answer
    ? `${answer.kind} ${answer.queueId}`
    : 'because' in answer
      ? `${answer.kind}: ${answer.because}`
      : answer.kind;
}

const stopped = '其间邮件服务器停过：';

describe('a mail whose answer we did not hear', () => {
  it.each<[string, readonly string[], string, string?]>([
    ['was accepted when qmgr has taken it up', [long, ...began, header, taken, left, ...marks], 'accepted 4Bbbbbbbbb'],
    ['was accepted when it has been delivered', [long, ...began, header, sent, ...marks], 'accepted 4Bbbbbbbbb'],
    [
      'was accepted when its queue id is listed, though qmgr has not looked yet',
      [long, ...began, header, left, ...marks],
      'accepted 4Bbbbbbbbb',
      listing('4Bbbbbbbbb', 'rewritten@mx'),
    ],
    [
      'was accepted when its own sender is listed, whatever became of the log',
      [],
      'accepted 4Ccc',
      listing('4Ccc', 'reply+token@huitoukan.example'),
    ],
    [
      'was accepted also when Postfix was killed after that',
      [long, ...began, header, taken, started, ...marks],
      'accepted 4Bbbbbbbbb',
    ],
    ['is absent when the connection ended after the header', [long, ...began, header, left, ...marks], 'absent'],
    ['is absent when the connection ended before the header', [long, ...began, left, ...marks], 'absent'],
    [
      'is absent when the next transaction of the connection has begun',
      [
        long,
        ...began,
        header,
        '09:00:33 smtpd[7] 4Ddddddddd: client=localhost[127.0.0.1]',
        '09:00:33 cleanup[8] 4Ddddddddd: message-id=<other@x>',
        ...marks,
      ],
      'absent',
    ],
    ['is absent when no connection was ever made', [long, ...marks], 'absent'],
    [
      'is absent when only another mail stands in log and queue',
      [long, ...began, header.replace('abc', 'other'), taken, ...marks],
      'absent',
      listing('4Ddd', 'reply+other@huitoukan.example'),
    ],
    ['is being received while the connection goes on', [long, ...began, header, ...marks], 'receiving'],
    [
      'is perhaps being received while a connection goes on whose header is not there yet',
      [long, ...began, ...marks],
      'receiving',
    ],
    [
      'is perhaps being received when the end was logged only after the queue was listed',
      [long, ...began, header, marks[0]!, left, marks[1]!],
      'receiving',
    ],
    [
      'is not held up by a connection that began earlier, for another mail',
      [long, '08:59:00 smtpd[6] 4Eeeeeeeee: client=localhost[127.0.0.1]', ...marks],
      'absent',
    ],
    [
      'is unknown when Postfix was started since',
      [long, ...began, header, started, ...marks],
      `unknown: ${stopped}master: daemon started -- version 3.7.11, configuration /etc/postfix`,
    ],
    [
      'is unknown when a process of Postfix was killed since',
      [long, '09:00:32 master[1] warning: process /usr/lib/postfix/sbin/cleanup pid 8 killed by signal 9', ...marks],
      `unknown: ${stopped}master: warning: process /usr/lib/postfix/sbin/cleanup pid 8 killed by signal 9`,
    ],
    [
      'is absent when Postfix was started long before',
      ['08:00:00 master[1] daemon started -- version 3.7.11', ...marks],
      'absent',
    ],
    [
      'is unknown when the log does not flow',
      [long, ...began, header, left, marks[0]!],
      'unknown: 邮件服务器的日志没有在写',
    ],
    [
      'is unknown when the log begins after the handover',
      ['09:00:31 qmgr[2] 4Aaaaaaaaa: removed', ...marks],
      'unknown: 日志不够早，已轮转',
    ],
    [
      'is unknown when the queue id was given to another mail that is delivered',
      [long, ...began, header, started, ...began, header.replace('abc', 'other'), sent, ...marks],
      `unknown: ${stopped}master: daemon started -- version 3.7.11, configuration /etc/postfix`,
    ],
  ])('%s', (_, lines, expected, queue) => {
    expect(found(lines, queue)).toBe(expected);
  });
});

describe('a mail whose answer we did not hear, and whose log another program than Postfix writes', () => {
  const stop = '09:00:39 master[1] terminating on signal 15';
  const killed = '09:00:39 master[1] warning: process /usr/lib/postfix/sbin/cleanup pid 8 killed by signal 9';
  const another = { logger: 'another' } as const;

  it.each<[string, readonly string[], string, Seen?]>([
    [
      'is absent when all of Postfix was killed and started since',
      [long, ...began, header, started, ...marks],
      'absent',
    ],
    ['is absent when Postfix was stopped and started', [long, ...began, header, stop, started, ...marks], 'absent'],
    [
      'was accepted when it was taken up before',
      [long, ...began, header, taken, started, ...marks],
      'accepted 4Bbbbbbbbb',
    ],
    ['is being received while Postfix is stopped', [long, ...began, header, stop, ...marks], 'receiving'],
    [
      'is being received when it began after the start',
      [long, '09:00:30 master[1] daemon started -- version 3.7.11', ...began, header, ...marks],
      'receiving',
    ],
    [
      'is unknown when a process of before still runs',
      [long, ...began, header, started, ...marks],
      `unknown: ${stopped}master: daemon started -- version 3.7.11, configuration /etc/postfix`,
      { leftovers: 'some' },
    ],
    [
      'is unknown when it cannot be seen whether one does',
      [long, ...began, header, started, ...marks],
      `unknown: ${stopped}master: daemon started -- version 3.7.11, configuration /etc/postfix`,
      { leftovers: 'notSeen' },
    ],
    [
      'is unknown when one process alone was killed, for the others may go on with its mail',
      [long, ...began, header, killed, ...marks],
      `unknown: ${stopped}master: warning: process /usr/lib/postfix/sbin/cleanup pid 8 killed by signal 9`,
    ],
    [
      'is unknown when that program was started since',
      [long, ...began, header, '09:00:35 rsyslogd[3] [origin software="rsyslogd"] start', left, ...marks],
      `unknown: ${stopped}rsyslogd: [origin software="rsyslogd"] start`,
    ],
  ])('%s', (_, lines, expected, seen) => {
    expect(found(lines, '', { ...another, ...seen })).toBe(expected);
  });
});

describe('a log line', () => {
  it.each([
    [
      'of last year, read in January',
      'Dec 31 23:59:58 mx postfix/qmgr[2]: 4A: removed',
      new Date(2024, 0, 1, 8),
      new Date(2023, 11, 31, 23, 59, 58),
    ],
    [
      'with a day of one digit',
      'Mar  9 01:02:03 mx postfix/qmgr[2]: 4A: removed',
      readAt,
      new Date(2024, 2, 9, 1, 2, 3),
    ],
    [
      'of rsyslog, with its zone',
      '2024-03-29T09:00:00.123456+08:00 mx postfix/submission/qmgr[2]: 4A: removed',
      readAt,
      new Date('2024-03-29T01:00:00.123Z'),
    ],
  ])('%s is read with its time', (_, line, now, at) => {
    expect(readLog(line, now)).toEqual([{ at, program: 'qmgr', pid: '2', text: '4A: removed' }]);
  });

  it('of another form is left out', () => {
    expect(readLog('-- Logs begin --\n\n', readAt)).toEqual([]);
  });
});

it('an empty queue is an empty list, and what is no list is an error', () => {
  expect(readQueue('')).toEqual([]);
  expect(() => readQueue('Mail queue is empty\n')).toThrow();
});
