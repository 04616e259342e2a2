import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRoundStatus } from '../../../client/reading/round-status.ts';
import { verify } from '../../../client/verify.ts';
import { addDays, addMonths } from '../../../workflows/rules/instants.ts';
import { cast } from '../../support/cast.ts';
import { AskedIssue } from '../../support/asked-issue.ts';
import { IssueWorld } from '../../support/issue-world.ts';

let world: IssueWorld;
let today: string;
let deadline: string;

beforeAll(async () => {
  world = await IssueWorld.create();
  await world.startWorker();
  today = await world.today();
  deadline = addMonths(today, 3);
}, 60_000);
afterAll(() => world.close());

const launched = (measures = [1, 2]) =>
  AskedIssue.launch(world, { deadline, measures: measures.map((number) => ({ number, deadline })) });

describe('a request over the API', () => {
  test('merges nothing into an issue that is over, since nobody would follow either of them', async () => {
    const [issue, other] = [await launched(), await launched()];
    const { ledger } = world;
    const place = { roundId: issue.roundId, number: 2, code: 'CS-02' };
    await ledger.issue.update({ where: { id: other.issueId }, data: { ...place, phase: 'withdrawn' } });
    const merging = { by: '王某', issue: other.issueId, reason: '同一事项' };
    expect(await issue.ask('mergeInto', merging)).toMatchObject({ status: 409, body: { code: 'MergeTargetEnded' } });
    await ledger.issue.update({ where: { id: other.issueId }, data: { phase: 'assignment' } });
    expect(await issue.ask('mergeInto', merging)).toMatchObject({ status: 409, body: { code: 'MeasuresLeft' } });
    const carried = (into: number) => ({ ...merging, carried: [1, 2].map((measure) => ({ measure, into })) });
    expect(await issue.ask('mergeInto', carried(7))).toMatchObject({ status: 409, body: { code: 'UnknownMeasure' } });
    const { progress } = await ledger.issue.findUniqueOrThrow({ where: { id: other.issueId } });
    const proven = structuredClone(progress) as { measures: { number: number; evidence: object[] }[] };
    proven.measures[0]!.evidence.push({ evidenceId: 'e', by: null, state: 'accepted' });
    await ledger.issue.update({ where: { id: other.issueId }, data: { progress: proven } });
    expect(await issue.ask('mergeInto', carried(1))).toMatchObject({ status: 409, body: { code: 'MergeTargetDone' } });
    await ledger.issue.update({ where: { id: other.issueId }, data: { progress: progress! } });
    expect(await issue.ask('mergeInto', carried(1))).toMatchObject({ status: 200, body: { phaseName: '已并入' } });
    const { body } = await issue.call('GET', `/issues/${other.issueId}`);
    expect(body['mergedFrom']).toEqual([{ code: 'CS-01', carried: carried(1).carried }]);
  });

  test('links an issue only with a closed one of an earlier round', async () => {
    const [earlier, issue] = [await launched(), await launched()];
    const linking = { by: '王某', earlierIssue: earlier.issueId };
    expect(await issue.ask('confirmRecurrence', linking)).toMatchObject({ status: 409, body: { code: 'NotEarlier' } });
    await world.ledger.issue.update({ where: { id: earlier.issueId }, data: { phase: 'archived' } });
    expect(await earlier.ask('confirmRecurrence', { by: '王某', earlierIssue: issue.issueId })).toMatchObject({
      status: 409,
      body: { code: 'NotEarlier' },
    });
    expect(await issue.ask('confirmRecurrence', linking)).toMatchObject({ status: 200 });
    await world.ledger.issue.update({ where: { id: earlier.issueId }, data: { phase: 'assignment' } }); // as replayed
  });

  test('places no piece of evidence that nobody handed in', async () => {
    const issue = await launched();
    const correction = { by: '王某', evidenceId: 'never', measure: 1, reason: '归错了' };
    expect(await issue.ask('correctEvidence', correction)).toMatchObject({
      status: 409,
      body: { code: 'UnknownEvidence' },
    });
  });

  test('is refused to a handler who stands in for the office: nobody judges his own work', async () => {
    const issue = await launched();
    const now = Date.now();
    await world.ledger.delegation.create({
      data: {
        fromPersonId: cast.wang,
        toPersonId: cast.chen,
        fromAt: new Date(now - 3_600_000),
        untilAt: new Date(now + 86_400_000),
      },
    });
    expect(await issue.ask('withdrawIssue', { by: '陈某', reason: '不必再办' })).toMatchObject({
      status: 409,
      body: { code: 'NotYours' },
    });
    await world.ledger.delegation.deleteMany();
  });

  test('suspends an issue, says why nothing is chased, and resumes it', async () => {
    const issue = await launched();
    const suspended = await issue.ask('suspendIssue', {
      by: '王某',
      kind: 'otherAuthority',
      authority: '市编委办',
      reason: '等编制批复',
    });
    expect(suspended).toMatchObject({
      status: 200,
      body: {
        suspension: { kindName: '待其他机关研定', authority: '市编委办' },
        light: { colour: 'none', reason: '中止中' },
        undoable: { by: '王某' },
      },
    });
    const again = await issue.ask('suspendIssue', { by: '王某', kind: 'litigation', reason: '又' });
    expect(again).toMatchObject({ status: 409, body: { code: 'Suspended' } });
    expect(await issue.ask('resumeIssue', { by: '王某', reason: '' })).toMatchObject({
      status: 409,
      body: { code: 'ReasonMissing' },
    });
    const resumed = await issue.ask('resumeIssue', { by: '王某', reason: '已批复' });
    expect(resumed.body).toMatchObject({ suspension: null, phaseName: '待认领' });
    expect((await verify(world.ledger)).differences).toEqual([]);
  });

  test('grants an extension that the handler asked for, and takes the decision back', async () => {
    const issue = await launched();
    const until = addDays(deadline, 20);
    const asked = await issue.ask('requestExtension', {
      by: '陈某',
      recordedBy: '钱某',
      until,
      reason: '招标流标',
      progress: '已完成设计',
    });
    expect(asked.body).toMatchObject({ extension: { pending: { by: '陈某', until, decidedBy: '督办办公室' } } });
    const granted = await issue.ask('decideExtension', { by: '王某', decision: 'granted', reason: '情况属实' });
    expect(granted.body).toMatchObject({ deadline: until, extension: { pending: null, granted: 1, days: 20 } });
    const undone = await issue.ask('undoLastStep', { by: '王某', reason: '点错' });
    expect(undone.body).toMatchObject({ deadline, extension: { pending: { until }, granted: 0 } });
    const timeline = undone.body['timeline'] as {
      cycles: { entries: { kind: string; title?: string; why: { text: string }[] }[] }[];
    };
    const told = timeline.cycles[0]!.entries.filter(({ kind }) => kind === 'event');
    expect(told.map(({ title }) => title)).toEqual(
      expect.arrayContaining([expect.stringContaining('申请延期至'), expect.stringContaining('同意延期20天')]),
    );
    expect(told.some(({ why }) => why.some(({ text }) => text.includes('由钱某代录')))).toBe(true);
    expect((await verify(world.ledger)).differences).toEqual([]);
  });

  test('is refused of whoever may not, whoever is unknown, and whatever is no request', async () => {
    const issue = await launched();
    expect(await issue.ask('withdrawIssue', { by: '周某', reason: '不想办' })).toMatchObject({
      status: 409,
      body: { code: 'NotYours' },
    });
    expect(await issue.ask('withdrawIssue', { by: '没有这人', reason: '不想办' })).toMatchObject({
      body: { code: 'UnknownPerson' },
    });
    expect(await issue.ask('withdrawIssue', { by: '王某', reason: 7 })).toMatchObject({ status: 400 });
    expect(await issue.ask('adoptPolicy', { by: '王某', policy: {} })).toMatchObject({ status: 403 });
    expect(await issue.ask('askStatus', { by: '周某', text: '怎么样了' })).toMatchObject({
      body: { code: 'NotYours' },
    });
    expect(await world.ledger.progressNote.count({ where: { issueId: issue.issueId } })).toBe(0);
  });

  test('done twice under one number is done once', async () => {
    const issue = await launched();
    const request = { by: '李某', text: '进展如何', requestId: 'ask-1' };
    expect((await issue.ask('askStatus', request)).status).toBe(200);
    expect((await issue.ask('askStatus', request)).status).toBe(200);
    expect((await world.types(issue.issueId)).filter((type) => type === 'statusAsked')).toHaveLength(1);
    expect(await issue.ask('askStatus', { ...request, requestId: 'ask-2' })).toMatchObject({
      body: { code: 'AlreadyAsked' },
    });
    expect(await world.ledger.progressNote.count({ where: { issueId: issue.issueId } })).toBe(1);
  });

  test('takes sub-ledger items in, lets them ask to leave, and out only after a re-check by another', async () => {
    const issue = await launched();
    const entered = await issue.ask('enterItems', {
      by: '陈某',
      items: [{ name: '黑点甲' }, { name: '黑点乙' }, { name: '黑点丙' }],
    });
    expect(entered.body['items']).toMatchObject([
      { number: 1, name: '黑点甲', state: 'entered' },
      { number: 2 },
      { number: 3 },
    ]);
    for (const names of [['黑点乙'], ['黑点丁', '黑点丁']])
      expect(await issue.ask('enterItems', { by: '陈某', items: names.map((name) => ({ name })) })).toMatchObject({
        status: 409,
        body: { code: 'ItemKnown' },
      });
    const leave = { by: '王某', items: ['1-2'], to: 'askedToLeave' };
    const refused = await issue.ask('moveItems', leave);
    expect(refused).toMatchObject({ status: 409, body: { code: 'NotBegun' } });
    expect(refused.body['message']).toBe('2项还没有登记开始整治，请先登记开始整治，再提请出库');
    await issue.ask('moveItems', { ...leave, to: 'inWork' });
    await issue.ask('moveItems', leave);
    const own = { by: '王某', left: ['1'], back: ['黑点乙'], finding: '现场看过' };
    expect(await issue.ask('recheckItems', own)).toMatchObject({ body: { code: 'SamePerson' } });
    const rechecked = await issue.ask('recheckItems', { ...own, by: '钱某' });
    expect((rechecked.body['items'] as { stateName: string }[]).map(({ stateName }) => stateName)).toEqual([
      '已出库',
      '整治中',
      '已入库',
    ]);
    expect(await issue.ask('moveItems', { by: '陈某', items: ['9'], to: 'inWork' })).toMatchObject({
      body: { code: 'UnknownItem' },
    });
    expect((await verify(world.ledger)).differences).toEqual([]);
  });
});

describe('a handover', () => {
  test('shows what it would move, moves the windows, tells the issue, and does nothing the second time', async () => {
    const issue = await launched();
    const request = { from: '陈某', to: '周某', role: 'handler', reason: '调离', by: '王某', issues: [issue.issueId] };
    const preview = await issue.call('POST', '/people/handovers', { ...request, mode: 'preview' });
    expect(preview.body).toMatchObject({ written: 'preview', issues: [{ measure: null, warnings: [] }] });
    expect(await issue.call('POST', '/people/handovers', { ...request, by: '周某' })).toMatchObject({
      body: { code: 'NotYours' },
    });
    expect(await issue.call('POST', '/people/handovers', request)).toMatchObject({ body: { written: 'yes' } });
    expect(await issue.call('POST', '/people/handovers', request)).toMatchObject({
      body: { code: 'NothingToHandOver' },
    });
    const shown = await issue.call('GET', `/issues/${issue.issueId}`);
    expect(shown.body['people']).toMatchObject([{ role: 'handler', persons: [{ name: '周某' }] }, {}, {}, {}]);
    expect(await world.types(issue.issueId)).toContain('handedOver');
    expect(await world.ledger.assignment.count({ where: { issueId: issue.issueId, role: 'handler' } })).toBe(2);
  });

  test('goes on where it was interrupted: the window was moved and the issue not yet told', async () => {
    const issue = await launched();
    const { ledger } = world;
    const row = await ledger.assignment.findFirstOrThrow({ where: { issueId: issue.issueId, role: 'handler' } });
    const moment = new Date();
    await ledger.assignment.update({ where: { id: row.id }, data: { untilAt: moment } });
    await ledger.assignment.create({ data: { ...row, id: `handed-${row.id}`, personId: 'p-zhou', fromAt: moment } });
    const request = { from: '陈某', to: '周某', role: 'handler', reason: '调离', by: '王某', issues: [issue.issueId] };
    expect(await issue.call('POST', '/people/handovers', request)).toMatchObject({ body: { written: 'yes' } });
    expect((await world.types(issue.issueId)).filter((type) => type === 'handedOver')).toHaveLength(1);
    expect(await ledger.assignment.count({ where: { issueId: issue.issueId, role: 'handler' } })).toBe(2);
  });

  test('warns when nobody but the new handler could review the closure', async () => {
    const issue = await launched();
    await world.ledger.assignment.deleteMany({ where: { roundId: issue.roundId, role: 'office', personId: 'p-qian' } });
    const request = { from: '陈某', to: '王某', role: 'handler', reason: '调离', by: '王某', issues: [issue.issueId] };
    const preview = await issue.call('POST', '/people/handovers', { ...request, mode: 'preview' });
    expect(preview.body['warnings']).toMatchObject([expect.stringContaining('唯一的督办办公室')]);
  });
});

describe('a delegation', () => {
  test('is recorded once, listed with who entered it, acted upon with both names, and revoked', async () => {
    const issue = await launched();
    const unsigned = { from: '王某', to: '周某', fromOn: today, untilOn: addDays(today, 7), reason: '出差' };
    const request = { ...unsigned, by: '钱某' };
    const made = await issue.call('POST', '/people/delegations', request);
    expect(made.body).toMatchObject({ written: 'yes', warnings: [] });
    expect((await issue.call('POST', '/people/delegations', unsigned)).body['id']).toBe(made.body['id']);
    const back = { ...request, from: '周某', to: '王某' };
    expect(await issue.call('POST', '/people/delegations', back)).toMatchObject({ body: { code: 'DelegationCycle' } });
    const suspended = await issue.ask('suspendIssue', { by: '周某', kind: 'disaster', reason: '洪水' });
    expect(suspended.status).toBe(200);
    const event = await world.ledger.issueEvent.findFirstOrThrow({
      where: { issueId: issue.issueId, type: 'suspended' },
    });
    expect(event).toMatchObject({ by: 'p-zhou', onBehalfOf: 'p-wang' });
    const entered = { from: '王某', enteredBy: '钱某', enteredAt: expect.any(String) as string };
    expect((await issue.call('GET', '/people/delegations')).body).toMatchObject([
      { ...entered, state: 'running', revokedBy: null, revokedAt: null },
    ]);
    const path = `/people/delegations/${String(made.body['id']).slice(0, 8)}`;
    expect((await issue.call('DELETE', `${path}?by=王某`)).body).toMatchObject({ revoked: 'now' });
    expect((await issue.call('DELETE', path)).body).toMatchObject({ revoked: 'before' });
    expect((await issue.call('GET', '/people/delegations')).body).toMatchObject([
      { ...entered, state: 'revoked', revokedBy: '王某', revokedAt: expect.any(String) as string },
    ]);
    expect((await verify(world.ledger)).differences).toEqual([]);
    expect(await issue.ask('resumeIssue', { by: '周某', reason: '水退' })).toMatchObject({
      body: { code: 'NotYours' },
    });
  });

  test('is entered and revoked by the office or by who delegates, and by nobody who does not say who he is', async () => {
    const issue = await launched();
    const request = { from: '李某', to: '周某', fromOn: today, untilOn: addDays(today, 7), reason: '出差' };
    const path = '/people/delegations';
    expect((await issue.call('POST', path, { ...request, mode: 'preview' })).body).toMatchObject({ id: null });
    for (const [by, code] of [
      [undefined, 'AuthorMissing'],
      ['周某', 'NotOffice'],
      ['陈某', 'NotOffice'],
      ['无此人', 'UnknownPerson'],
    ] as const)
      expect(await issue.call('POST', path, { ...request, by })).toMatchObject({ status: 409, body: { code } });
    expect(await world.ledger.delegation.count({ where: { fromPersonId: 'p-li' } })).toBe(0);
    const made = await issue.call('POST', path, { ...request, by: '李某' });
    const { id } = made.body as { id: string };
    expect(await issue.call('DELETE', `${path}/${id}`)).toMatchObject({ body: { code: 'AuthorMissing' } });
    expect(await issue.call('DELETE', `${path}/${id}?by=周某`)).toMatchObject({ body: { code: 'NotOffice' } });
    const row = { where: { id } };
    expect(await world.ledger.delegation.findUnique(row)).toMatchObject({ enteredBy: 'p-li', revokedAt: null });
    await issue.call('DELETE', `${path}/${id}?by=王某`);
    expect(await world.ledger.delegation.findUnique(row)).toMatchObject({ enteredBy: 'p-li', revokedBy: 'p-wang' });
  });
});

describe('closures many at a time', () => {
  test('goes on past what is refused and says of each what became of it', async () => {
    const issue = await launched([1]);
    const record = {
      for: '陈某',
      by: '钱某',
      channel: 'paper',
      text: '材料交齐',
      files: [{ fileName: '验收.pdf', content: Buffer.from('验收').toString('base64') }],
    };
    await issue.call('POST', `/issues/${issue.issueId}/records`, record);
    await issue.ask('proposeClosure', { by: '陈某' });
    const many = { by: '王某', issues: [{ issue: 'KEIN-01' }, { issue: issue.issueId, state: 'ffffffff' }] };
    expect(await issue.call('POST', '/issues/closure-decisions', many)).toMatchObject({
      body: { refused: 2, done: [{ code: 'UnknownIssue' }, { code: 'StateChanged' }] },
    });
    const state = String((await issue.call('GET', `/issues/${issue.issueId}`)).body['closureState']).slice(0, 12);
    const one = { by: '王某', issues: [{ issue: 'KEIN-01' }, { issue: issue.issueId, state }] };
    expect(await issue.call('POST', '/issues/closure-decisions', one)).toMatchObject({
      body: { refused: 1, done: [{ state: 'refused' }, { state: 'approved' }] },
    });
    expect((await issue.call('GET', `/issues/${issue.issueId}`)).body).toMatchObject({ phase: 'lookBack' });
  });
});

describe('an accountability outcome', () => {
  test('says how many and by whom it was decided, and never who', async () => {
    const issue = await launched();
    const path = `/issues/${issue.issueId}/outcomes`;
    const outcome = { by: '王某', outcome: 'dealtWith', persons: 3, decidedBy: '区纪委监委', requestId: 'o-1' };
    expect(await issue.call('POST', path, { ...outcome, note: '给予陈某警告' })).toMatchObject({
      body: { code: 'NamesPerson' },
    });
    await issue.call('POST', path, outcome);
    const told = await issue.call('POST', path, outcome);
    expect(told.body['outcomes']).toMatchObject([{ words: '经区纪委监委决定，处理3人' }]);
    expect(await issue.call('POST', path, { by: '李某', outcome: 'notPursued' })).toMatchObject({
      body: { code: 'NotOffice' },
    });
  });

  test('that was entered wrongly is corrected by another that names it; the wrong one stays on record and counts no more', async () => {
    const issue = await launched();
    const path = `/issues/${issue.issueId}/outcomes`;
    const wrong = { by: '王某', outcome: 'dealtWith', persons: 8, decidedBy: '区纪委监委' };
    await issue.call('POST', path, wrong);
    const right = { ...wrong, persons: 3, corrects: 1, reason: '多写了5人', requestId: 'right' };
    expect(await issue.call('POST', path, { ...right, reason: '' })).toMatchObject({ body: { code: 'ReasonMissing' } });
    expect(await issue.call('POST', path, { ...right, corrects: 7 })).toMatchObject({
      body: { code: 'UnknownOutcome' },
    });
    await issue.call('POST', path, right);
    const told = await issue.call('POST', path, right);
    expect(told.body['outcomes']).toMatchObject([
      { number: 1, state: 'corrected', words: '经区纪委监委决定，处理8人（已更正，不计）' },
      { number: 2, state: 'stands', corrects: 1, words: '经区纪委监委决定，处理3人（更正第1条：多写了5人）' },
    ]);
    const again = { ...wrong, persons: 2, corrects: 1, reason: '又改' };
    expect(await issue.call('POST', path, again)).toMatchObject({ body: { code: 'OutcomeCorrected' } });
    const { accountability } = await readRoundStatus(world.ledger, issue.roundId);
    expect(accountability).toEqual({ issues: 1, persons: 3, notPursued: 0 });

    const struck = { by: '王某', outcome: 'struck', corrects: 2, reason: '登记在别的问题上' };
    await issue.call('POST', path, struck);
    expect((await readRoundStatus(world.ledger, issue.roundId)).accountability.issues).toBe(0);
  });
});
