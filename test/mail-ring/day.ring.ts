import { afterAll, beforeAll, expect, test } from 'vitest';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import { openMail } from '../../client/incoming-mail/open-mail.ts';
import { readAnswerable } from '../../client/practice/correspondence.ts';
import { huitoukan } from '../ci/command-line.ts';
import { eventually, launchedRound } from '../ci/real-round.ts';
import { dkimpyVerdict } from './dkim-judge.ts';
import { inboxOf } from './mailbox.ts';
import { goneDomain, type Ring, ringDomain, startRing } from './ring.ts';

let ring: Ring;
let roundId: string;
let codes: string[];

beforeAll(async () => {
  ring = await startRing();
  roundId = await launchedRound(ring.own);
  const issues = await huitoukan<{ code: string }[]>(ring.own, 'issue', 'list', '--round', roundId);
  codes = issues.map(({ code }) => code);
});
afterAll(() => ring.close());

const handler = 'li@example.cn';

async function firstMail(): Promise<Buffer> {
  return eventually('the handler has his mail', async () => (await inboxOf(ring.dovecot, handler))[0]);
}

/** Hands a mail to Postfix as somebody's mail program would. */
async function post(mail: SendMailOptions): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: ring.postfix.port, ignoreTLS: true });
  await transport.sendMail(mail);
  transport.close();
}

test('the first mail of a round reaches the handler’s mailbox once, byte for byte as it stands in the ledger', async () => {
  const received = await firstMail();
  const mail = await openMail(received);
  const messageId = mail.messageId.replace(/^<|>$/g, '');
  const sent = await ring.own.withLedger((ledger) => ledger.mail.findUniqueOrThrow({ where: { messageId } }));

  expect(sent.state).toBe('accepted');
  expect(sent.response).toMatch(/queued as/);
  expect(received.toString('latin1')).toContain(Buffer.from(sent.raw).toString('latin1').trimEnd());
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.get('x-auto-response-suppress')).toBe('OOF, AutoReply');
  expect(mail.headers.get('return-path')).toMatch(new RegExp(`reply\\+[a-z2-7]{26}@${ringDomain}`));
  for (const code of codes) expect(mail.text).toContain(code);
  expect(await inboxOf(ring.dovecot, handler)).toHaveLength(1);
});

test('the signature of a mail is found good by a verifier of another make after it has passed Postfix, and bad once a word is changed', async () => {
  const received = await firstMail();
  expect(dkimpyVerdict(received, ring.dkimRecord)).toBe('pass');
  const changed = received.toString('latin1').replace(/^Subject: /m, 'Subject: x');
  expect(dkimpyVerdict(Buffer.from(changed, 'latin1'), ring.dkimRecord)).toBe('fail');
});

test('his answer comes back by the mail server and stands on the issue that it names, on no other', async () => {
  const { replyTo, subject, messageId } = await readAnswerable(await firstMail(), ringDomain);
  const [first = ''] = codes;
  await post({ from: handler, to: replyTo, subject: `回复: ${subject}`, text: `${first} 确认`, inReplyTo: messageId });

  const acknowledged = await eventually('the answer stands in the ledger', () =>
    ring.own.withLedger(async (ledger) => {
      const where = { type: 'acknowledged', issue: { roundId } } as const;
      const found = await ledger.issueEvent.findMany({ where, select: { issue: { select: { code: true } } } });
      return found.length > 0 ? found.map(({ issue }) => issue.code) : undefined;
    }),
  );
  expect(acknowledged).toEqual([first]);
});

test('what Postfix gives back is read as a bounce of the address that is gone, and changes nothing of the round', async () => {
  const { replyTo } = await readAnswerable(await firstMail(), ringDomain);
  const gone = `nobody@${goneDomain}`;
  const eventsBefore = await ring.own.withLedger((ledger) => ledger.issueEvent.count());
  await post({ from: replyTo, to: gone, subject: '【整改督办】', text: '待办事项' });

  const verdict = await eventually('the bounce is understood', () =>
    ring.own.withLedger(async (ledger) => {
      const bounces = await ledger.incomingMail.findMany({
        where: { envelopeTo: replyTo.toLowerCase(), subject: { contains: 'Undelivered' }, handledAt: { not: null } },
      });
      return bounces[0]?.verdict ?? undefined;
    }),
  );
  expect(verdict).toMatchObject({ kind: 'bounce', bounce: [{ recipient: gone, status: '5.0.0', permanent: true }] });
  expect(await ring.own.withLedger((ledger) => ledger.issueEvent.count())).toBe(eventsBefore);
});
