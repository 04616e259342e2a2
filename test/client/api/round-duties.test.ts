import { afterAll, beforeAll, expect, test } from 'vitest';
import * as commands from '../../../client/commands/round-duties.ts';
import { MisuseError } from '../../../client/misuse-error.ts';
import { verify } from '../../../client/verify.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import { AskedRound, sha256 } from '../../support/asked-round.ts';
import type { IssueWorld } from '../../support/issue-world.ts';

let round: AskedRound;
let world: IssueWorld;
let roundId: string;
/** The letters that the preview of the batch showed. */
let foreseen: string[];

beforeAll(async () => {
  round = await AskedRound.create();
  ({ world, roundId } = round);
}, 60_000);
afterAll(() => world.close());

const call: AskedRound['call'] = (...request) => round.call(...request);
const duties = (which?: string) => round.duties(which);

test('a weekly check is listed with whose it is, reported by its code, and the words are kept', async () => {
  await world.environment.sleep('7d');
  await world.until(async () => (await duties()).some(({ code }) => code === 'CS-周检1'));
  const [check] = (await duties()).filter(({ code }) => code === 'CS-周检1');
  expect(check).toMatchObject({ title: '第1次周检查', roleName: '督办办公室', people: ['王某'], state: 'open' });
  const path = `${roundId}/duties/${encodeURIComponent('周检1')}/reports`;
  const report = { text: '各科室均已报进展', requestId: 'report-1' };
  expect(await call('POST', path, { ...report, by: '陈某' })).toMatchObject({
    status: 409,
    body: { code: 'NotYours' },
  });
  expect(await call('POST', path, { ...report, by: '王某', text: '' })).toMatchObject({ status: 400 });
  expect((await call('POST', path, { ...report, by: '王某' })).status).toBe(200);
  expect((await call('POST', path, { ...report, by: '王某' })).status).toBe(200);
  expect(await call('POST', path, { by: '王某', text: '又报一次' })).toMatchObject({ body: { code: 'DutyClosed' } });
  expect(round.kept).toContain('各科室均已报进展');
  expect((await duties('all')).find(({ code }) => code === 'CS-周检1')).toMatchObject({
    state: 'met',
    closedBy: '王某',
    noteId: `file/${sha256}`,
  });
  expect(await call('POST', `${roundId}/duties/CS-99/reports`, { ...report, by: '王某' })).toMatchObject({
    body: { code: 'UnknownDuty' },
  });
});

test('a preview of a batch shows each unit its letter word for word, and issues nothing', async () => {
  const order = { by: '王某', issues: '1-2,3', title: '制度执行', task: '逐项对照整改' };
  const before = await duties('all');
  const { body: preview } = await call('POST', `${roundId}/batches`, { ...order, mode: 'preview' });
  expect(preview).toMatchObject({
    written: 'preview',
    number: 1,
    units: [
      { unit: '一科', codes: ['CS-01', 'CS-02'] },
      { unit: '二科', codes: ['CS-03'] },
    ],
  });
  expect(await world.ledger.issuedLetter.count({ where: { roundId, kind: 'supervisionLetter' } })).toBe(0);
  expect(await duties('all')).toEqual(before);
  expect(await call('POST', `${roundId}/batches`, { ...order, task: ' ', mode: 'preview' })).toMatchObject({
    status: 409,
    body: { code: 'TaskMissing' },
  });
  foreseen = (preview['units'] as { letter: { text: string } }[]).map(({ letter }) => letter.text);
});

test('a batch names issues by their numbers and writes each unit its letter once', async () => {
  const order = { by: '王某', issues: '1-2,3', title: '制度执行', task: '逐项对照整改', requestId: 'batch-1' };
  expect(await call('POST', `${roundId}/batches`, { ...order, issues: '9' })).toMatchObject({
    status: 409,
    body: { code: 'ImportProblems' },
  });
  expect((await call('POST', `${roundId}/batches`, order)).status).toBe(201);
  const again = await call('POST', `${roundId}/batches`, order);
  expect(again.body).toMatchObject({ number: 1, letters: [{ number: 1 }, { number: 2 }] });
  expect((await duties()).filter(({ code }) => code.startsWith('CS-督办'))).toMatchObject([
    { code: 'CS-督办1', unit: '一科', issues: ['CS-01', 'CS-02'], people: ['陈某'] },
    { code: 'CS-督办1-2', unit: '二科', issues: ['CS-03'] },
  ]);
  const written = await world.ledger.issuedLetter.findMany({
    where: { roundId, kind: 'supervisionLetter' },
    orderBy: { number: 'asc' },
  });
  // The workflow's clock is ahead of the world's here.
  const withoutDays = (text: string) => text.replace(/\d+年\d+月\d+日/gu, '某日');
  expect(written.map(({ text }) => withoutDays(text))).toEqual(foreseen.map(withoutDays));
});

test('a comment of the public is registered, cannot be reported away, and is answered by its code', async () => {
  const comment = { by: '王某', text: '路灯仍然不亮', issue: 'CS-02', channel: 'visit', receivedOn: '2026-11-20' };
  const { body } = await call('POST', `${roundId}/comments`, comment);
  const commentId = body['commentId'] as string;
  expect(await world.ledger.publicComment.findUniqueOrThrow({ where: { id: commentId } })).toMatchObject({
    issueId: `${roundId}-i2`,
    channel: 'visit',
  });
  const shown = { receivedOn: '2026-11-20', channel: 'visit', channelName: '来访', text: '路灯仍然不亮' };
  expect(body['duties']).toContainEqual(
    expect.objectContaining({ commentId, comment: expect.objectContaining(shown) as unknown }),
  );
  expect(await call('POST', `${roundId}/comments`, { ...comment, channel: '托梦' })).toMatchObject({ status: 400 });
  const code = encodeURIComponent('CS-意见1');
  expect(await call('POST', `${roundId}/duties/${code}/reports`, { by: '王某', text: '好' })).toMatchObject({
    body: { code: 'NotByReport' },
  });
  const answered = await call('PUT', `${roundId}/comments/${code}/answer`, { by: '王某', answer: '已修复' });
  expect(answered).toMatchObject({ status: 200, body: { commentId } });
});

test('an evaluation is shown before it is recorded, with what its figures follow from', async () => {
  const satisfaction = { satisfied: 8, basicallySatisfied: 1, unsatisfied: 1 };
  const { body } = await call('POST', `${roundId}/evaluation-proposals`, { satisfaction });
  expect(body).toMatchObject({
    evaluation: { satisfaction: { points: 8.8, basis: '群众评价10件：满意8件、基本满意1件、不满意1件。' } },
  });
  const count = () => world.ledger.roundEvent.count({ where: { roundId, type: 'evaluated' } });
  expect(await count()).toBe(0);
  expect((await call('POST', `${roundId}/evaluations`, { by: '李某', satisfaction })).status).toBe(201);
  expect(await count()).toBe(1);
});

test('a plan is decided by the head of the group, with a reason where it is returned', async () => {
  const path = `${roundId}/plan/decision`;
  expect(await call('PUT', path, { by: '李某', decision: 'approved' })).toMatchObject({ body: { code: 'NoPlan' } });
  if (!(await duties()).some(({ code }) => code.startsWith('CS-方案'))) {
    await world.environment.sleep('30d');
    await world.until(async () => (await duties()).some(({ code }) => code === 'CS-方案1'));
  }
  const [plan] = (await duties()).filter(({ code }) => code.startsWith('CS-方案'));
  const report = { by: '王某', text: '方案已报' };
  await call('POST', `${roundId}/duties/${encodeURIComponent(plan!.code)}/reports`, report);
  expect(await call('PUT', path, { by: '李某', decision: 'returned' })).toMatchObject({
    body: { code: 'ReasonMissing' },
  });
  expect((await call('PUT', path, { by: '李某', decision: 'approved' })).status).toBe(200);
});

test('a draw with a seed is kept with it, and comes out the same when it is run again', async () => {
  expect(await call('GET', `${roundId}/draws/check`)).toMatchObject({ body: { code: 'UnknownDraw' } });
  expect(await call('POST', `${roundId}/draws`, { by: '王某' })).toMatchObject({ body: { code: 'NothingToDraw' } });
  await world.ledger.issue.updateMany({ where: { roundId }, data: { phase: 'lookBack', progress: {} } });
  const drawn = await call('POST', `${roundId}/draws`, { by: '王某', seed: '公布的种子' });
  // The issues of this test have no workflows, so that none of them can be told.
  expect(drawn.body).toMatchObject({ seed: '公布的种子', refused: [{}, {}, {}] });
  const drawId = drawn.body['drawId'] as string;
  const of = (ref: string) => call('GET', `${ref}/draws/check`);
  expect((await of(roundId)).body).toMatchObject([{ drawId, seed: '公布的种子', state: 'same' }]);
  expect(await of(drawId)).toMatchObject({ body: [{ drawId, drawn: drawn.body['drawn'] }] });
});

test('the commands say it in words, refuse with a code, and tell a misuse from a refusal', async () => {
  await round.commanded(async (output, instance, said) => {
    await commands.roundDuties(output, instance, roundId, 'all');
    expect(said()).toMatch(/CS-周检1 +第1次周检查 +期限 \d{4}-\d\d-\d\d +已办结 \d{4}-\d\d-\d\d +督办办公室：王某/u);
    await commands.roundBatch(output, instance, roundId, { by: '王某', issues: '3', title: '催办', task: '报结果' });
    expect(said()).toMatch(/^已下达第2批督办，督办单：\n {2}3号 .*\n本轮待办：\n(.*\n)*CS-督办2 /u);
    const done = commands.roundReport(output, instance, { ref: roundId, duty: 'CS-督办2' }, { by: '李某', text: '好' });
    await expect(done).rejects.toMatchObject({ code: 'NotYours' });
    await commands.roundReport(output, instance, { ref: roundId, duty: 'CS-督办2' }, { by: '陈某', text: '已办' });
    expect(said()).toContain('已登记“');
    await commands.roundComment(output, instance, roundId, { by: '王某', text: '水管又漏', channel: '来信' });
    expect(said()).toMatch(/CS-意见2 .*督办办公室：王某 +\d{4}-\d\d-\d\d 来信：水管又漏$/mu);
    await commands.roundAnswerComment(
      output,
      instance,
      { ref: roundId, comment: '意见2' },
      { by: '王某', answer: '已修' },
    );
    expect(said()).toContain('已答复群众意见');
    await commands.roundEvaluate(output, instance, roundId, { preview: true, satisfaction: '8,1,1' });
    expect(said()).toMatch(/群众满意度 +8\.8\/10 +群众评价10件[^]*（预览，未登记）$/u);
    await expect(commands.roundEvaluate(output, instance, roundId, {})).rejects.toThrow(MisuseError);
    await expect(commands.roundPlan(output, instance, roundId, { by: '李某' })).rejects.toThrow(MisuseError);
    await commands.roundVerifyDraw(output, instance, roundId);
    expect(said()).toContain('种子 公布的种子');
    expect(said()).toContain('重新抽取的结果与留存的相同');
    await world.ledger.lookBackDraw.updateMany({ where: { roundId }, data: { seed: '换过的种子', share: 1 } });
    await expect(commands.roundVerifyDraw(output, instance, roundId)).rejects.toMatchObject({ code: 'DrawDiffers' });
  });
});

test('verify replays the round as well, and names what was altered behind its back', async () => {
  const found = await verify(world.ledger);
  expect(found).toMatchObject({ rounds: 1, differences: [] });
  expect(found.roundEvents).toBeGreaterThan(8);
  const { sequence } = await world.ledger.round.findUniqueOrThrow({ where: { id: roundId } });
  await world.ledger.round.update({ where: { id: roundId }, data: { sequence: sequence + 1 } });
  const batch = { roundId_id: { roundId, id: 'supervision-batch-1-1' } };
  await world.ledger.roundObligation.update({ where: batch, data: { dueOn: fromIsoDate('2030-01-01') } });
  expect((await verify(world.ledger)).differences.map(({ row, field }) => [row.split('（')[0], field])).toEqual([
    ['Round 测试轮次', 'sequence'],
    ['RoundObligation 测试轮次/supervision-batch-1-1', 'dueOn'],
  ]);
});
