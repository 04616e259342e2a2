import { beforeEach, describe, expect, it } from 'vitest';
import { sendBack } from '../../../client/incoming-mail/send-back.ts';
import type { MailTransport, SendOutcome } from '../../../activities/mail/transport.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { mailRoom } from './mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const called: string[] = [];
const ports = { ledger: room.ledger, rowsPlanned: (clockId: string) => void called.push(clockId) };
const gone = { recipient: 'chen@unit.example', status: '5.1.1', permanent: true };

beforeEach(async () => {
  called.length = 0;
  await room.chenOwesEvidence(friday);
});

const toChen = () =>
  room.ledger.mail.findMany({
    where: { personId: 'chen' },
    select: { id: true, state: true, lines: { select: { rowKey: true } } },
    orderBy: { preparedAt: 'asc' },
  });
const shapeOf = async () => (await toChen()).map(({ state, lines }) => `${state} ${String(lines.length)}`);
const chen = () => room.ledger.person.findUniqueOrThrow({ where: { id: 'chen' } });

/** Both measures' lines leave on Friday; gives the mail that carried them and the rows. */
async function sent() {
  const rows = [
    await room.row({ obligationId: 'evidence-1-1', on: friday }),
    await room.row({ obligationId: 'evidence-2-1', on: friday }),
  ];
  await room.deliver(at(friday, '09:00'));
  const [mail] = await toChen();
  expect(mail?.state).toBe('accepted');
  return { mailId: mail!.id, rows };
}

describe('a mail that was accepted and comes back', () => {
  it('because its address is gone is brought on paper, reminds nobody, and is told to the office once', async () => {
    const { mailId, rows } = await sent();
    for (const time of ['first', 'again']) {
      expect({ time, effect: await sendBack(ports, { mailId, bounce: [gone] }) }).toEqual({
        time,
        effect: 'addressGone',
      });
    }
    expect(called).toEqual(['real', 'real']);
    expect((await chen()).unreachable).toMatch(/^\d{4}-\d\d-\d\d退信：地址不存在或不再收信（5\.1\.1）$/);
    for (const row of rows) expect(await room.state(row)).toBe('claimed');

    const before = room.server.taken.length;
    for (const time of ['10:00', '10:05']) await room.deliver(at(friday, time));
    await sendBack(ports, { mailId, bounce: [gone] });
    expect(await shapeOf()).toEqual(['replaced 0', 'toPrint 2']);
    expect(room.server.taken.slice(before).map(({ to }) => to)).toEqual(['wang@unit.example']);
    expect((await room.server.mails()).at(-1)?.subject).toContain('1份打印件待送达');
  });

  it('brings nothing that has been done meanwhile', async () => {
    const { mailId, rows } = await sent();
    await room.ledger.obligation.updateMany({ data: { closedAt: at(friday, '09:30') } });
    await sendBack(ports, { mailId, bounce: [gone] });
    await room.deliver(at(friday, '10:00'));
    expect(await shapeOf()).toEqual(['replaced 2']);
    for (const row of rows)
      expect([await room.state(row), await room.reason(row)]).toEqual(['skipped', '打印件送达以前，所列事项已办结']);
    expect((await chen()).unreachable).not.toBeNull();
  });

  it.each([
    ['a mailbox is full', { ...gone, status: '5.2.2', permanent: false }],
    ['another address is gone', { ...gone, recipient: 'li@unit.example' }],
  ])('because %s stays as it is', async (_, told) => {
    const { mailId } = await sent();
    expect(await sendBack(ports, { mailId, bounce: [told] })).toBe('noted');
    expect(await shapeOf()).toEqual(['accepted 2']);
    expect((await chen()).unreachable).toBeNull();
    expect(called).toEqual([]);
  });

  it('does not make an address unreachable that has been corrected since', async () => {
    const { mailId } = await sent();
    await room.ledger.person.update({ where: { id: 'chen' }, data: { email: 'chen2@unit.example' } });
    expect(await sendBack(ports, { mailId, bounce: [gone] })).toBe('addressCorrected');
    expect((await chen()).unreachable).toBeNull();
  });

  it.each<[string, SendOutcome]>([
    ['taken', { kind: 'accepted', response: '250 ok' }],
    ['lost sight of', { kind: 'unknown', response: 'connection closed' }],
    ['put off', { kind: 'deferred', response: '451 later' }],
  ])('before its own handover is answered is refused, even if it is then %s', async (_, outcome) => {
    const row = await room.row({ obligationId: 'evidence-1-1', on: friday });
    const transport: MailTransport = {
      ...room.transport,
      send: async ({ to }) => {
        if (!to.startsWith('chen')) return { kind: 'accepted', response: '250 ok' };
        const [mail] = await toChen();
        expect(mail?.state).toBe('handedOver');
        expect(await sendBack(ports, { mailId: mail!.id, bounce: [gone] })).toBe('addressGone');
        return outcome;
      },
    };
    await room.deliver(at(friday, '09:00'), { transport });
    await room.retriesNow();
    await room.deliver(at(friday, '10:00'));
    expect([await shapeOf(), await room.state(row)]).toEqual([['replaced 0', 'toPrint 1'], 'claimed']);
    expect(room.server.taken.filter(({ to }) => to.startsWith('chen'))).toEqual([]);
  });

  it('is refused also while it waits for another attempt', async () => {
    await room.row({ obligationId: 'evidence-1-1', on: friday });
    room.server.onRecipient = () => ({ code: 451, text: '4.3.0 later' });
    await room.deliver(at(friday, '09:00'));
    const [mail] = await toChen();
    expect(mail?.state).toBe('prepared');
    expect(await sendBack(ports, { mailId: mail!.id, bounce: [gone] })).toBe('addressGone');
    room.server.onRecipient = () => undefined;
    await room.retriesNow();
    await room.deliver(at(friday, '10:00'));
    expect(await shapeOf()).toEqual(['replaced 0', 'toPrint 1']);
  });
});
