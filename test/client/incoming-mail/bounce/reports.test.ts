import { describe, expect, test } from 'vitest';
import { readMail } from '../../../../client/incoming-mail/read-mail.ts';

const program = 'MAILER-DAEMON@mx.lingnan.example';
const original =
  'Received: from huitoukan.test\nFrom: office@huitoukan.test\nTo: chen@lingnan.example\nSubject: daily\n\nhello';

function mail({ from = program, subject, text, type = 'text/plain; charset=utf-8', headers = '' }: Parts): Uint8Array {
  return Buffer.from(
    `From: ${from}\nTo: bounce+1@huitoukan.test\nSubject: ${subject}\n${headers}MIME-Version: 1.0\nContent-Type: ${type}\n\n${text}\n`,
  );
}

interface Parts {
  readonly from?: string;
  readonly subject: string;
  readonly text: string;
  readonly type?: string;
  readonly headers?: string;
}

const read = (parts: Parts) => readMail(mail(parts));
const chen = 'chen@lingnan.example';

describe('a report without fields names whom the mail did not reach, as each mail system writes it', () => {
  const reports: [string, Parts, [string, string, boolean][]][] = [
    [
      'qmail',
      {
        subject: 'failure notice',
        text: `Hi. This is the qmail-send program at mx.lingnan.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<${chen}>:\nRemote host said: 550 5.1.1 <${chen}>... User unknown\n\n<zhao@lingnan.example>:\nRemote host said: 552 5.2.2 mailbox is over quota\n\n--- Below this line is a copy of the message.\n\n${original}`,
      },
      [
        [chen, '5.1.1', true],
        ['zhao@lingnan.example', '5.2.2', false],
      ],
    ],
    [
      'exim',
      {
        subject: 'Mail delivery failed: returning message to sender',
        headers: `X-Failed-Recipients: ${chen}\n`,
        text: `A message that you sent could not be delivered to one or more of its recipients.\nThe following address(es) failed:\n\n  ${chen}\n    host mx.lingnan.example [192.0.2.7]\n    SMTP error from remote mail server after RCPT TO:<${chen}>:\n    550 No such user here\n\n------ This is a copy of the message, including all the headers. ------\n\n${original}`,
      },
      [[chen, '5.0.0', true]],
    ],
    [
      'sendmail, a list and then a transcript',
      {
        subject: 'Returned mail: see transcript for details',
        text: `   ----- The following addresses had permanent fatal errors -----\n<${chen}>\n\n   ----- Transcript of session follows -----\n>>> RCPT To:<${chen}>\n<<< 550 5.1.1 <${chen}>... User unknown\n`,
      },
      [[chen, '5.1.1', true]],
    ],
    [
      'a delay',
      {
        subject: 'Warning: message delayed 24 hours',
        text: `Delivery to the following recipient has been delayed:\n\n     ${chen}\n\nMessage will be retried for 2 more day(s)\n\n----- Original message -----\n${original}`,
      },
      [[chen, '4.0.0', false]],
    ],
    [
      'a Chinese report',
      {
        from: 'PostMaster@mail.lingnan.example',
        subject: '系统退信',
        text: `很抱歉，您发送的邮件被退信，以下是退信原因：\n收件人：${chen}\n退信原因：收件人邮件地址（${chen}）不存在，邮件无法送达。\n\n--------原始邮件--------\n${original}`,
      },
      [[chen, '5.0.0', true]],
    ],
    [
      'a Chinese report of a full mailbox',
      {
        from: 'PostMaster@mail.lingnan.example',
        subject: '系统退信/Systems bounce',
        text: `收件人：<${chen}>\n550 对方邮箱空间已满，邮件无法投递`,
      },
      [[chen, '5.0.0', false]],
    ],
    [
      'QQ, as a page',
      {
        from: 'PostMaster@qq.example',
        subject: '系统退信/Systems bounce',
        type: 'text/html; charset=utf-8',
        text: `<p>抱歉，您的邮件被退回来了……</p><p>原邮件信息：</p><table><tr><td>主题：</td><td>daily</td></tr><tr><td>收件人：</td><td>${chen}</td></tr></table><p>退信原因：收件人邮箱地址 (${chen}) 不存在，邮件无法送达。</p>`,
      },
      [[chen, '5.0.0', true]],
    ],
    [
      'a report in traditional Chinese',
      {
        from: 'postmaster@lingnan.example',
        subject: '無法傳遞的郵件: daily',
        text: `無法傳遞給下列收件者：\n${chen}\n找不到收件者的電子郵件地址`,
      },
      [[chen, '5.0.0', true]],
    ],
    [
      'a gateway that answers under its own name',
      {
        from: 'internet@gateway.example',
        subject: 'RE: daily: delivery failed',
        text: `****\nYour message could not be delivered to\n${chen}\n\n****`,
      },
      [[chen, '5.0.0', false]],
    ],
    [
      'a report that a gateway put together wrongly, so that its parts cannot be told apart',
      {
        subject: 'Returned mail: Service unavailable',
        type: 'multipart/report; report-type=delivery-status; boundary="lost"',
        text: `The following addresses had permanent fatal errors\n<${chen}>\n\nFinal-Recipient: RFC822; <${chen}>\nAction: failed\nStatus: 5.1.1\n`,
      },
      [[chen, '5.1.1', true]],
    ],
    [
      'only the words of the returned mail say who',
      {
        subject: 'Undeliverable Message',
        text: `Message could not be delivered.\nError: No valid recipients\n\nOriginal Message:\n${original}`,
      },
      [[chen, '5.0.0', true]],
    ],
  ];

  test.each(reports)('%s', async (_system, parts, expected) => {
    const { kind, bounce } = await read(parts);

    expect(kind).toBe('bounce');
    expect(bounce.map(({ recipient, status, permanent }) => [recipient, status, permanent])).toEqual(expected);
  });
});

describe('only an address that is gone is permanent', () => {
  test.each([
    ['550 5.1.1 User unknown', true],
    ['550 5.1.10 RESOLVER.ADR.RecipientNotFound', true],
    ['550 5.1.2 Host or domain name not found', true],
    ['551 5.1.6 Recipient has moved, no forwarding address', true],
    ['556 5.1.10 Recipient address has null MX', true],
    ['550 Mailbox not found', true],
    ['550 5.1.1 mailbox is full', false],
    ['552 5.2.2 Over quota', false],
    ['550 5.7.1 message looks like spam', false],
    ['550 5.7.26 fails DMARC', false],
    ['550 5.7.1 Relaying denied', false],
    ['550 5.2.1 receiving mail at a rate that prevents additional messages', false],
    ['550 mailbox unavailable', false],
    ['525 5.7.13 account has been disabled', false],
    ['450 4.1.1 unknown user, try again later', false],
    ['550 Host not found, try again', false],
    ['550 User unknown (in reply to end of DATA command)', false],
    ['550 5.3.0 收件人不存在，系统故障', false],
  ])('%s: %s', async (said, permanent) => {
    const text = `<${chen}>: host mx.lingnan.example said: ${said}\n`;
    const { bounce } = await read({ subject: 'Undelivered Mail Returned to Sender', text });

    expect(bounce).toMatchObject([{ recipient: chen, permanent }]);
  });
});

describe('no bounce is', () => {
  test.each<[string, Parts]>([
    ['an answer to a report', { from: chen, subject: '回复: 系统退信', text: '上次的邮件无法投递，现重发，已完成。' }],
    [
      'a report that a person passes on',
      { from: chen, subject: 'Fw: Undelivered Mail', text: 'could not be delivered' },
    ],
    [
      'an answer that tells of a letter that came back',
      { from: chen, subject: '回复: 【整改督办】', text: '整改通知书寄往该户，被退回，无法送达，已改为上门送达。' },
    ],
    [
      'a complaint of a feedback loop',
      {
        from: 'fbl@mail.example',
        subject: 'FW: daily',
        type: 'multipart/report; report-type=feedback-report; boundary="b"',
        text: '--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n\n--b--',
      },
    ],
  ])('%s', async (_what, parts) => {
    const { kind, bounce } = await read(parts);

    expect(kind).not.toBe('bounce');
    expect(bounce).toEqual([]);
  });

  test('a report that all was delivered names nobody', async () => {
    const fields = `Final-Recipient: rfc822; ${chen}\nAction: delivered\nStatus: 2.0.0\n`;
    const { bounce } = await read({
      subject: 'Delivery Status Notification (Success)',
      type: 'multipart/report; report-type=delivery-status; boundary="b"',
      text: `--b\nContent-Type: text/plain\n\nDelivered to ${chen}\n\n--b\nContent-Type: message/delivery-status\n\n${fields}\n--b--`,
    });

    expect(bounce).toEqual([]);
  });
});

test('a megabyte of addresses, codes or angle brackets is read in bounded time, and still names the recipient', async () => {
  const floods = [
    'a'.repeat(1_000_000),
    'a@'.repeat(500_000),
    '<'.repeat(1_000_000),
    '550-5.1.1 '.repeat(100_000),
    `${chen}\n`.repeat(40_000),
  ];
  for (const flood of floods) {
    const { bounce } = await read({ subject: 'failure notice', text: `<${chen}>:\n550 5.1.1 User unknown\n${flood}` });
    expect(bounce.map(({ recipient }) => recipient)).toContain(chen);
  }
});
