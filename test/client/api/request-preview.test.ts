import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestPreview } from '../../../client/previews/request-preview.ts';
import { addMonths } from '../../../workflows/rules/instants.ts';
import { AskedIssue } from '../../support/asked-issue.ts';
import { IssueWorld } from '../../support/issue-world.ts';

let world: IssueWorld;
let deadline: string;

beforeAll(async () => {
  world = await IssueWorld.create();
  await world.startWorker();
  deadline = addMonths(await world.today(), 3);
}, 60_000);
afterAll(() => world.close());

const launched = () => AskedIssue.launch(world, { deadline, measures: [1, 2].map((number) => ({ number, deadline })) });

/** All that a request could change of an issue. */
async function standing({ issueId }: AskedIssue) {
  const { ledger } = world;
  return {
    events: await ledger.issueEvent.count({ where: { issueId } }),
    notes: await ledger.progressNote.count({ where: { issueId } }),
    items: await ledger.ledgerItem.count({ where: { issueId } }),
    rows: await ledger.outboxRow.findMany({
      where: { issueId },
      select: { key: true, state: true },
      orderBy: { key: 'asc' },
    }),
  };
}

async function previewOf(issue: AskedIssue, name: string, body: object): Promise<RequestPreview> {
  const before = await standing(issue);
  const { status, body: told } = await issue.ask(name, { by: '王某', ...body, mode: 'preview' });
  expect({ status, told }).toMatchObject({ status: 200, told: { written: 'preview' } });
  expect(await standing(issue)).toEqual(before);
  return told as unknown as RequestPreview;
}

const plannedKeys = async ({ issueId }: AskedIssue) =>
  (await world.ledger.outboxRow.findMany({ where: { issueId, kind: 'reminder', state: 'planned' } })).map(
    ({ key }) => key,
  );

describe('a preview of a request', () => {
  test('of a withdrawal names every duty and reminder that goes, that it cannot be taken back, and changes nothing', async () => {
    const issue = await launched();
    const preview = await previewOf(issue, 'withdrawIssue', { reason: '重复' });
    const open = await world.ledger.obligation.findMany({ where: { issueId: issue.issueId, closedAt: null } });

    expect(preview).toMatchObject({ phase: { after: '已撤销' }, undo: 'impossible', opens: [], moves: [] });
    expect(preview.ends.map(({ obligationId }) => obligationId).sort()).toEqual(open.map(({ id }) => id).sort());
    expect(preview.ends.find(({ obligationId }) => obligationId.startsWith('evidence-1'))).toMatchObject({
      what: expect.stringContaining('措施1') as string,
      persons: ['陈某'],
    });
    expect(preview.lines.vanish.map(({ key }) => key).sort()).toEqual((await plannedKeys(issue)).sort());
    expect(preview.lines.appear).toEqual([]);
  });

  test('is what the request then does: the reminders of a suspended issue are those that the preview takes away', async () => {
    const issue = await launched();
    const request = { kind: 'litigation', authority: '区法院', reason: '已诉讼' };
    const before = await plannedKeys(issue);
    const preview = await previewOf(issue, 'suspendIssue', request);
    expect(preview).toMatchObject({ undo: 'possible' });
    expect(await issue.ask('suspendIssue', { by: '王某', ...request })).toMatchObject({ status: 200 });

    const after = new Set(await plannedKeys(issue));
    const gone = before.filter((key) => !after.has(key));
    expect(preview.lines.vanish.map(({ key }) => key).sort()).toEqual(gone.sort());
    expect(gone.length).toBeGreaterThan(0);
  });

  test('of a corrected deadline shows the day that moves, with the day it was', async () => {
    const issue = await launched();
    const moved = addMonths(deadline, 1);
    const preview = await previewOf(issue, 'correctDeadline', {
      measures: [{ measure: 1, deadline: moved }],
      reason: '录错',
    });

    expect(preview.moves).toMatchObject([{ dueOn: moved, wasDueOn: deadline }]);
    expect(preview.lines.move.length).toBeGreaterThan(0);
  });

  test('names what is pending and goes with it', async () => {
    const issue = await launched();
    await issue.ask('requestExtension', {
      by: '陈某',
      until: addMonths(deadline, 1),
      reason: '汛期',
      progress: '过半',
    });
    const preview = await previewOf(issue, 'withdrawIssue', { reason: '重复' });

    expect(preview.alsoEnds).toEqual([`待决定的延期申请（至${addMonths(deadline, 1)}）`]);
  });

  test('keeps no word of a request that comes with words', async () => {
    await previewOf(await launched(), 'askStatus', { text: '进展如何' });
    await previewOf(await launched(), 'enterItems', { by: '陈某', items: [{ name: '桥下垃圾堆' }] });
  });

  test('is refused as the request would be, and to whom it would be', async () => {
    const issue = await launched();
    const asked = { mode: 'preview', reason: '不想办' };
    expect(await issue.ask('withdrawIssue', { by: '周某', ...asked })).toMatchObject({ body: { code: 'NotYours' } });
    expect(await issue.ask('withdrawIssue', { by: '王某', mode: 'preview', reason: '' })).toMatchObject({
      status: 409,
      body: { code: 'ReasonMissing' },
    });
    expect(await issue.ask('endLongTerm', { by: '王某', ...asked })).toMatchObject({ body: { code: 'WrongPhase' } });
  });
});

describe('a preview of what has a road of its own', () => {
  const handedIn = async () => {
    const issue = await AskedIssue.launch(world, { deadline, measures: [{ number: 1, deadline }] });
    const content = Buffer.from('验收').toString('base64');
    const files = [{ fileName: '验收.pdf', content }];
    const record = { for: '陈某', by: '钱某', channel: 'paper', text: '材料交齐', files };
    await issue.call('POST', `/issues/${issue.issueId}/records`, record);
    return issue;
  };
  const previewed = async (issue: AskedIssue, method: string, path: string, body: object) => {
    const before = await standing(issue);
    const { body: told } = await issue.call(method, `/issues/${issue.issueId}/${path}`, { ...body, mode: 'preview' });
    expect(told).toMatchObject({ written: 'preview' });
    expect(await standing(issue)).toEqual(before);
    return told as unknown as RequestPreview;
  };
  const stateOf = async (issue: AskedIssue) =>
    String((await issue.call('GET', `/issues/${issue.issueId}`)).body['closureState']).slice(0, 12);

  test('shows who will have to review a closure, and where its return and its approval lead', async () => {
    const issue = await handedIn();
    const proposed = await previewed(issue, 'POST', 'closure', { by: '陈某' });
    expect(proposed).toMatchObject({ phase: { after: '销号审核中' }, opens: [{ what: '销号审核' }], letter: null });
    await issue.call('POST', `/issues/${issue.issueId}/closure`, { by: '陈某' });

    const decision = { by: '王某', decision: 'returned', reason: '缺签字', measures: [1] };
    const returned = await previewed(issue, 'PUT', 'closure/decision', decision);
    expect(returned).toMatchObject({ phase: { after: '整改中' }, ends: [{ what: '销号审核' }] });

    const approval = { by: '王某', decision: 'approved', state: await stateOf(issue) };
    const approved = await previewed(issue, 'PUT', 'closure/decision', approval);
    expect(approved).toMatchObject({ phase: { before: '销号审核中', after: '已销号、等回头看' }, undo: 'impossible' });
    expect(
      await issue.call('PUT', `/issues/${issue.issueId}/closure/decision`, {
        ...approval,
        by: '陈某',
        mode: 'preview',
      }),
    ).toMatchObject({ status: 409 });

    await issue.call('PUT', `/issues/${issue.issueId}/closure/decision`, approval);
    const back = { by: '赵某', finding: '又堆上了', rebound: addMonths(deadline, 6) };
    const rebound = await previewed(issue, 'POST', 'look-back', back);
    expect(rebound).toMatchObject({ phase: { before: '已销号、等回头看', after: '整改中' } });
  });

  test('is refused for a proposal that is none of the issue’s, as the decision would be', async () => {
    const issue = await handedIn();
    const decision = { by: '王某', proposal: 'none', decision: 'accepted', reason: '同意' };
    const path = `/issues/${issue.issueId}/proposal-decisions`;
    const [shown, done] = [
      await issue.call('POST', path, { ...decision, mode: 'preview' }),
      await issue.call('POST', path, decision),
    ];
    expect(shown).toEqual(done);
    expect(shown.status).toBe(409);
  });
});
