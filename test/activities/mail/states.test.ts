import { beforeEach, describe, expect, it } from 'vitest';
import type { MailState, RowState } from '../../../prisma/generated/enums.ts';
import { recordDelivery } from '../../../client/prints/record-delivery.ts';
import type { MailTransport, SendOutcome } from '../../../activities/mail/transport.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { mailRoom } from './mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const monday = '2024-04-01';
const nine = at(friday, '09:00');

beforeEach(() => room.chenOwesEvidence(friday));

const answers = (outcome: SendOutcome): MailTransport => ({ ...room.transport, send: () => Promise.resolve(outcome) });
const chens = async () => {
  const [mail] = await room.ledger.mail.findMany({ where: { personId: 'chen' }, orderBy: { preparedAt: 'desc' } });
  return mail!;
};
const page = async () => {
  await room.ledger.person.update({ where: { id: 'chen' }, data: { email: null } });
  const row = await room.row({ on: friday });
  await room.deliver(nine);
  return row;
};

/** How a row comes to stand so; each gives its key. */
const rowsReach: Readonly<Record<RowState, () => Promise<string>>> = {
  planned: () => room.row({ on: monday }),
  cancelled: async () => {
    const row = await room.row({ on: friday });
    await room.meets('issue-1', 'evidence-1-1');
    await room.deliver(nine);
    return row;
  },
  collapsed: async () => {
    const row = await room.row({ rungId: 'before-3', on: friday, missed: 'collapse' });
    await room.row({ rungId: 'on-day', on: monday });
    await room.deliver(at(monday, '09:00'));
    return row;
  },
  skipped: async () => {
    const row = await room.row({ on: friday, missed: 'skip' });
    await room.deliver(at(monday, '09:00'));
    return row;
  },
  claimed: async () => {
    const row = await room.row({ on: friday });
    await room.deliver(nine, { transport: answers({ kind: 'deferred', response: '451 later' }) });
    return row;
  },
  sent: async () => {
    const row = await room.row({ on: friday });
    await room.deliver(nine);
    return row;
  },
};

/** How a mail comes to stand so, each from nothing. */
const mailsReach: Readonly<Record<MailState, () => Promise<unknown>>> = {
  prepared: rowsReach.claimed,
  handedOver: async () => {
    await room.row({ on: friday });
    await room.deliver(nine, { transport: answers({ kind: 'unknown', response: 'connection closed' }) });
  },
  accepted: rowsReach.sent,
  refused: async () => {
    await room.row({ on: friday });
    // The page that takes its place cannot be made now.
    await room.ledger.$executeRaw`ALTER TABLE "Mail" ADD CONSTRAINT no_page CHECK (state <> 'toPrint')`;
    const refused = answers({ kind: 'refused', because: 'address', response: '550 5.1.1' });
    await room.deliver(nine, { transport: refused }).catch(() => undefined);
    await room.ledger.$executeRaw`ALTER TABLE "Mail" DROP CONSTRAINT no_page`;
  },
  replaced: async () => {
    await room.row({ on: friday });
    room.server.onRecipient = () => ({ code: 550, text: '5.1.1 no such user' });
    await room.deliver(nine);
  },
  toPrint: page,
  printed: async () => {
    await page();
    const { id } = await chens();
    await recordDelivery(room.ledger, { ref: id, deliveredBy: 'wang', on: friday });
  },
  lapsed: async () => {
    await page();
    await room.meets('issue-1', 'evidence-1-1');
    await room.deliver(at(friday, '10:00'));
  },
};

describe('every state is reached', () => {
  it.each(Object.keys(rowsReach) as RowState[])('a row is %s', async (state) => {
    expect(await room.state(await rowsReach[state]())).toBe(state);
  });

  it.each(Object.keys(mailsReach) as MailState[])('a mail is %s', async (state) => {
    await mailsReach[state]();
    const states = await room.ledger.mail.findMany({ where: { personId: 'chen' }, select: { state: true } });
    expect(states.map((mail) => mail.state)).toContain(state);
  });
});
