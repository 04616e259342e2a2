import { expect, onTestFinished, test } from 'vitest';
import { createMailActivities } from '../../../activities/deliver-due.ts';
import type { MailTransport } from '../../../activities/mail/transport.ts';
import { storeIncoming } from '../../../client/incoming-mail/store-incoming.ts';
import { cast } from '../../support/cast.ts';
import { addressOf, clockId, mailDomain, MailWorld, now } from './mail-world.ts';

interface Sent {
  readonly from: string;
  readonly to: string;
  readonly raw: Buffer;
}

/** Lets a system send what is due, and gives what left. */
async function sendDue({ ledger }: MailWorld): Promise<Sent[]> {
  const sent: Sent[] = [];
  const transport: MailTransport = {
    reach: 'practiceMailbox',
    send: (mail) => {
      sent.push(mail);
      return Promise.resolve({ kind: 'accepted', response: '250 ok' });
    },
    close: () => undefined,
  };
  const activities = createMailActivities({
    ledger,
    transportFor: () => transport,
    secret: 'test-secret',
    mailDomain,
    publicUrl: 'https://huitoukan.example',
    leaseOwner: 'worker',
    realNow: () => now,
    log: () => undefined,
  });
  await activities.deliverDue({ clockId, now });
  return sent;
}

async function receive(world: MailWorld, { from, to, raw }: Sent): Promise<void> {
  const id = await storeIncoming(world.ledger, { bytes: raw, envelopeFrom: from, envelopeTo: to });
  await world.inbox.handle(id);
}

test.each([
  { what: 'a refusal', from: 'elsewhere@qq.example', text: '已完成' },
  { what: 'an acknowledgement', from: addressOf(cast.chen), text: '收到' },
])('two systems that have each other as a person come to rest after $what', async ({ from, text }) => {
  const [one, other] = [await MailWorld.create(), await MailWorld.create()];
  onTestFinished(async () => {
    await one.close();
    await other.close();
  });
  const tokens = new Map<MailWorld, string>();
  for (const world of [one, other]) tokens.set(world, await world.mailAbout([await world.issue(1)]));
  await one.answered({ token: tokens.get(one)!, from, text });
  // From now on each knows 陈 by the reply address of the other.
  for (const [world, partner] of [
    [one, other],
    [other, one],
  ] as const) {
    const email = `reply+${tokens.get(partner)!}@${mailDomain}`;
    await world.ledger.person.update({ where: { id: cast.chen }, data: { email } });
    await world.ledger.outboxRow.updateMany({ where: { kind: 'reminder' }, data: { state: 'sent' } });
  }

  const exchanged: string[] = [];
  for (let rounds = 0; rounds < 5; rounds += 1) {
    for (const [sender, receiver] of [
      [one, other],
      [other, one],
    ] as const) {
      for (const mail of await sendDue(sender)) {
        if (!mail.to.startsWith('reply+')) continue;
        exchanged.push(mail.to);
        await receive(receiver, mail);
      }
    }
  }
  expect(exchanged).toEqual([`reply+${tokens.get(other)!}@${mailDomain}`]);
  expect(await other.ledger.incomingMail.findMany({ select: { verdict: true } })).toMatchObject([
    { verdict: { kind: 'automatic' } },
  ]);
});
