import { beforeEach, describe, expect, it } from 'vitest';
import { type MailTransport, smtpTransport, type Whereabouts } from '../../activities/mail/transport.ts';
import { at } from '../../workflows/rules/instants.ts';
import { mailRoom } from './mail/mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const nine = at(friday, '09:00');

type Asked = Parameters<NonNullable<MailTransport['whereabouts']>>[0];
let asked: Asked[];
let row: string;

/** The room's server, which is also asked, and answers this. */
function answering(answer: Whereabouts): MailTransport {
  return { ...room.transport, whereabouts: (mail) => Promise.resolve((asked.push(mail), answer)) };
}

beforeEach(async () => {
  asked = [];
  await room.person('chen', '陈办事员', 'handler');
  await room.issue(1);
  await room.owes('issue-1', 'evidence-1-1', 'evidence', friday, { measure: 1 });
  row = await room.row({ on: friday });
  const silent: MailTransport = {
    ...room.transport,
    send: () => Promise.resolve({ kind: 'unknown', response: 'the line broke' }),
  };
  await room.deliver(nine, { transport: silent });
  await room.retriesNow();
});

describe('a mail that was handed over without an answer', () => {
  it('is asked for by its Message-ID, its own sender and the moment of the handover', async () => {
    await room.deliver(nine, { transport: answering({ kind: 'absent' }) });
    const mail = await room.ledger.mail.findFirstOrThrow();
    expect(asked).toEqual([
      {
        messageId: mail.messageId,
        envelopeFrom: room.server.taken[0]!.from,
        handedOverAt: mail.handedOverAt,
      },
    ]);
    expect(Date.now() - mail.handedOverAt!.getTime()).toBeLessThan(60_000);
  });

  it('and was accepted is written down with its queue id and not sent again', async () => {
    await room.deliver(nine, { transport: answering({ kind: 'accepted', queueId: '4Bbb' }) });
    expect(room.server.taken).toEqual([]);
    expect(await room.state(row)).toBe('sent');
    const [mail] = await room.mails();
    expect(mail).toMatchObject({ state: 'accepted', uncertain: 0 });
    expect(mail!.response).toContain('queued as 4Bbb');
  });

  it('and is certainly not there is sent once, and that is not uncertain', async () => {
    await room.deliver(nine, { transport: answering({ kind: 'absent' }) });
    expect(room.server.taken).toHaveLength(1);
    expect(await room.mail()).toMatchObject({ state: 'accepted', uncertain: 0 });
  });

  it('and is being received is left alone, and asked for again within seconds', async () => {
    const { nextAt } = await room.deliver(nine, { transport: answering({ kind: 'receiving' }) });
    expect(room.server.taken).toEqual([]);
    expect(await room.mail()).toMatchObject({ state: 'handedOver', uncertain: 0 });
    expect(Date.parse(nextAt!) - Date.parse(nine)).toBeLessThanOrEqual(11_000);
  });

  it('and of which nobody knows goes again in the same bytes, counted as uncertain', async () => {
    await room.deliver(nine, { transport: answering({ kind: 'unknown', because: '日志不够早' }) });
    const { raw, ...mail } = await room.mail();
    expect(mail).toMatchObject({ state: 'accepted', uncertain: 1 });
    expect(room.server.taken.map((taken) => taken.raw)).toEqual([raw]);
  });

  it('keeps its unknown fate when the server is away, counts nothing, and is found when the server is back', async () => {
    const nowhere = smtpTransport('smtp://127.0.0.1:1', 'world');
    const away = { ...nowhere, whereabouts: answering({ kind: 'unknown', because: '查询不通' }).whereabouts! };
    await room.deliver(nine, { transport: away });
    expect(await room.mail()).toMatchObject({ state: 'handedOver', uncertain: 0 });
    await room.retriesNow();
    await room.deliver(nine, { transport: answering({ kind: 'accepted', queueId: '4Bbb' }) });
    expect(room.server.taken).toEqual([]);
    expect(await room.mail()).toMatchObject({ state: 'accepted', uncertain: 0 });
    nowhere.close();
  });

  it('is not sent by one whose lease went to somebody else while the server was asked', async () => {
    const slow: MailTransport = {
      ...room.transport,
      whereabouts: async () => {
        await room.ledger.mail.updateMany({ data: { leaseOwner: 'worker-2' } });
        return { kind: 'absent' };
      },
    };
    await room.deliver(nine, { transport: slow });
    expect(room.server.taken).toEqual([]);
    expect(await room.mail()).toMatchObject({ state: 'handedOver', uncertain: 0 });
  });
});

it('a mail that was refused for now is not asked for: it certainly was not accepted', async () => {
  await room.ledger.$executeRaw`UPDATE "Mail" SET state = 'prepared'`;
  room.server.onRecipient = () => ({ code: 451, text: '4.3.1 disk full' });
  await room.deliver(nine, { transport: answering({ kind: 'absent' }) });
  await room.retriesNow();
  room.server.onRecipient = () => undefined;
  await room.deliver(nine, { transport: answering({ kind: 'absent' }) });
  expect(asked).toEqual([]);
  expect(await room.mail()).toMatchObject({ state: 'accepted', uncertain: 0 });
});
