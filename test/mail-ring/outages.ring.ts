import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { at } from '../../workflows/rules/instants.ts';
import { addBatch, type BatchLine, nine, prepareRound } from './matrix/batches.ts';
import { queueIdOf } from './matrix/tally.ts';
import { World } from './matrix/world.ts';

let world: World;
let batches = 0;
let lines: BatchLine[] = [];

beforeAll(async () => {
  world = await World.start();
  await prepareRound(world.ledger);
});
beforeEach(async () => {
  lines = await addBatch(world.ledger, (batches += 1));
});
afterAll(() => world.close());

/** Sends what is due at that moment; attempts that wait for a later one are made now. */
async function sendAt(moment: string): Promise<void> {
  await world.ledger.$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now(), "leaseUntil" = now()
    WHERE state IN ('prepared', 'handedOver')`;
  await world.runHere(world.run('ours', moment, 'direct'));
}

const mails = () =>
  world.ledger.mail.findMany({
    where: { address: { in: lines.map(({ address }) => address) } },
    orderBy: { address: 'asc' },
    select: { state: true, uncertain: true, attempts: true, response: true },
  });
/** How often Postfix accepted each; what it delivers again after it was stopped in the middle of it has one queue id. */
const copies = () => lines.map(({ address }) => new Set(world.mailsOf(address).map(queueIdOf)).size);
const once = () => lines.map(() => 1);

async function delivered(): Promise<void> {
  while (world.postfix.queued() > 0) await pause(100);
}

async function arrivedOnceAndSure(): Promise<void> {
  await delivered();
  expect(copies()).toEqual(once());
  for (const mail of await mails()) expect(mail).toMatchObject({ state: 'accepted', uncertain: 0 });
  expect(await world.ledger.person.count({ where: { unreachable: { not: null } } })).toBe(0);
}

test('Postfix that is stopped and started while it takes our mails gets each of them once', async () => {
  world.watch.expect({ verb: 'reply', when: 'after', nth: 2 }, () => world.restartPostfix());
  await world.runHere(world.run('ours', nine, 'watched'));
  await world.watch.struck();
  expect(world.watch.reached).toBe(true);
  for (let looks = 0; looks < 5; looks += 1) await sendAt(nine);
  await arrivedOnceAndSure();
});

test('a queue that stands still has our mails; nothing goes again, however long it does', async () => {
  world.postfix.configure({ defer_transports: 'lmtp' });
  for (const time of ['09:00', '10:00', '17:00']) await sendAt(at('2024-03-29', time));
  expect(copies()).toEqual(lines.map(() => 0));
  expect(world.postfix.queued()).toBe(lines.length);
  for (const mail of await mails()) expect(mail).toMatchObject({ state: 'accepted', attempts: 1 });
  world.postfix.configure({ defer_transports: '' });
  await arrivedOnceAndSure();
});

type Settings = Readonly<Record<string, string>>;

test.each<{ what: string; settings: Settings; undone: Settings; says: RegExp }>([
  {
    what: 'puts every mail off for an hour',
    settings: { smtpd_recipient_restrictions: 'defer' },
    undone: { smtpd_recipient_restrictions: 'permit_mynetworks, reject' },
    says: /^450 4\./,
  },
  {
    what: 'has no room on its disk',
    settings: { queue_minfree: '1000000000000' },
    undone: { queue_minfree: '0' },
    says: /^452 4\.3\.1 Insufficient system storage/,
  },
])('Postfix that $what gets the same mails when it takes them again', async ({ settings, undone, says }) => {
  world.postfix.configure(settings);
  const times = ['09:00', '09:01', '09:03', '09:08', '09:23'];
  for (const time of times) await sendAt(at('2024-03-29', time));
  for (const mail of await mails()) {
    expect(mail).toMatchObject({ state: 'prepared', attempts: times.length });
    expect(mail.response).toMatch(says);
  }
  expect(copies()).toEqual(lines.map(() => 0));
  world.postfix.configure(undone);
  await sendAt(at('2024-03-29', '10:23'));
  await arrivedOnceAndSure();
});

test('after a day without a mail server everybody who still owes something gets one mail, and nobody else any', async () => {
  world.postfix.stop();
  for (const time of ['09:00', '12:00', '17:00']) await sendAt(at('2024-03-29', time));
  const [first, second] = lines;
  const done = [first!, second!].map(({ key }) => key.split('/')[0]!);
  await world.ledger.obligation.updateMany({
    where: { issueId: { in: done } },
    data: { closedAt: at('2024-03-29', '18:00') },
  });
  world.postfix.start();
  await world.listening();
  for (const time of ['09:00', '09:05', '09:10']) await sendAt(at('2024-04-01', time));
  await delivered();
  expect(copies()).toEqual(lines.map((_, place) => (place < 2 ? 0 : 1)));
  const rows = await world.ledger.outboxRow.groupBy({
    by: ['state'],
    where: { key: { in: lines.map(({ key }) => key) } },
    _count: true,
    orderBy: { state: 'asc' },
  });
  expect(rows.map(({ state, _count }) => [state, _count])).toEqual([
    ['cancelled', 2],
    ['sent', lines.length - 2],
  ]);
});
