import { readdirSync, rmSync, chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts } from '../../client/commands/free-ports.ts';
import { readAnswerable } from '../../client/practice/correspondence.ts';
import { huitoukan } from '../ci/command-line.ts';
import { eventually, launchedRound } from '../ci/real-round.ts';
import { OwnInstance } from '../kill/own-instance.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { ringDomain } from './ring.ts';

/** Every reply address is delivered to this one's mailbox, as Dovecot does with what stands behind a plus. */
const mailboxUser = `reply@${ringDomain}`;
const handler = 'li@example.cn';

let folder: string;
let ports: { lmtpPort: number; imapPort: number };
let dovecot: Dovecot;
let own: OwnInstance;
let roundId: string;
let code: string;
let replyTo: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huitoukan-imap-'));
  chmodSync(folder, 0o755); // Dovecot runs as a user of its own
  const [lmtpPort, imapPort] = (await freePorts(2)).map(Number) as [number, number];
  ports = { lmtpPort, imapPort };
  dovecot = await startedDovecot();
  const imapUrl = `imap://${encodeURIComponent(mailboxUser)}:${dovecot.password}@127.0.0.1:${String(imapPort)}`;
  own = new OwnInstance(join(folder, 'instance'), { variables: { IMAP_URL: imapUrl, MAIL_DOMAIN: ringDomain } });
  await own.start();
  await own.serving();
  roundId = await launchedRound(own);
  const issues = await huitoukan<{ code: string }[]>(own, 'issue', 'list', '--round', roundId);
  code = issues[0]!.code;
  const first = await eventually('the handler’s first mail has left', () =>
    own.withLedger(
      async (ledger) => (await ledger.mail.findMany({ where: { address: handler, state: 'accepted' } }))[0],
    ),
  );
  ({ replyTo } = await readAnswerable(Buffer.from(first.raw), ringDomain));
});
afterAll(async () => {
  await own.discard();
  await dovecot.stop();
  rmSync(folder, { recursive: true, force: true });
});

const startedDovecot = () => startDovecot({ folder: join(folder, 'dovecot'), ...ports });

/** Hands a mail to Dovecot as a mail server in front of it would. */
async function deliver(to: string, messageId: string, text: string): Promise<void> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: ports.lmtpPort,
    lmtp: true,
    ignoreTLS: true,
  });
  const headers = { from: handler, to: 'undisclosed@example.cn', subject: '回复', messageId: `<${messageId}>`, text };
  await transport.sendMail({ ...headers, envelope: { from: handler, to } });
  transport.close();
}

/** The Message-IDs in the mailbox, and which of them are marked as read. */
async function mailbox(): Promise<{ all: string[]; read: string[]; uidValidity: bigint }> {
  const auth = { user: mailboxUser, pass: dovecot.password };
  const client = new ImapFlow({ host: '127.0.0.1', port: ports.imapPort, secure: false, auth, logger: false });
  await client.connect();
  try {
    const { uidValidity } = await client.mailboxOpen('INBOX', { readOnly: true });
    const mails = await client.fetchAll('1:*', { envelope: true, flags: true });
    const idOf = ({ envelope }: (typeof mails)[number]) => (envelope?.messageId ?? '').replace(/[<>]/g, '');
    const read = mails.filter(({ flags }) => flags?.has('\\Seen'));
    return { all: mails.map(idOf), read: read.map(idOf), uidValidity };
  } finally {
    await client.logout();
  }
}

const handled = (messageId: string) =>
  eventually(`${messageId} is handled`, () =>
    own.withLedger(async (ledger) => {
      const [mail] = await ledger.incomingMail.findMany({ where: { messageId, handledAt: { not: null } } });
      return mail;
    }),
  );
const markedAsRead = (messageId: string) =>
  eventually(`${messageId} is marked`, async () => ((await mailbox()).read.includes(messageId) ? true : undefined));
const storedIds = () =>
  own.withLedger(async (ledger) => (await ledger.incomingMail.findMany()).map(({ messageId }) => messageId).sort());

test('an answer that reaches the mailbox is taken at once, told by the server, and stands on its issue', async () => {
  await deliver(mailboxUser, 'circular@example.cn', '会议通知');
  await deliver(replyTo, 'a1@example.cn', `${code} 确认`);
  const since = Date.now();
  const { envelopeTo, raw } = await handled('a1@example.cn');
  expect(Date.now() - since).toBeLessThan(30_000); // it looks by itself only every minute
  expect(envelopeTo).toBe(replyTo.toLowerCase());
  expect(Buffer.from(raw).toString('latin1')).toMatch(/^Return-Path: <li@example\.cn>\r\nDelivered-To: /);
  const acknowledged = await own.withLedger((ledger) =>
    ledger.issueEvent.findMany({
      where: { type: 'acknowledged', issue: { roundId } },
      select: { issue: { select: { code: true } } },
    }),
  );
  expect(acknowledged.map(({ issue }) => issue.code)).toEqual([code]);
});

test('what was taken is marked as read and stays; what is no answer stays unread', async () => {
  await markedAsRead('a1@example.cn');
  expect(await mailbox()).toMatchObject({ all: ['circular@example.cn', 'a1@example.cn'], read: ['a1@example.cn'] });
  const { checks } = await huitoukan<{ checks: { name: string; state: string; message: string }[] }>(own, 'health');
  expect(checks.find(({ name }) => name.startsWith('取信邮箱'))).toMatchObject({
    state: 'ok',
    message: '正常：取到 1 封答复，1 封不是答复，原样留在邮箱里',
  });
});

test('an answer that comes while the program is killed is taken by the next start, once', async () => {
  await own.killEverything();
  await deliver(replyTo, 'a2@example.cn', `${code} 正在整改`);
  await own.start();
  await own.serving();
  await handled('a2@example.cn');
  await markedAsRead('a2@example.cn');
  expect(await storedIds()).toEqual(['a1@example.cn', 'a2@example.cn']);
});

test('after the mailbox’s server was away, the connection comes back by itself', async () => {
  await dovecot.stop();
  dovecot = await startedDovecot();
  await deliver(replyTo, 'a3@example.cn', `${code} 已制定方案`);
  await handled('a3@example.cn');
  await markedAsRead('a3@example.cn');
});

test('when the mailbox gives new UIDs, what is known meets its own rows and what is new is taken', async () => {
  const before = await mailbox();
  await dovecot.stop();
  const maildir = join(folder, 'dovecot/mail', mailboxUser);
  for (const name of readdirSync(maildir).filter((one) => /^dovecot[.-]/.test(one)))
    rmSync(join(maildir, name), { recursive: true });
  dovecot = await startedDovecot();
  await deliver(replyTo, 'a4@example.cn', `${code} 已报送`);
  await handled('a4@example.cn');
  expect((await mailbox()).uidValidity).not.toBe(before.uidValidity);
  await eventually('the whole mailbox is looked through', () =>
    own.withLedger(async (ledger) => {
      const { stored, keptOut } = await ledger.fetchedMailbox.findFirstOrThrow();
      return stored === 4 && keptOut === 1 ? true : undefined;
    }),
  );
  expect(await storedIds()).toEqual(['a1', 'a2', 'a3', 'a4'].map((one) => `${one}@example.cn`));
});
