import { beforeEach, describe, expect, it } from 'vitest';
import { cancelLines } from '../../activities/ledger/outbox-lines.ts';
import { at } from '../../workflows/rules/instants.ts';
import { mailRoom } from './mail/mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const nine = at(friday, '09:00');

beforeEach(async () => {
  await room.person('chen', '陈办事员', 'handler');
  await room.person('li', '李局长', 'responsibleLeader');
  await room.issue(1);
  await room.owes('issue-1', 'evidence-1-1', 'evidence', friday, { measure: 1 });
});

describe('one mail per person and day', () => {
  it('gathers what is due to one person into one mail, and mails nobody who owes nothing', async () => {
    await room.person('zhou', '周旁人');
    await room.issue(2);
    await room.owes('issue-2', 'check-in-1', 'checkIn', friday);
    const one = await room.row({ on: friday });
    const other = await room.row({ issueId: 'issue-2', obligationId: 'check-in-1', on: friday });
    const { delivered, nextAt } = await room.deliver(nine);
    expect(delivered).toBe(2);
    expect(nextAt).toBeNull();
    expect((await room.server.lines()).map((lines) => lines.toSorted())).toEqual([[one, other].toSorted()]);
    expect(room.server.taken[0]).toMatchObject({ to: 'chen@unit.example' });
    expect([await room.state(one), await room.state(other)]).toEqual(['sent', 'sent']);
  });

  it('has an envelope sender of its own, which is where its answer goes: so a bounce tells which mail came back (VERP)', async () => {
    await room.issue(2);
    await room.assign('li', 'handler', { issueId: 'issue-2' });
    await room.owes('issue-2', 'check-in-1', 'checkIn', friday);
    await room.row({ on: friday });
    await room.row({ issueId: 'issue-2', obligationId: 'check-in-1', on: friday });
    await room.deliver(nine);
    const senders = room.server.taken.map(({ from }) => from);
    expect(senders).toEqual((await room.server.mails()).map(({ replyTo }) => replyTo?.[0]?.address));
    expect(new Set(senders).size).toBe(2);
    for (const sender of senders) expect(sender).toMatch(/^reply\+[a-z2-7]{26}@huitoukan\.example$/);
  });

  it('waits until a round is launched as a whole, so that the first mail gathers all that is assigned', async () => {
    await room.issue(2);
    await room.owes('issue-2', 'check-in-1', 'checkIn', friday);
    const state = (to: 'draft' | 'launched') =>
      room.ledger.round.update({ where: { id: 'round' }, data: { state: to } });
    await state('draft');
    await room.row({ on: friday });
    expect(await room.deliver(nine)).toEqual({ delivered: 0, nextAt: null });
    await room.row({ issueId: 'issue-2', obligationId: 'check-in-1', on: friday });
    await state('launched');
    expect(await room.deliver(nine)).toMatchObject({ delivered: 2 });
    expect(room.server.taken).toHaveLength(1);
  });

  it('leaves a row alone before its moment and says when that comes', async () => {
    await room.row({ on: '2024-04-01' });
    expect(await room.deliver(nine)).toEqual({ delivered: 0, nextAt: at('2024-04-01', '09:00') });
    const { wakeAt } = await room.ledger.postOffice.findUniqueOrThrow({ where: { clockId: 'real' } });
    expect(wakeAt?.toISOString()).toBe(at('2024-04-01', '09:00'));
    expect(room.server.taken).toEqual([]);
  });

  it('defers what falls due after the mail of the day to the next workday, and sends it then', async () => {
    await room.row({ on: friday });
    await room.deliver(nine);
    await room.owes('issue-1', 'check-in-1', 'checkIn', friday);
    const late = await room.row({ obligationId: 'check-in-1', on: friday, missed: 'skip' });
    const { delivered, nextAt } = await room.deliver(at(friday, '14:00'));
    expect({ delivered, nextAt }).toEqual({ delivered: 0, nextAt: at('2024-04-01', '09:00') });
    expect(await room.reason(late)).toBe('收件人2024-03-29已收到一封督办邮件，顺延至2024-04-01');
    await room.deliver(at('2024-04-01', '09:00'));
    expect((await room.server.lines()).at(-1)).toEqual([late]);
    expect(await room.state(late)).toBe('sent');
  });

  it('sends a line for two people to one today and to the other, who has had his mail, on the next workday', async () => {
    await room.person('sun', '孙办事员', 'handler');
    await room.issue(2);
    await room.owes('issue-2', 'check-in-1', 'checkIn', friday);
    await room.assign('chen', 'handler', { issueId: 'issue-2' });
    await room.row({ issueId: 'issue-2', obligationId: 'check-in-1', on: friday });
    await room.deliver(nine);
    const shared = await room.row({ on: friday });
    await room.deliver(at(friday, '10:00'));
    expect(await room.state(shared)).toBe('claimed');
    expect(room.server.taken.map(({ to }) => to)).toEqual(['chen@unit.example', 'sun@unit.example']);
    await room.deliver(at('2024-04-01', '09:00'));
    expect(room.server.taken.map(({ to }) => to)).toEqual([
      'chen@unit.example',
      'sun@unit.example',
      'chen@unit.example',
    ]);
    expect(await room.state(shared)).toBe('sent');
  });

  describe('of a line for two people of whom one has had his copy', () => {
    let shared: string;
    const monday = at('2024-04-01', '09:00');
    const suspended = () => ({ linesCancelled: [shared], events: [{ type: 'suspended', sequence: 7 }] });
    beforeEach(async () => {
      await room.person('sun', '孙办事员', 'handler');
      await room.issue(2);
      await room.owes('issue-2', 'check-in-1', 'checkIn', friday);
      await room.assign('chen', 'handler', { issueId: 'issue-2' });
      await room.row({ issueId: 'issue-2', obligationId: 'check-in-1', on: friday });
      await room.deliver(nine);
      shared = await room.row({ on: friday });
      await room.deliver(at(friday, '10:00'));
      expect(room.server.taken.map(({ to }) => to)).toEqual(['chen@unit.example', 'sun@unit.example']);
    });

    it('does not send the rest once the thing is done', async () => {
      await room.meets('issue-1', 'evidence-1-1');
      expect(await room.deliver(monday)).toEqual({ delivered: 0, nextAt: null });
      expect([await room.state(shared), await room.reason(shared)]).toEqual(['sent', '已办结，未再发给其余收件人']);
      expect(room.server.taken).toHaveLength(2);
    });

    it('does not send the rest once it is taken back, as by a suspension, though the thing is still owed', async () => {
      await room.ledger.$transaction((tx) => cancelLines(tx, suspended()));
      await room.ledger.$transaction((tx) => cancelLines(tx, suspended())); // a second run changes nothing
      expect(await room.deliver(monday)).toEqual({ delivered: 0, nextAt: null });
      expect(await room.state(shared)).toBe('sent');
      expect(await room.reason(shared)).toBe('第7号事件后不再需要，未再发给其余收件人');
      expect(room.server.taken).toHaveLength(2);
    });

    it('sends the rest when the line is planned again after it was taken back, and nobody a second copy', async () => {
      await room.ledger.$transaction((tx) => cancelLines(tx, suspended()));
      await room.deliver(at(friday, '11:00'));
      expect(await room.state(shared)).toBe('sent');
      await room.plansAgain(shared);
      await room.plansAgain(shared); // a second run changes nothing
      expect(await room.state(shared)).toBe('claimed');
      expect(await room.deliver(monday)).toEqual({ delivered: 1, nextAt: null });
      expect(room.server.taken.map(({ to }) => to).slice(2)).toEqual(['chen@unit.example']);
      expect((await room.server.lines()).flat().filter((key) => key === shared)).toHaveLength(2);
      expect([await room.state(shared), await room.reason(shared)]).toEqual(['sent', null]);
    });

    it('sends the rest when what had met the duty is undone', async () => {
      await room.meets('issue-1', 'evidence-1-1');
      await room.deliver(monday);
      await room.owesAgain('issue-1', 'evidence-1-1');
      await room.plansAgain(shared);
      expect(await room.deliver(at('2024-04-01', '09:05'))).toMatchObject({ delivered: 1 });
      expect(room.server.taken.at(-1)).toMatchObject({ to: 'chen@unit.example' });
    });

    it('sends nothing again when everybody had his before the line is planned again', async () => {
      await room.deliver(monday);
      await room.ledger.$transaction((tx) => cancelLines(tx, suspended()));
      await room.plansAgain(shared);
      expect(await room.deliver(at('2024-04-01', '09:05'))).toEqual({ delivered: 0, nextAt: null });
      expect([await room.state(shared), room.server.taken.length]).toEqual(['sent', 3]);
    });
  });
});

describe('who a line goes to', () => {
  it('goes to whoever holds the role for the issue when it is sent, not to his predecessor nor to the round’s', async () => {
    await room.person('old', '前任');
    await room.person('new', '接任');
    await room.assign('old', 'handler', { issueId: 'issue-1', untilAt: nine });
    await room.assign('new', 'handler', { issueId: 'issue-1', fromAt: nine });
    await room.row({ on: friday });
    await room.deliver(nine);
    expect(room.server.taken.map(({ to }) => to)).toEqual(['new@unit.example']);
  });

  it('falls back to the holder of the round when the issue’s own has gone', async () => {
    await room.person('old', '前任');
    await room.assign('old', 'handler', { issueId: 'issue-1', untilAt: at('2024-03-28', '09:00') });
    await room.row({ on: friday });
    await room.deliver(nine);
    expect(room.server.taken.map(({ to }) => to)).toEqual(['chen@unit.example']);
  });

  it('says why when nobody holds the role', async () => {
    const row = await room.row({ on: friday, role: 'groupHead' });
    await room.deliver(nine);
    expect([await room.state(row), await room.reason(row)]).toEqual(['skipped', '没有人担任组长，无人可发']);
  });

  it('keeps the line for paper when the only holder has no mail, and not when another has one', async () => {
    await room.ledger.person.update({ where: { id: 'li' }, data: { email: null } });
    const row = await room.row({ on: friday, role: 'responsibleLeader' });
    await room.deliver(nine);
    expect([await room.state(row), await room.reason(row)]).toEqual(['claimed', null]);
    expect(await room.mail()).toMatchObject({ state: 'toPrint', attempts: 0 });
    await room.person('deputy', '副局长', 'responsibleLeader');
    const next = await room.row({ on: '2024-04-01', role: 'responsibleLeader', rungId: 'after-1' });
    await room.deliver(at('2024-04-01', '09:00'));
    expect(await room.state(next)).toBe('sent');
  });

  it('gives a person with two roles on the same rung one line', async () => {
    await room.assign('chen', 'responsibleLeader', { issueId: 'issue-1' });
    const asHandler = await room.row({ on: friday });
    const asLeader = await room.row({ on: friday, role: 'responsibleLeader' });
    await room.deliver(nine);
    expect(await room.server.lines()).toEqual([[asHandler]]);
    expect([await room.state(asHandler), await room.state(asLeader)]).toEqual(['sent', 'collapsed']);
    expect(await room.reason(asLeader)).toBe('收件人身兼两职，同一提醒只发一行');
  });

  it('still sends the second role’s line to the others who hold it', async () => {
    await room.assign('chen', 'responsibleLeader');
    const asHandler = await room.row({ on: friday });
    const asLeader = await room.row({ on: friday, role: 'responsibleLeader' });
    await room.deliver(nine);
    const lines = Object.fromEntries(
      (await room.server.lines()).map((keys, index) => [room.server.taken[index]!.to, keys]),
    );
    expect(lines).toEqual({ 'chen@unit.example': [asHandler], 'li@unit.example': [asLeader] });
    expect(await room.state(asLeader)).toBe('sent');
  });
});

describe('answers and acknowledgements', () => {
  it('are mails of their own beside the reminder of the day', async () => {
    const reminder = await room.row({ on: friday });
    const content = { about: 'closureReturned', reason: '缺少签字' };
    const answer = await room.row({ key: 'issue-1/1/answer-4/handler', kind: 'answer', on: friday, content });
    const acknowledgement = await room.row({
      key: 'ack/1',
      kind: 'acknowledgement',
      personId: 'chen',
      on: friday,
      content: {
        subject: 'Re: 整改督办',
        text: '陈办事员：\n\n来信已收到。',
        inReplyTo: 'a@qq.example',
        references: ['a@qq.example'],
      },
    });
    await room.deliver(nine);
    const lines = await room.server.lines();
    expect(lines.toSorted()).toEqual([[acknowledgement], [answer], [reminder]].toSorted());
    const mails = await room.server.mails();
    const kinds = mails.map(({ headers }) => headers.find(({ key }) => key === 'x-huitoukan-kind')?.value);
    expect(kinds.toSorted()).toEqual(['acknowledgement', 'answer', 'reminder']);
    const thread = mails.find(({ subject }) => subject === 'Re: 整改督办');
    expect(thread?.inReplyTo).toBe('<a@qq.example>');
    expect(thread?.references).toMatch(/<a@qq\.example>$/);
    expect(thread?.text).toContain('来信已收到。');
  });

  it('wait for the sending hours when they come late, and go at their beginning', async () => {
    const answer = await room.row({
      key: 'issue-1/1/answer-4/handler',
      kind: 'answer',
      on: friday,
      content: { about: 'closureApproved', reason: '' },
    });
    const { nextAt } = await room.deliver(at('2024-03-30', '10:00'));
    expect(nextAt).toBe(at('2024-04-01', '08:30'));
    expect(room.server.taken).toEqual([]);
    await room.deliver(at('2024-04-01', '08:30'));
    expect(await room.state(answer)).toBe('sent');
  });
});

describe('a drill', () => {
  it('sends to the practice mailbox alone, whatever the address', async () => {
    const drills = await room.row({ clockId: 'drill-1', on: friday });
    const real = await room.row({ on: friday, rungId: 'after-1' });
    await room.deliver(nine, { clockId: 'drill-1' });
    expect(room.server.taken).toEqual([]);
    expect(await room.practice.lines()).toEqual([[drills]]);
    expect(await room.state(real)).toBe('planned');
  });

  it('stands still until its mails are out: a passing refusal is tried again at once', async () => {
    let refusals = 2;
    room.practice.onRecipient = () => (refusals-- > 0 ? { code: 451, text: '4.3.0 try later' } : undefined);
    const row = await room.row({ clockId: 'drill-1', on: friday });
    expect(await room.deliver(nine, { clockId: 'drill-1' })).toEqual({ delivered: 1, nextAt: null });
    expect(await room.state(row)).toBe('sent');
    expect(await room.mail()).toMatchObject({ attempts: 3, uncertain: 0 });
  });
});
