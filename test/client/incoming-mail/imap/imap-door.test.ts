import { expect, onTestFinished, test, vi } from 'vitest';
import { mailboxes } from '../../../../client/health/mailboxes.ts';
import { imapAccountOf } from '../../../../client/incoming-mail/imap/account.ts';
import type { OpenMailbox } from '../../../../client/incoming-mail/imap/mailbox.ts';
import { startImapDoor, watchedAre } from '../../../../client/incoming-mail/imap/imap-door.ts';
import { mailDomain, MailWorld } from '../mail-world.ts';
import { MailboxInMemory } from './mailbox-in-memory.ts';

const account = imapAccountOf('imaps://answers:geheim@imap.test');

async function openDoor(open: (account: { id: string }) => Promise<OpenMailbox>) {
  const world = await MailWorld.create();
  const { ledger } = world;
  const lines: string[] = [];
  const pauses: number[] = [];
  const door = startImapDoor({
    account,
    ledger,
    mailDomain,
    onStored: () => undefined,
    log: (line) => void lines.push(line),
    open,
    pauseMs: (failures) => (pauses.push(failures), 0),
  });
  onTestFinished(async () => {
    await door.close();
    await world.close();
  });
  return { world, ledger, lines, pauses, door, token: await world.mailAbout([]) };
}

const refused = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
const answer = (token: string, id: string) => [`To: reply+${token}@${mailDomain}`, `Message-ID: <${id}>`, '', '收到'];

/** However busy the machine is. */
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000 });

test('a server that is away is tried again with growing pauses, said once, and its answers come when it is back', async () => {
  const mailbox = new MailboxInMemory();
  let tries = 0;
  const { ledger, lines, pauses, token } = await openDoor(() =>
    (tries += 1) <= 3 ? refused() : Promise.resolve(mailbox),
  );
  mailbox.arrive(...answer(token, 'm1'));
  await eventually(async () => expect(await ledger.incomingMail.count()).toBe(1));
  mailbox.arrive(...answer(token, 'm2'));
  await eventually(async () => expect(await ledger.incomingMail.count()).toBe(2));
  expect(pauses).toEqual([1, 2, 3]);
  expect(lines).toEqual(['取信邮箱（imap.test）取不到信，原因见 health', '取信邮箱（imap.test）又连上了']);
  expect(await mailboxes(ledger, new Date())).toMatchObject([{ state: 'ok' }]);
});

test('a connection that breaks in the middle is made again, and what it had begun is taken', async () => {
  const mailbox = new MailboxInMemory();
  mailbox.breaksAt = 'beforeMark';
  const { ledger, token } = await openDoor(() => Promise.resolve(mailbox));
  const uid = mailbox.arrive(...answer(token, 'm1'));
  await eventually(async () => expect(await ledger.incomingMail.count()).toBe(1));
  mailbox.breaksAt = undefined;
  await eventually(() => expect(mailbox.marksOf(uid)).toBe(1));
  expect(await ledger.incomingMail.count()).toBe(1);
});

test('the health page has it: first as work for somebody, after a quarter of an hour as a fault, never with the password', async () => {
  const { ledger } = await openDoor(refused);
  await eventually(async () => expect(await mailboxes(ledger, new Date())).toHaveLength(1));
  await eventually(async () =>
    expect((await ledger.fetchedMailbox.findFirstOrThrow()).failedSince).toBeInstanceOf(Date),
  );
  const later = new Date(Date.now() + 16 * 60_000);
  const checks = [...(await mailboxes(ledger, new Date())), ...(await mailboxes(ledger, later))];
  expect(checks.map(({ state }) => state)).toEqual(['attention', 'down']);
  expect(checks[0]?.message).toContain('取不到信：没有程序在这个端口应答');
  expect(JSON.stringify(checks)).not.toContain('geheim');
});

test('a mailbox that nobody watches any more, or none at all, is no fault', async () => {
  const { ledger, door } = await openDoor(() => Promise.resolve(new MailboxInMemory()));
  await eventually(async () => expect(await mailboxes(ledger, new Date())).toMatchObject([{ state: 'ok' }]));
  await door.close();
  const nextDay = new Date(Date.now() + 86_400_000);
  expect(await mailboxes(ledger, nextDay)).toMatchObject([{ state: 'down' }]);
  await watchedAre(ledger, []);
  expect(await mailboxes(ledger, nextDay)).toEqual([]);
});
