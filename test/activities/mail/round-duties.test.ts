import type { Email } from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import { holdersOf } from '../../../client/drill-check/holders.ts';
import { whyPerson } from '../../../client/reading/index.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { mailRoom } from './mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const nine = at(friday, '09:00');

beforeEach(async () => {
  await room.person('chen', '陈办事员', 'handler');
  await room.person('li', '李局长', 'responsibleLeader');
  await room.person('zhao', '赵组长', 'groupHead');
  await room.person('wang', '王主任', 'office');
});

async function mailTo(person: string): Promise<Email & { text: string }> {
  const mails = await room.server.mails();
  const mail = mails[room.server.taken.findIndex(({ to }) => to === `${person}@unit.example`)];
  if (mail === undefined) throw new Error(`no mail to ${person}`);
  return { ...mail, text: mail.text ?? '' };
}

const recipients = () => room.server.taken.map(({ to }) => to.split('@')[0]).sort();

describe('a duty of the round', () => {
  it('stands in its holder’s one mail of the day beside what he owes about issues, under its own code', async () => {
    await room.issue(1);
    await room.owes('issue-1', 'closure-decision-1', 'closureDecision', friday, { role: 'office' });
    const decision = await room.row({ obligationId: 'closure-decision-1', role: 'office', on: friday });
    await room.owesDuty('weekly-check-1-3', 'weeklyCheck', friday);
    const check = await room.dutyRow({ obligationId: 'weekly-check-1-3', on: friday });
    await room.dutyRow({ obligationId: 'weekly-check-1-3', rungId: 'after-1', letter: 'urge', on: '2024-04-01' });
    await room.deliver(nine);
    expect(recipients()).toEqual(['wang']);
    expect((await room.server.lines())[0]?.toSorted()).toEqual([check, decision].toSorted());
    const { text, headers } = await mailTo('wang');
    expect(text).toMatch(/LN-周检3　第3次周检查\n {3}▲ 黄灯　今天到期\n {3}要报：本周检查情况/);
    expect(text).toContain('不答复：4月1日(周一)催办您本人');
    expect(text).toContain('LN-周检3由您（督办办公室）承办');
    expect(text).toContain('https://huitoukan.example/a/');
    const lines = headers.filter(({ key }) => key === 'x-huitoukan-line').map(({ value }) => decodeURIComponent(value));
    expect(lines).toContain(`${check} LN-周检3`);
  });

  it('that is met before the mail is made is not mailed about', async () => {
    await room.owesDuty('weekly-check-1-3', 'weeklyCheck', friday);
    const row = await room.dutyRow({ obligationId: 'weekly-check-1-3', on: friday });
    await room.ledger.roundObligation.updateMany({ data: { closedAt: at(friday, '08:00'), closedBy: 9 } });
    await room.deliver(nine);
    expect([recipients(), await room.state(row), await room.reason(row)]).toEqual([[], 'cancelled', '发信前已办结']);
  });

  it('tells whoever is above who owes it', async () => {
    await room.owesDuty('monthly-dispatch-1-2', 'monthlyDispatch', '2024-03-28', { title: '第2次月调度' });
    await room.dutyRow({ obligationId: 'monthly-dispatch-1-2', rungId: 'after-1', role: 'groupHead', on: friday });
    await room.deliver(nine);
    const { text } = await mailTo('zhao');
    expect(text).toContain('情况：尚未报月调度情况');
    expect(text).toContain('督办办：王主任');
    expect(text).toContain('LN-调度2由督办办公室承办，您是组长');
  });

  it('of a missed day goes into the later line, once for who holds two roles', async () => {
    await room.assign('wang', 'groupHead');
    await room.owesDuty('weekly-check-1-3', 'weeklyCheck', '2024-03-26');
    const duty = { obligationId: 'weekly-check-1-3', missed: 'collapse' } as const;
    const missed = await room.dutyRow({ ...duty, rungId: 'on-day', on: '2024-03-26' });
    const office = await room.dutyRow({ ...duty, rungId: 'after-3', on: friday });
    const head = await room.dutyRow({ ...duty, rungId: 'after-3', role: 'groupHead', on: friday });
    await room.deliver(nine);
    expect([await room.state(missed), await room.state(office), await room.state(head)]).toEqual([
      'collapsed', // into Friday's
      'collapsed', // into the same person's line as head of the group
      'sent',
    ]);
    expect(recipients()).toEqual(['wang', 'zhao']);
    expect((await mailTo('wang')).text.match(/LN-周检3　/g)).toHaveLength(1);
  });

  it('keeps to the hours of its round', async () => {
    await room.owesDuty('weekly-check-1-3', 'weeklyCheck', friday);
    const row = await room.dutyRow({ obligationId: 'weekly-check-1-3', on: friday });
    const { nextAt } = await room.deliver(at('2024-03-31', '10:00')); // a Sunday
    expect([recipients(), await room.state(row), nextAt]).toEqual([[], 'planned', at('2024-04-01', '09:00')]);
  });
});

describe('a supervision batch', () => {
  it('goes to the handlers of its issues and to nobody else, with the task and the issues’ codes', async () => {
    await room.person('zhou', '周科员');
    for (const number of [1, 2, 3]) await room.issue(number);
    await room.assign('zhou', 'handler', { issueId: 'issue-2' });
    const units = [
      { unit: '一科', issueIds: ['issue-1'] },
      { unit: '二科', issueIds: ['issue-2', 'issue-3'] },
    ] as const;
    await room.ledger.supervisionBatch.create({
      data: {
        id: 'batch',
        roundId: 'round',
        number: 1,
        title: '制度执行',
        task: '逐项对照整改',
        dueOn: fromIsoDate('2024-04-30'),
        issueIds: ['issue-1', 'issue-2', 'issue-3'],
        issuedAt: nine,
      },
    });
    const title = '第1批督办“制度执行”';
    const about = { role: 'handler' as const, title };
    await room.owesDuty('supervision-batch-1-1', 'supervisionBatch', '2024-04-30', { ...about, scope: units[0] });
    await room.owesDuty('supervision-batch-1-2', 'supervisionBatch', '2024-04-30', { ...about, scope: units[1] });
    await room.dutyRow({ obligationId: 'supervision-batch-1-2', rungId: 'issued', role: 'handler', on: friday });
    await room.deliver(nine);
    expect(recipients()).toEqual(['chen', 'zhou']); // 问题3 has nobody of its own: the round's handler
    const { text } = await mailTo('zhou');
    expect(text).toContain('LN-督办1-2　第1批督办“制度执行”');
    expect(text).toContain('任务：逐项对照整改');
    expect(text).toContain('涉及：LN-02、LN-03');
    expect(text).toMatch(/^LN-督办1-2 已按督办要求办结/m);
  });
});

describe('a batch about a measure of another unit', () => {
  it('goes to the measure’s own handler and not to the issue’s; the naïve checker says the same', async () => {
    await room.person('zhou', '周科员');
    await room.issue(1);
    await room.assign('chen', 'handler', { issueId: 'issue-1' });
    await room.assign('zhou', 'handler', { issueId: 'issue-1', measure: 2 });
    const scope = { unit: '三科', issueIds: ['issue-1'], measures: { 'issue-1': [2] } };
    const about = { role: 'handler' as const, title: '第1批督办“制度执行”', scope };
    await room.owesDuty('supervision-batch-1-2', 'supervisionBatch', '2024-04-30', about);
    const row = await room.dutyRow({ ...about, obligationId: 'supervision-batch-1-2', rungId: 'issued', on: friday });
    const told = async (id: string) => (await whyPerson(room.ledger, id)).lines.map(({ key }) => key);
    expect([await told('zhou'), await told('chen')]).toEqual([[row], []]);
    await room.deliver(nine);
    expect(recipients()).toEqual(['zhou']);
    expect((await mailTo('zhou')).text).toContain('涉及：LN-01措施2');
    const held = await room.ledger.assignment.findMany();
    const facts = {
      holdings: held.map((one) => ({ ...one, fromAt: null, untilAt: null })),
      people: new Map(['zhou', 'chen'].map((id) => [id, `${id}@unit.example`])),
      ...{ delegations: [], issues: [], round: { id: 'round', events: [] } },
    };
    const whose = {
      ...scope,
      measuresOf: scope.measures,
      measure: undefined,
      role: 'handler',
      kind: undefined,
    } as const;
    expect(holdersOf(facts, whose, nine)).toEqual(['zhou@unit.example']);
  });
});

describe('a measure with a handler of its own', () => {
  beforeEach(async () => {
    await room.person('zhou', '周科员');
    await room.issue(1, '问题一', ['补登记录', '修订办法']);
    await room.assign('zhou', 'handler', { issueId: 'issue-1', measure: 2 });
    await room.assign('chen', 'handler', { issueId: 'issue-1' });
  });

  it('is asked for from him, and all else from the issue’s handler', async () => {
    for (const n of [1, 2]) {
      await room.owes('issue-1', `evidence-${String(n)}-1`, 'evidence', friday, { measure: n });
      await room.row({ obligationId: `evidence-${String(n)}-1`, on: friday });
    }
    await room.owes('issue-1', 'check-in-1', 'checkIn', friday);
    await room.row({ obligationId: 'check-in-1', on: friday });
    await room.deliver(nine);
    expect((await mailTo('zhou')).text).toContain('措施2佐证');
    expect((await mailTo('zhou')).text).not.toContain('措施1佐证');
    expect((await mailTo('chen')).text).toMatch(/措施1佐证[^]*整改进展|整改进展[^]*措施1佐证/);
    expect((await mailTo('chen')).text).not.toContain('措施2佐证');
  });
});

describe('who is away', () => {
  const delegates = (fromPersonId: string, toPersonId: string) =>
    room.ledger.delegation.create({
      data: { fromPersonId, toPersonId, fromAt: at('2024-03-25', '00:00'), untilAt: at('2024-04-01', '00:00') },
    });
  beforeEach(async () => {
    await room.person('sun', '孙科员');
    await room.issue(1);
  });

  it('gets nothing: the line goes to who stands in for him, and both names are kept', async () => {
    await delegates('chen', 'sun');
    await room.owes('issue-1', 'check-in-1', 'checkIn', friday);
    const row = await room.row({ obligationId: 'check-in-1', on: friday });
    await room.deliver(nine);
    expect(recipients()).toEqual(['sun']);
    expect((await mailTo('sun')).text).toContain('您受陈办事员委托，代为办理LN-01');
    expect(await room.ledger.delivery.findMany({ select: { rowKey: true, personId: true, onBehalfOf: true } })).toEqual(
      [{ rowKey: row, personId: 'sun', onBehalfOf: 'chen' }],
    );
  });

  it('is written to again from the moment his window ends', async () => {
    await delegates('chen', 'sun');
    await room.owes('issue-1', 'check-in-1', 'checkIn', '2024-04-01');
    await room.row({ obligationId: 'check-in-1', on: '2024-04-01' });
    await room.deliver(at('2024-04-01', '09:00'));
    expect(recipients()).toEqual(['chen']);
  });

  it('keeps what he decides when his stand-in would judge his own work', async () => {
    await delegates('wang', 'chen');
    await room.owes('issue-1', 'closure-decision-1', 'closureDecision', friday, { role: 'office' });
    await room.row({ obligationId: 'closure-decision-1', role: 'office', on: friday });
    await room.deliver(nine);
    expect(recipients()).toEqual(['wang']);
  });

  it('is not written to about the plan through the person who submitted it', async () => {
    await delegates('zhao', 'sun');
    await room.ledger.round.update({ where: { id: 'round' }, data: { progress: { plan: { by: 'sun' } } } });
    await room.owesDuty('plan-approval-1', 'planApproval', friday, { role: 'groupHead', title: '审定整改方案' });
    await room.dutyRow({ obligationId: 'plan-approval-1', role: 'groupHead', on: friday });
    await room.deliver(nine);
    expect(recipients()).toEqual(['zhao']);
  });
});
