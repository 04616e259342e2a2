import { beforeEach, describe, expect, it } from 'vitest';
import { addMs, at, type IsoInstant } from '../../workflows/rules/instants.ts';
import { readSendingRates } from '../../workflows/rules/sending-rate.ts';
import { mailRoom } from './mail/mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const nine = at(friday, '09:00');
const after = (seconds: number) => addMs(nine, seconds * 1_000);
const people = ['chen', 'li', 'wu', 'zhao', 'zhou'];
const twoAMinute = readSendingRates('*=2')!;

/** Each owes something of his own, and is reminded of it at nine. */
async function remind(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await room.person(id, id);
    const issueId = await room.issue((await room.ledger.issue.count()) + 1);
    await room.assign(id, 'handler', { issueId });
    await room.owes(issueId, 'check-in-1', 'checkIn', friday);
    await room.row({ issueId, obligationId: 'check-in-1', on: friday });
  }
}
beforeEach(() => remind(people));

const deliver = (now: IsoInstant, changes: Parameters<typeof room.deliver>[1] = {}) =>
  room.deliver(now, { rates: twoAMinute, ...changes });
const readers = () => room.server.taken.map(({ to }) => to.split('@')[0]);
const board = () =>
  room.ledger.postOffice.findUniqueOrThrow({ where: { clockId: 'real' }, select: { held: true, heldUntil: true } });

describe('the mails of a morning to one domain', () => {
  it('leave two a minute, each once, and the post-office sleeps until the next may', async () => {
    expect(await deliver(nine)).toEqual({ delivered: 2, nextAt: after(60) });
    expect(await deliver(after(60))).toEqual({ delivered: 2, nextAt: after(120) });
    expect(await deliver(after(120))).toEqual({ delivered: 1, nextAt: null });
    expect(readers().toSorted()).toEqual(people);
  });

  it('leave in the order in which they were made', async () => {
    await deliver(nine);
    const order = await room.ledger.mail.findMany({ orderBy: [{ preparedAt: 'asc' }, { id: 'asc' }] });
    const made = order.map(({ personId }) => personId);
    expect(readers().toSorted()).toEqual(made.slice(0, 2).toSorted());
    await deliver(after(60));
    expect(readers().slice(2).toSorted()).toEqual(made.slice(2, 4).toSorted());
  });

  it('are counted by the ledger: a process started anew sends none before its time', async () => {
    await deliver(nine, { owner: 'worker-1' });
    expect(await deliver(after(59), { owner: 'worker-2' })).toEqual({ delivered: 0, nextAt: after(60) });
    expect(room.server.taken).toHaveLength(2);
  });

  it('are no more when two processes send at once', async () => {
    await deliver(nine);
    await Promise.all(['worker-1', 'worker-2'].map((owner) => deliver(after(60), { owner })));
    expect(room.server.taken).toHaveLength(4);
  });

  it('count also when the server put them off: it was asked all the same', async () => {
    room.server.onRecipient = () => ({ code: 450, text: '4.7.1 too frequent' });
    await deliver(nine);
    room.server.onRecipient = () => undefined;
    expect(await deliver(after(30))).toMatchObject({ delivered: 0 });
    expect(room.server.taken).toEqual([]);
    expect(await deliver(after(60))).toMatchObject({ delivered: 2 });
  });

  it('let an acknowledgement that comes meanwhile leave before them', async () => {
    await deliver(nine);
    const content = { subject: 'Re: 整改督办', text: '来信已收到。' };
    await room.row({ key: 'ack/1', kind: 'acknowledgement', personId: 'zhou', on: friday, content });
    await deliver(after(60));
    const lines = (await room.server.lines()).slice(2).flat();
    expect(lines).toHaveLength(2);
    expect(lines).toContain('ack/1');
  });

  it('wait for the next sending day when the day is over, and then leave at the same rate', async () => {
    const late = at(friday, '17:59');
    expect(await deliver(late)).toEqual({ delivered: 2, nextAt: at('2024-04-01', '08:30') });
    const monday = at('2024-04-01', '09:00');
    // What is left over of Friday is written anew, as Monday's mails.
    expect(await deliver(at('2024-04-01', '08:30'))).toEqual({ delivered: 0, nextAt: monday });
    expect(await deliver(monday)).toEqual({ delivered: 2, nextAt: addMs(monday, 60_000) });
    expect(await deliver(addMs(monday, 60_000))).toMatchObject({ delivered: 1 });
    expect(readers().toSorted()).toEqual(people);
  });

  it('are told to whoever asks: how many wait for the rate alone, and until when', async () => {
    await deliver(nine);
    expect(await board()).toEqual({ held: 3, heldUntil: new Date(after(120)) });
    await deliver(after(60));
    await deliver(after(120));
    expect(await board()).toEqual({ held: 0, heldUntil: null });
  });

  it('leave at once when they go to the practice mailbox, which is on this machine', async () => {
    expect(await deliver(nine, { transport: room.practiceTransport })).toEqual({ delivered: 5, nextAt: null });
  });

  it('leave at once beside those of a domain that is named with a rate of its own', async () => {
    await room.ledger.person.update({ where: { id: 'zhou' }, data: { email: 'zhou@qq.com' } });
    const rates = readSendingRates('*=unlimited,qq.com=1')!;
    expect(await deliver(nine, { rates })).toEqual({ delivered: 5, nextAt: null });
  });
});

describe('a slow mail server', () => {
  it('holds up an answer for half a minute, not until it has taken all reminders: then it is looked anew', async () => {
    await remind(['qian', 'sun', 'feng', 'chu', 'wei', 'jiang', 'shen', 'han', 'yang']);
    let now = nine;
    room.server.onRecipient = () => void (now = addMs(now, 10_000));
    const realNow = () => now;
    const first = await room.deliver(nine, { realNow });
    expect(first.delivered).toBeLessThan(14);
    expect(first.nextAt).toBe(now);
    const content = { subject: 'Re: 整改督办', text: '来信已收到。' };
    await room.row({ key: 'ack/1', kind: 'acknowledgement', personId: 'zhou', on: friday, content });
    await room.deliver(now, { realNow });
    const lines = (await room.server.lines()).flat();
    expect(lines).toHaveLength(15);
    expect(lines).toContain('ack/1');
  });
});
