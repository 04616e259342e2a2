import { createTransport } from 'nodemailer';
import { expect, onTestFinished, test } from 'vitest';
import { type InboundDoor, startInboundDoor } from '../../../client/incoming-mail/door.ts';
import { cast } from '../../support/cast.ts';
import { addressOf, clockId, mailDomain, MailWorld, now } from './mail-world.ts';

interface OpenDoor {
  readonly world: MailWorld;
  readonly door: InboundDoor;
  readonly stored: string[];
  readonly send: (to: string, content: { from?: string; raw: string }) => Promise<{ response: string }>;
}

async function openDoor(change: Partial<Parameters<typeof startInboundDoor>[0]> = {}): Promise<OpenDoor> {
  const world = await MailWorld.create();
  const stored: string[] = [];
  const door = await startInboundDoor({
    port: 0,
    ledger: world.ledger,
    mailDomain,
    onStored: (id) => void stored.push(id),
    ...change,
  });
  const transport = createTransport({ host: '127.0.0.1', port: door.port, secure: false, ignoreTLS: true });
  onTestFinished(async () => {
    transport.close();
    await door.close();
    await world.close();
  });
  return {
    world,
    door,
    stored,
    send: async (to, { from = addressOf(cast.chen), raw }) => {
      const { response } = await transport.sendMail({ envelope: { from, to }, raw });
      return { response: String(response) };
    },
  };
}

const mailOf = (messageId: string, text = '收到') =>
  [`From: ${addressOf(cast.chen)}`, 'Subject: Re: x', `Message-ID: ${messageId}`, '', text, ''].join('\r\n');

test('a mail is in the ledger, raw and with its envelope sender, before the sender has his 250', async () => {
  const { world, stored, send } = await openDoor();
  const token = await world.mailAbout([]);

  const { response } = await send(`Reply+${token.toUpperCase()}@${mailDomain}`, { raw: mailOf('<m1@practice.test>') });

  expect(response).toMatch(/^250 /);
  const incoming = await world.ledger.incomingMail.findFirstOrThrow();
  expect(incoming).toMatchObject({
    messageId: 'm1@practice.test',
    envelopeTo: `reply+${token}@${mailDomain}`,
    clockId,
    state: 'stored',
  });
  expect(incoming.receivedAt.toISOString()).toBe(now);
  expect(Buffer.from(incoming.raw).toString()).toBe(
    `Return-Path: <${addressOf(cast.chen)}>\r\n${mailOf('<m1@practice.test>')}`,
  );
  expect(stored).toEqual([incoming.id]);
});

test('a second delivery of the same Message-ID meets its own row and changes nothing', async () => {
  const { world, stored, send } = await openDoor();
  const to = `reply+${await world.mailAbout([])}@${mailDomain}`;
  await send(to, { raw: mailOf('<m1@practice.test>') });
  const before = await world.ledger.incomingMail.findMany();

  const { response } = await send(to, { raw: mailOf(' <m1@practice.test>', '另一份') });

  expect(response).toMatch(/^250 /);
  expect(await world.ledger.incomingMail.findMany()).toEqual(before);
  expect(new Set(stored).size).toBe(1);
});

test('mails without a Message-ID are told apart by their bytes', async () => {
  const { world, send } = await openDoor();
  const to = `reply+${await world.mailAbout([])}@${mailDomain}`;
  for (const text of ['一', '二', '一']) await send(to, { raw: `From: a@b.test\r\n\r\n${text}\r\n` });

  expect(await world.ledger.incomingMail.count()).toBe(2);
});

test('a mail with a token nobody knows is stored on the real clock, for the office to see', async () => {
  const { world, send } = await openDoor();

  await send(`reply+${'a'.repeat(26)}@${mailDomain}`, { raw: mailOf('<m1@practice.test>') });

  expect(await world.ledger.incomingMail.findFirstOrThrow()).toMatchObject({ clockId: null, state: 'stored' });
});

test.each([
  'office@huitoukan.test',
  'reply@huitoukan.test',
  'reply+short@huitoukan.test',
  `reply+${'a'.repeat(26)}@elsewhere.test`,
  `reply+${'0'.repeat(26)}@huitoukan.test`,
])('%s is no mailbox here: refused with 550 and a sentence, and nothing is stored', async (to) => {
  const { world, send } = await openDoor();

  await expect(send(to, { raw: mailOf('<m1@practice.test>') })).rejects.toMatchObject({
    responseCode: 550,
    message: expect.stringContaining('No such mailbox here') as string,
  });
  expect(await world.ledger.incomingMail.count()).toBe(0);
});

test('a mail of more than 25 MB is refused with 552 and not stored', async () => {
  const { world, send } = await openDoor();
  const to = `reply+${await world.mailAbout([])}@${mailDomain}`;

  await expect(
    send(to, { raw: mailOf('<m1@practice.test>', `${'x'.repeat(75)}\r\n`.repeat(345_000)) }),
  ).rejects.toMatchObject({
    responseCode: 552,
  });
  expect(await world.ledger.incomingMail.count()).toBe(0);
});

test('while the ledger is out of reach the sender is told to come again later', async () => {
  const { world, stored, send } = await openDoor();
  const to = `reply+${await world.mailAbout([])}@${mailDomain}`;
  await world.ledger.$executeRawUnsafe('ALTER TABLE "IncomingMail" RENAME TO "Elsewhere"');

  await expect(send(to, { raw: mailOf('<m1@practice.test>') })).rejects.toMatchObject({ responseCode: 451 });
  expect(stored).toEqual([]);
});

test('behind a mail server the door speaks LMTP, with the same answers', async () => {
  const { world, door } = await openDoor({ protocol: 'lmtp' });
  const token = await world.mailAbout([]);
  const lmtp = createTransport({ host: '127.0.0.1', port: door.port, lmtp: true, ignoreTLS: true });
  onTestFinished(() => lmtp.close());
  const send = (to: string | string[]) =>
    lmtp.sendMail({ envelope: { from: addressOf(cast.chen), to }, raw: mailOf('<m1@practice.test>') });

  const ours = `reply+${token}@${mailDomain}`;
  const { accepted, rejected } = await send([ours, `reply+${'a'.repeat(26)}@${mailDomain}`]);
  expect({ accepted, rejected: rejected.length }).toEqual({ accepted: [ours], rejected: 1 });
  await expect(send('office@huitoukan.test')).rejects.toMatchObject({ responseCode: 550 });
  expect(await world.ledger.incomingMail.findMany()).toMatchObject([{ envelopeTo: ours }]);
});

test('a door that speaks LMTP lets nobody in who speaks SMTP', async () => {
  const { world, send } = await openDoor({ protocol: 'lmtp' });
  const to = `reply+${await world.mailAbout([])}@${mailDomain}`;
  await expect(send(to, { raw: mailOf('<m1@practice.test>') })).rejects.toThrow('LMTP');
  expect(await world.ledger.incomingMail.count()).toBe(0);
});

test('a port that is taken is refused when the door opens', async () => {
  const { world, door } = await openDoor();

  await expect(
    startInboundDoor({ port: door.port, ledger: world.ledger, mailDomain, onStored: () => undefined }),
  ).rejects.toThrow('EADDRINUSE');
});

test('answers that come in through the door are handled without further call', async () => {
  const world = await MailWorld.create();
  onTestFinished(() => world.close());
  const issueId = await world.issue(1);
  const token = await world.mailAbout([issueId]);
  const door = await startInboundDoor({
    port: 0,
    ledger: world.ledger,
    mailDomain,
    onStored: () => world.inbox.handleStored(),
  });
  const transport = createTransport({ host: '127.0.0.1', port: door.port, secure: false, ignoreTLS: true });
  await transport.sendMail({
    from: addressOf(cast.chen),
    to: `reply+${token}@${mailDomain}`,
    subject: 'x',
    text: '收到',
  });
  transport.close();
  await door.close();
  await world.inbox.handleStored();

  expect(world.issues.calls).toMatchObject([{ act: 'acknowledge', issueId }]);
});

test('a mail with control characters where none belong is kept like any other', async () => {
  const { world, send } = await openDoor();
  const token = await world.mailAbout([]);
  const raw = mailOf('<m\0\u00012@practice.test>', '收\0到');
  expect((await send(`reply+${token}@${mailDomain}`, { raw })).response).toMatch(/^250 /);
  const incoming = await world.ledger.incomingMail.findFirstOrThrow();
  expect(incoming.messageId).toBe('m2@practice.test');
  expect(Buffer.from(incoming.raw).toString()).toContain(raw);
});
