import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTakenOver } from '../../../client/reading/taken-over.ts';
import { readTraffic } from '../../../client/reading/traffic.ts';
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
  return AskedIssue.launch(world, { deadline, measures: [{ number: 1, deadline }] });
}

const correction = {
  from: '陈某',
  to: '周某',
  role: 'handler',
  reason: '名册里看错了行',
  by: '王某',
  kind: 'correction',
};
const correct = (issue: AskedIssue, changes: object = {}) =>
  issue.call('POST', '/people/handovers', { ...correction, issues: [issue.issueId], ...changes });
const handedOver = (issue: AskedIssue) =>
  world.ledger.issueEvent.findMany({
    where: { issueId: issue.issueId, type: 'handedOver' },
    orderBy: { sequence: 'asc' },
  });

describe('an assignment to the wrong person, corrected', () => {
  test('is the right one’s from then on, and the lines that wait say both names', async () => {
    const issue = await launched();
    expect(await correct(issue, { mode: 'preview' })).toMatchObject({ body: { written: 'preview' } });
    expect(await handedOver(issue)).toEqual([]);
    expect(await correct(issue)).toMatchObject({ status: 200, body: { written: 'yes' } });
    const [event] = await handedOver(issue);
    expect(event).toMatchObject({ detail: { from: [cast.chen], to: [cast.zhou], corrects: 0 } });
    const why = await issue.call('GET', `/why/${issue.issueId}`);
    const lines = why.body['lines'] as { state: string; role: string; toWhom: { person: string; why: string }[] }[];
    const waiting = lines.filter(({ state, role }) => state === 'planned' && role === '责任人');
    expect(waiting.length).toBeGreaterThan(0);
    for (const { toWhom } of waiting)
      expect(toWhom).toMatchObject([{ person: '周某', why: expect.stringContaining('更正，原误写为陈某') as string }]);
    const told = await readTakenOver(world.ledger, [issue.roundId]);
    const about = { issueId: issue.issueId, role: 'handler' } as const;
    expect(told(about, cast.chen)).toMatch(/^，系误写，.+已更正为周某$/u);
    expect(told({ ...about, role: 'office' }, cast.chen)).toBe('');
    expect((await verify(world.ledger)).differences).toEqual([]);
    const { clockId } = await world.ledger.round.findUniqueOrThrow({ where: { id: issue.roundId } });
    const now = new Date(Date.now() + 60_000).toISOString();
    const { news } = await readTraffic(world.ledger, clockId, { since: '2000-01-01T00:00:00.000Z', now });
    expect(news.map(({ what }) => what)).toContain('更正责任人（交办写错）：陈某更正为周某');
  });

  test('changes nothing the second time, and goes on where it was interrupted', async () => {
    const issue = await launched();
    const { ledger } = world;
    const row = await ledger.assignment.findFirstOrThrow({ where: { issueId: issue.issueId, role: 'handler' } });
    const moment = new Date();
    await ledger.assignment.update({ where: { id: row.id }, data: { untilAt: moment } });
    await ledger.assignment.create({
      data: { ...row, id: `corrected-${row.id}`, personId: cast.zhou, fromAt: moment },
    });
    expect(await correct(issue)).toMatchObject({ body: { written: 'yes' } });
    expect(await correct(issue)).toMatchObject({ status: 409, body: { code: 'NothingToHandOver' } });
    expect(await handedOver(issue)).toHaveLength(1);
  });

  test('names the handover that was wrong, not the assignment before it', async () => {
    const issue = await launched();
    await correct(issue, { kind: 'handover', to: '钱某', reason: '调离' });
    await correct(issue, { from: '钱某' });
    const [handover, corrected] = await handedOver(issue);
    expect(handover?.detail).not.toHaveProperty('corrects');
    expect(corrected).toMatchObject({ detail: { corrects: handover!.sequence } });
    const { body } = await issue.call('GET', `/issues/${issue.issueId}`);
    const { cycles } = body['timeline'] as { cycles: { entries: { kind: string; title: string }[] }[] };
    const titles = cycles[0]!.entries.filter(({ kind }) => kind === 'event').map(({ title }) => title);
    expect(titles).toContain(`更正责任人（事件${String(handover!.sequence)}写错）：钱某更正为周某`);
  });

  test('is no business of a handler, and asks for a reason in its own words', async () => {
    const issue = await launched();
    expect(await correct(issue, { by: '陈某' })).toMatchObject({ status: 409, body: { code: 'NotYours' } });
    expect(await correct(issue, { reason: ' ' })).toMatchObject({
      body: { code: 'ReasonMissing', message: '更正须写明理由' },
    });
    expect(await correct(issue, { to: '陈某' })).toMatchObject({ body: { code: 'SamePerson' } });
    expect(await handedOver(issue)).toEqual([]);
  });

  test('lets what was entered in the wrong one’s name be put in the right one’s', async () => {
    const issue = await launched();
    const said = { for: '陈某', by: '钱某', channel: 'phone', text: '正在办' };
    await issue.call('POST', `/issues/${issue.issueId}/records`, said);
    const { sequence } = await world.ledger.issueEvent.findFirstOrThrow({
      where: { issueId: issue.issueId, type: 'progressReported' },
    });
    const name = { by: '王某', what: String(sequence), person: '周某', reason: '是周某说的' };
    expect(await issue.ask('correctPerson', name)).toMatchObject({ body: { code: 'NotHandler' } });
    await correct(issue);
    expect(await issue.ask('correctPerson', name)).toMatchObject({ status: 200 });
  });
});
