import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../../client/verify.ts';
import { addMonths } from '../../../workflows/rules/instants.ts';
import { AskedIssue } from '../../support/asked-issue.ts';
import { cast } from '../../support/cast.ts';
import { IssueWorld } from '../../support/issue-world.ts';

let world: IssueWorld;

beforeAll(async () => {
  world = await IssueWorld.create();
  await world.startWorker();
}, 60_000);
afterAll(() => world.close());

async function launched(): Promise<AskedIssue> {
  const deadline = addMonths(await world.today(), 3);
  const measures = [
    { number: 1, deadline },
    { number: 2, deadline },
  ];
  return AskedIssue.launch(world, { deadline, measures });
}

const answered = { by: '王某', reason: '陈某调离' };
const assign = (issue: AskedIssue, people: object, said: object = answered, issues = '1') =>
  issue.call('POST', `/rounds/${issue.roundId}/assignments`, { rows: [{ issues, people }], ...said });
const handedOver = ({ issueId }: AskedIssue) =>
  world.ledger.issueEvent.findMany({ where: { issueId, type: 'handedOver' }, orderBy: { sequence: 'asc' } });
const toTakeOn = async ({ issueId }: AskedIssue) => {
  const where = { issueId, kind: 'acknowledgement', closedAt: null } as const;
  return (await world.ledger.obligation.findMany({ where, orderBy: { id: 'asc' } })).map(({ id }) => id);
};

describe('an assignment after the launch', () => {
  test('is a handover: with reason and author on record, and the new handler takes it on', async () => {
    const issue = await launched();
    expect(await assign(issue, { handler: '周某' })).toMatchObject({ status: 200, body: { added: 1, ended: 1 } });
    expect(await handedOver(issue)).toMatchObject([
      { by: cast.wang, detail: { role: 'handler', from: [cast.chen], to: [cast.zhou], reason: '陈某调离' } },
    ]);
    expect(await toTakeOn(issue)).toEqual(['acknowledgement-2']);
    const why = await issue.call('GET', `/why/${issue.issueId}`);
    const lines = why.body['lines'] as { state: string; role: string; toWhom: { person: string }[] }[];
    const waiting = lines.filter(({ state, role }) => state === 'planned' && role === '责任人');
    expect(waiting.length).toBeGreaterThan(0);
    for (const { toWhom } of waiting) expect(toWhom).toMatchObject([{ person: '周某' }]);
    expect((await verify(world.ledger)).differences).toEqual([]);
  });

  test.each([
    { why: 'without a reason', said: { by: '王某' }, code: 'ReasonMissing' },
    { why: 'with nobody who answers for it', said: { reason: '调离' }, code: 'ReasonMissing' },
    { why: 'by a handler', said: { by: '陈某', reason: '调离' }, code: 'NotYours' },
  ])('is refused $why, and nothing has changed', async ({ said, code }) => {
    const issue = await launched();
    expect(await assign(issue, { handler: '周某' }, said)).toMatchObject({ status: 409, body: { code } });
    expect(await handedOver(issue)).toEqual([]);
    const held = await world.ledger.assignment.findMany({ where: { issueId: issue.issueId } });
    expect(held).toMatchObject([{ personId: cast.chen, untilAt: null }]);
  });

  test('that changes nobody needs no reason and tells nobody', async () => {
    const issue = await launched();
    expect(await assign(issue, { handler: '陈某' }, {})).toMatchObject({ status: 200, body: { added: 0, ended: 0 } });
    expect(await handedOver(issue)).toEqual([]);
  });

  test('of one measure asks its new handler alone to take it on, and says whose it was', async () => {
    const issue = await launched();
    await assign(issue, { handler: '周某' }, answered, '1.2');
    expect(await handedOver(issue)).toMatchObject([
      { detail: { measure: 2, from: [cast.chen], to: [cast.zhou], acknowledgement: 'anew' } },
    ]);
    expect(await toTakeOn(issue)).toEqual(['acknowledgement-1', 'acknowledgement-2-1']);
  });

  test('done again tells nobody twice, and goes on where it was interrupted', async () => {
    const issue = await launched();
    const { ledger } = world;
    const row = await ledger.assignment.findFirstOrThrow({ where: { issueId: issue.issueId } });
    const moment = new Date();
    await ledger.assignment.update({ where: { id: row.id }, data: { untilAt: moment } });
    await ledger.assignment.create({ data: { ...row, id: `assigned-${row.id}`, personId: cast.zhou, fromAt: moment } });
    await assign(issue, { handler: '周某' });
    await assign(issue, { handler: '周某' });
    expect(await handedOver(issue)).toMatchObject([{ detail: { from: [cast.chen], to: [cast.zhou] } }]);
  });

  test('tells nothing of windows that changed before assignments were told of', async () => {
    const issue = await launched();
    const { ledger } = world;
    const row = await ledger.assignment.findFirstOrThrow({ where: { issueId: issue.issueId } });
    const moment = new Date();
    await ledger.assignment.update({ where: { id: row.id }, data: { untilAt: moment } });
    await ledger.assignment.create({ data: { ...row, id: `${row.id}-old`, personId: cast.zhou, fromAt: moment } });
    await assign(issue, { handler: '周某' });
    expect(await handedOver(issue)).toEqual([]);
  });

  test('corrected afterwards names the event that was wrong', async () => {
    const issue = await launched();
    await assign(issue, { handler: '周某' });
    const correction = { from: '周某', to: '钱某', role: 'handler', reason: '看错行', by: '王某', kind: 'correction' };
    await issue.call('POST', '/people/handovers', { ...correction, issues: [issue.issueId] });
    const [first, second] = await handedOver(issue);
    expect(second).toMatchObject({ detail: { corrects: first!.sequence } });
  });
});

test('whoever leads the office hands over his own role, and each issue is told', async () => {
  const issue = await launched();
  await world.ledger.assignment.deleteMany({ where: { roundId: issue.roundId, personId: cast.qian } });
  const handover = { from: '王某', to: '周某', role: 'office', reason: '退休', by: '王某', round: issue.roundId };
  expect(await issue.call('POST', '/people/handovers', handover)).toMatchObject({ status: 200 });
  expect(await handedOver(issue)).toMatchObject([{ by: cast.wang, detail: { role: 'office', to: [cast.zhou] } }]);
  expect(await toTakeOn(issue)).toEqual(['acknowledgement-1']);
});

describe('a role of the whole round', () => {
  test('that handlers hold is told to no issue with a handler of its own, and nobody takes it on', async () => {
    const issue = await launched();
    expect(await assign(issue, { handler: '钱某' }, answered, '*')).toMatchObject({ status: 200, body: { added: 1 } });
    expect(await handedOver(issue)).toEqual([]);
    expect(await toTakeOn(issue)).toEqual(['acknowledgement-1']);
  });

  test('is changed by the office alone, whether or not an issue is under way that it is about', async () => {
    const issue = await launched();
    const where = { id: issue.issueId };
    const { progress } = await world.ledger.issue.findUniqueOrThrow({ where });
    await world.ledger.issue.update({ where, data: { progress: { phase: 'archived' } } });
    const said = { by: '陈某', reason: '我来' };
    expect(await assign(issue, { office: '陈某' }, said, '*')).toMatchObject({ body: { code: 'NotYours' } });
    const handover = { from: '王某', to: '周某', role: 'office', round: issue.roundId, ...said };
    expect(await issue.call('POST', '/people/handovers', handover)).toMatchObject({ body: { code: 'NotYours' } });
    expect(await issue.call('POST', '/people/handovers', { ...handover, by: '王某' })).toMatchObject({ status: 200 });
    const held = await world.ledger.assignment.findMany({
      where: { roundId: issue.roundId, role: 'office', untilAt: null },
    });
    expect(held.map(({ personId }) => personId).sort()).toEqual([cast.qian, cast.zhou].sort());
    await world.ledger.issue.update({ where, data: { progress: progress! } });
  });
});

describe('a unit that changes after the launch', () => {
  const toUnit = (issue: AskedIssue, unit: string, said: object = answered, issues = '1') =>
    issue.call('POST', `/rounds/${issue.roundId}/assignments`, { rows: [{ issues, unit }], ...said });
  const told = ({ issueId }: AskedIssue) =>
    world.ledger.issueEvent.findMany({ where: { issueId, type: 'unitChanged' }, orderBy: { sequence: 'asc' } });

  test('is on record with reason and author, once, and nobody takes anything on for it', async () => {
    const issue = await launched();
    expect(await toUnit(issue, '法规股', {})).toMatchObject({ status: 409, body: { code: 'ReasonMissing' } });
    expect(await toUnit(issue, '法规股')).toMatchObject({
      status: 200,
      body: { changes: ['CS-01 责任部门：综合股 → 法规股'] },
    });
    await toUnit(issue, '法规股');
    await toUnit(issue, '监管股', answered, '1.2');
    expect(await told(issue)).toMatchObject([
      { by: cast.wang, detail: { what: 'unit', from: '综合股', to: '法规股', reason: '陈某调离' } },
      { by: cast.wang, detail: { what: 'unit', measure: 2, from: '', to: '监管股' } },
    ]);
    expect(await toTakeOn(issue)).toEqual(['acknowledgement-1']);
    expect(await world.ledger.issue.findUnique({ where: { id: issue.issueId } })).toMatchObject({ unit: '法规股' });
    const { body } = await issue.call('GET', `/issues/${issue.issueId}`);
    const { cycles } = body['timeline'] as { cycles: { entries: { title: string }[] }[] };
    expect(cycles[0]!.entries.map(({ title }) => title)).toContain('更换责任部门：综合股改为法规股');
    expect((await verify(world.ledger)).differences).toEqual([]);
  });

  test('there and back is on record each time', async () => {
    const issue = await launched();
    for (const unit of ['法规股', '综合股', '法规股']) await toUnit(issue, unit);
    expect((await told(issue)).map(({ detail }) => (detail as { to: string }).to)).toEqual([
      '法规股',
      '综合股',
      '法规股',
    ]);
  });

  test('is told to no issue while the author may not change all of them', async () => {
    const issue = await launched();
    expect(await toUnit(issue, '法规股', { by: '陈某', reason: '调整' })).toMatchObject({ body: { code: 'NotYours' } });
    expect(await told(issue)).toEqual([]);
  });

  test('that was told and then not written is written the next time and told no more', async () => {
    const issue = await launched();
    await toUnit(issue, '法规股');
    await world.ledger.issue.update({ where: { id: issue.issueId }, data: { unit: '综合股' } });
    await toUnit(issue, '法规股');
    expect(await told(issue)).toHaveLength(1);
    expect(await world.ledger.issue.findUnique({ where: { id: issue.issueId } })).toMatchObject({ unit: '法规股' });
  });
});
