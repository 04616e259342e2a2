import { expect, onTestFinished, test } from 'vitest';
import { takeNew } from '../../../../client/incoming-mail/imap/take-new.ts';
import { mailboxes } from '../../../../client/health/mailboxes.ts';
import { cast } from '../../../support/cast.ts';
import { addressOf, mailDomain, MailWorld } from '../mail-world.ts';
import { type BreakingPoint, MailboxInMemory } from './mailbox-in-memory.ts';

const mailboxId = 'answers@imap.test/INBOX';

async function withMailbox() {
  const world = await MailWorld.create();
  onTestFinished(() => world.close());
  const mailbox = new MailboxInMemory();
  const told: string[] = [];
  const { ledger } = world;
  return {
    world,
    mailbox,
    told,
    look: () => takeNew({ ledger, mailboxId, mailbox, mailDomain, onStored: (id) => void told.push(id) }),
    place: () => ledger.fetchedMailbox.findUniqueOrThrow({ where: { id: mailboxId } }),
    kept: () => ledger.incomingMail.findMany({ orderBy: { messageId: 'asc' } }),
  };
}

const answer = (token: string, messageId: string) => [
  `Return-Path: <${addressOf(cast.chen)}>`,
  `Delivered-To: reply+${token}@${mailDomain}`,
  `From: ${addressOf(cast.chen)}`,
  `Message-ID: <${messageId}>`,
  '',
  '收到',
];

test('every answer is stored as the mailbox has it, then marked; what is no answer is counted and left alone', async () => {
  const { world, mailbox, told, look, place, kept } = await withMailbox();
  const token = await world.mailAbout([]);
  const circular = mailbox.arrive('To: office@huitoukan.test', '', '会议通知');
  const uids = ['m1', 'm2', 'm3'].map((messageId) => mailbox.arrive(...answer(token, messageId)));

  await look();

  const stored = await kept();
  expect(stored.map(({ messageId }) => messageId)).toEqual(['m1', 'm2', 'm3']);
  expect(stored[0]).toMatchObject({ envelopeTo: `reply+${token}@${mailDomain}`, state: 'stored' });
  expect(Buffer.from(stored[0]!.raw)).toEqual(mailbox.mails.get(uids[0]!)!.bytes);
  expect(told).toHaveLength(3);
  expect(uids.map((uid) => mailbox.marksOf(uid))).toEqual([1, 1, 1]);
  expect(mailbox.marksOf(circular)).toBe(0);
  expect(mailbox.fetched).toEqual(uids);
  expect(await place()).toMatchObject({ lastUid: 4n, stored: 3, keptOut: 1, failedSince: null });
});

test('a second look fetches and marks nothing again', async () => {
  const { world, mailbox, look, place } = await withMailbox();
  const uid = mailbox.arrive(...answer(await world.mailAbout([]), 'm1'));
  await look();
  await look();
  expect(mailbox.fetched).toEqual([uid]);
  expect(mailbox.marksOf(uid)).toBe(1);
  expect(await place()).toMatchObject({ stored: 1 });
});

test.each<BreakingPoint>(['afterList', 'afterBytes', 'beforeMark', 'afterMark'])(
  'a break %s loses no answer and keeps none twice',
  async (point) => {
    const { world, mailbox, look, place, kept } = await withMailbox();
    const token = await world.mailAbout([]);
    const uids = ['m1', 'm2', 'm3'].map((messageId) => mailbox.arrive(...answer(token, messageId)));
    mailbox.breaksAt = point;
    await expect(look()).rejects.toThrow('broken');
    mailbox.breaksAt = undefined;
    await look();
    expect((await kept()).map(({ messageId }) => messageId)).toEqual(['m1', 'm2', 'm3']);
    for (const uid of uids) expect(mailbox.marksOf(uid)).toBeGreaterThan(0);
    expect(await place()).toMatchObject({ lastUid: 3n, stored: 3 });
  },
);

test('while the ledger refuses to store, nothing is marked and the mailbox is not passed over', async () => {
  const { world, mailbox, look, place, kept } = await withMailbox();
  const uid = mailbox.arrive(...answer(await world.mailAbout([]), 'm1'));
  await world.ledger.$executeRawUnsafe('ALTER TABLE "IncomingMail" RENAME TO "Away"');
  await expect(look()).rejects.toThrow();
  expect(mailbox.marksOf(uid)).toBe(0);
  expect(await place()).toMatchObject({ lastUid: 0n });
  await world.ledger.$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "IncomingMail"');
  await look();
  expect(await kept()).toHaveLength(1);
  expect(mailbox.marksOf(uid)).toBe(1);
});

test('a mailbox whose UIDs are others is looked through from its beginning, and known answers meet their own rows', async () => {
  const { world, mailbox, look, place, kept } = await withMailbox();
  const token = await world.mailAbout([]);
  mailbox.arrive('To: office@huitoukan.test', '', '会议通知');
  mailbox.arrive(...answer(token, 'm1'));
  await look();
  const before = await kept();
  mailbox.uidValidity = 8n;
  mailbox.arrive(...answer(token, 'm2'));
  await look();
  expect((await kept()).map(({ messageId }) => messageId)).toEqual(['m1', 'm2']);
  expect((await kept())[0]).toEqual(before[0]);
  expect(await place()).toMatchObject({ uidValidity: 8n, lastUid: 3n, stored: 2, keptOut: 1 });
});

test('an answer that came by the door as well is kept once', async () => {
  const { world, mailbox, look, kept } = await withMailbox();
  const token = await world.mailAbout([]);
  await world.deliver({ token, text: '收到', messageId: '<m1@practice.test>' });
  mailbox.arrive(...answer(token, 'm1@practice.test'));
  await look();
  expect(await kept()).toHaveLength(1);
});

test('an answer larger than the door takes is left in the mailbox and shown to the office', async () => {
  const { world, mailbox, look, kept } = await withMailbox();
  const uid = mailbox.arrive(...answer(await world.mailAbout([]), 'm1'));
  mailbox.sizeShownBytes = 25 * 1024 * 1024 + 1;
  await look();
  expect(await kept()).toEqual([]);
  expect(mailbox.fetched).toEqual([]);
  expect(mailbox.marksOf(uid)).toBe(0);
  expect(await mailboxes(world.ledger, new Date())).toMatchObject([
    { state: 'attention', message: '有超过 25 MB 的答复没有取，请到邮箱里查看' },
  ]);
});

test('a mailbox that lets nothing be marked still gives its answers, once, and the office is told', async () => {
  const { world, mailbox, look, kept } = await withMailbox();
  mailbox.allowsMarks = 'no';
  mailbox.arrive(...answer(await world.mailAbout([]), 'm1'));
  await look();
  await look();
  expect(await kept()).toHaveLength(1);
  const [check] = await mailboxes(world.ledger, new Date());
  expect(check).toMatchObject({ name: `取信邮箱 ${mailboxId}`, state: 'attention' });
});
