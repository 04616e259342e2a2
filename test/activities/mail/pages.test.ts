import { writeFileSync } from 'node:fs';
import type { Email } from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import { settleRows } from '../../../prisma/settle-rows.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { mailRoom } from './mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const nine = at(friday, '09:00');

beforeEach(async () => {
  await room.person('chen', '陈办事员', 'handler');
  await room.person('li', '李局长', 'responsibleLeader');
  await room.person('wang', '王主任', 'office');
  await room.ledger.person.update({ where: { id: 'li' }, data: { email: null, unit: '岭南市城管局' } });
  await room.issue(1, '规范公务用车管理', ['补登用车记录。']);
});

/** A line to the leader, who has no mail, about a measure three workdays overdue. */
async function leaderIsTold(): Promise<string> {
  await room.owes('issue-1', 'evidence-1-1', 'evidence', '2024-03-26', { measure: 1 });
  return room.row({ obligationId: 'evidence-1-1', rungId: 'after-3', role: 'responsibleLeader', on: friday });
}

const page = () => room.ledger.mail.findFirstOrThrow({ where: { personId: 'li' } });

async function mailTo(person: string): Promise<Email | undefined> {
  const index = room.server.taken.findIndex(({ to }) => to === `${person}@unit.example`);
  return (await room.server.mails())[index];
}

describe('a leader without mail', () => {
  it('gets what his mail would have said on a page that stands for itself: no link, no reply address', async () => {
    await leaderIsTold();
    await room.deliver(nine);
    const { raw, state, deliverBy, address, toldBecause } = await page();
    const html = Buffer.from(raw).toString();
    expect({ state, address, deliverBy: deliverBy?.toISOString().slice(0, 10) }).toEqual({
      state: 'toPrint',
      address: '',
      deliverBy: '2024-04-01',
    });
    expect(toldBecause).toMatchObject({ told: 'words', rule: 'paper' });
    for (const part of ['LN-01', '规范公务用车管理', '■ 红灯　逾期3个工作日', '陈办事员', '李局长', '送达回执'])
      expect(html).toContain(part);
    expect(html).not.toMatch(/https?:|reply\+|回复本邮件|<script/);
    if (process.env['PAGE_TO'] !== undefined) writeFileSync(process.env['PAGE_TO'], html);
  });

  it('is brought the page by the office, which reads of it in its own mail of the same day', async () => {
    await leaderIsTold();
    await room.owes('issue-1', 'closure-decision-1', 'closureDecision', friday, { role: 'office' });
    await room.row({ obligationId: 'closure-decision-1', role: 'office', on: friday });
    await room.deliver(nine);
    expect(room.server.taken.map(({ to }) => to)).toEqual(['wang@unit.example']);
    const mail = await mailTo('wang');
    expect(mail?.subject).toBe('【整改督办】1项待办，1份打印件待送达 — 岭南市城管局巡察整改(LN-01)'.replace('，', ','));
    expect(mail?.text).toMatch(
      /待打印送达\n\n李局长（岭南市城管局）的打印件 \w{8}，最迟2024年4月1日\(周一\)送达并登记/,
    );
    expect(mail?.html).toContain('李局长（岭南市城管局）的打印件');
  });

  it('has an office that is told although it owes nothing else', async () => {
    await leaderIsTold();
    await room.deliver(nine);
    const mail = await mailTo('wang');
    expect(mail?.subject).toBe('【整改督办】1份打印件待送达 — 岭南市城管局巡察整改');
    expect(mail?.text).toContain('收件人没有可用的邮箱');
    expect(await room.ledger.outboxRow.findFirstOrThrow({ where: { kind: 'notice' } })).toMatchObject({
      state: 'sent',
    });
  });

  it('gets one page a day, however often the post-office looks', async () => {
    await leaderIsTold();
    await Promise.all([room.deliver(nine), room.deliver(nine, { owner: 'worker-2' })]);
    await room.deliver(at(friday, '09:05'));
    expect(await room.ledger.mail.count({ where: { personId: 'li' } })).toBe(1);
    expect(await room.ledger.outboxRow.count({ where: { kind: 'notice' } })).toBe(1);
    expect(room.server.taken).toHaveLength(1);
    expect(await room.deliver(at(friday, '10:00'))).toEqual({ delivered: 0, nextAt: null });
  });

  it('counts as told on the day the page was brought, once', async () => {
    const row = await leaderIsTold();
    await room.deliver(nine);
    expect(await room.state(row)).toBe('claimed');
    const { id } = await page();
    const acceptedAt = at('2024-04-01', '10:00');
    await room.ledger.mail.update({ where: { id }, data: { state: 'printed', acceptedAt } });
    await settleRows(room.ledger, 'real');
    await settleRows(room.ledger, 'real');
    const { state, sentAt } = await room.ledger.outboxRow.findUniqueOrThrow({ where: { key: row } });
    expect({ state, sentAt: sentAt?.toISOString() }).toEqual({ state: 'sent', sentAt: acceptedAt });
  });

  it('needs no page any more when all of it was met before it was brought, and the office is not told in vain', async () => {
    const row = await leaderIsTold();
    await room.ledger.assignment.deleteMany({ where: { personId: 'wang' } });
    await room.deliver(nine);
    await room.meets('issue-1', 'evidence-1-1');
    await room.deliver(at(friday, '14:00'));
    expect(await page()).toMatchObject({ state: 'lapsed', response: '送达以前，所列事项均已办结，无须送达' });
    expect([await room.state(row), await room.reason(row)]).toEqual(['skipped', '打印件送达以前，所列事项已办结']);
  });

  it('does not hold up the line to another holder, who has mail', async () => {
    await room.person('deputy', '副局长', 'responsibleLeader');
    const row = await leaderIsTold();
    await room.deliver(nine);
    expect(await room.state(row)).toBe('sent');
    expect((await mailTo('deputy'))?.text).toContain('LN-01');
    expect(await page()).toMatchObject({ state: 'toPrint' });
  });
});

describe('an office without mail', () => {
  it('finds the page in its list, and is brought no page about pages', async () => {
    await room.ledger.person.update({ where: { id: 'wang' }, data: { email: null } });
    await leaderIsTold();
    await room.deliver(nine);
    expect(await room.ledger.mail.count()).toBe(1);
    expect(await room.ledger.outboxRow.findFirstOrThrow({ where: { kind: 'notice' } })).toMatchObject({
      state: 'skipped',
      stateReason: '督办办公室没有可用的邮箱，见待打印清单',
    });
  });
});

describe('an answer to somebody without mail', () => {
  it('is a page too, and asks for nothing by mail', async () => {
    await room.ledger.person.update({ where: { id: 'chen' }, data: { email: null } });
    const content = { about: 'closureReturned', reason: '缺少签字' };
    await room.row({ key: 'issue-1/1/answer-4/handler', kind: 'answer', on: friday, content });
    await room.deliver(nine);
    const { raw, state } = await room.ledger.mail.findFirstOrThrow({ where: { personId: 'chen' } });
    const html = Buffer.from(raw).toString();
    expect(state).toBe('toPrint');
    expect(html).toContain('缺少签字');
    expect(html).toContain('请按理由补充材料，送督办办公室；补齐后再向督办办公室申请销号。');
    expect(html).not.toContain('本邮件');
    expect((await mailTo('wang'))?.text).toContain('陈办事员的打印件');
  });
});
