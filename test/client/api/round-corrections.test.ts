import { afterAll, beforeAll, expect, test } from 'vitest';
import * as corrections from '../../../client/commands/round-corrections.ts';
import { whyRound } from '../../../client/reading/why.ts';
import { verify } from '../../../client/verify.ts';
import { addDays } from '../../../workflows/rules/instants.ts';
import { AskedRound } from '../../support/asked-round.ts';

let round: AskedRound;
let roundId: string;
let dueOn: string;

beforeAll(async () => {
  round = await AskedRound.create();
  ({ roundId } = round);
  const order = { by: '王某', issues: '1-2,3', title: '制度执行', task: '逐项对照整改', requestId: 'batch-1' };
  await round.call('POST', `${roundId}/batches`, order);
  dueOn = (await round.duties()).find(({ code }) => code === 'CS-督办1')!.dueOn;
}, 60_000);
afterAll(() => round.world.close());

const letters = () => round.world.ledger.issuedLetter.findMany({ where: { roundId }, orderBy: { number: 'asc' } });
const batches = async () =>
  (await round.duties()).filter(({ code }) => code.startsWith('CS-督办')).map((duty) => [duty.code, duty.dueOn]);

test('a preview of a correction shows what ends and which letters leave, and changes nothing', async () => {
  const path = `${roundId}/batches/1/corrections`;
  const before = [await batches(), await letters()];
  const asked = { by: '王某', issues: '1-2', reason: '三号不在内', mode: 'preview' };
  expect((await round.call('POST', path, asked)).body).toMatchObject({
    written: 'preview',
    ends: ['第1批督办“制度执行”（二科）'],
    units: [],
  });
  const { body } = await round.call('POST', path, { ...asked, issues: undefined, task: '逐项对照，附台账' });
  expect(body).toMatchObject({ units: [{ unit: '一科', codes: ['CS-01', 'CS-02'] }, { unit: '二科' }] });
  expect(JSON.stringify(body['units'])).toContain('以本单为准。更正理由：三号不在内。');
  expect([await batches(), await letters()]).toEqual(before);
  expect((await round.call('POST', path, { ...asked, issues: '1-3' })).body).toMatchObject({
    code: 'NothingCorrected',
  });
});

test('a limit that was told wrongly is owed anew with new letters; the first ones stay as they were', async () => {
  const first = await letters();
  const right = addDays(dueOn, 14);
  const correction = { by: '王某', dueOn: right, reason: '期限录错', requestId: 'correction-1' };
  const path = `${roundId}/batches/${encodeURIComponent('第1批')}/corrections`;
  expect((await round.call('POST', path, { ...correction, by: '陈某' })).body).toMatchObject({ code: 'NotYours' });
  for (const time of ['first', 'second']) {
    const { status, body } = await round.call('POST', path, correction);
    expect({ time, status }).toEqual({ time, status: 201 });
    expect(body).toMatchObject({ number: 1, released: [], letters: [{ number: 3 }, { number: 4 }] });
  }
  expect(await batches()).toEqual([
    ['CS-督办1-3', right],
    ['CS-督办1-4', right],
  ]);
  const [one, two, three] = await letters();
  expect([one, two]).toEqual(first);
  expect(three).toMatchObject({ title: '督办单（第1批，更正）', text: expect.stringContaining('期限录错') as string });
  const all = await round.duties('all');
  expect(all.filter(({ state }) => state === 'corrected').map(({ code }) => code)).toEqual(['CS-督办1', 'CS-督办1-2']);
  const lines = JSON.stringify(await whyRound(round.world.ledger, roundId));
  expect(lines).toContain('“第1批督办“制度执行”（一科）”更正（期限录错）之后不再需要');
});

test('a comment keeps the words that were registered first, and is owed about the right issue', async () => {
  const { body } = await round.call('POST', `${roundId}/comments`, { by: '王某', text: '路灯不亮', issue: '1' });
  const commentId = body['commentId'] as string;
  const path = `${roundId}/comments/${encodeURIComponent('CS-意见1')}/corrections`;
  const refused = await round.call('POST', path, { by: '王某', text: '路灯不亮', reason: '核对' });
  expect(refused.body).toMatchObject({ code: 'NothingCorrected' });
  const several = { by: '王某', issue: 'CS-01、CS-02', reason: '涉及两个' };
  expect((await round.call('POST', path, several)).body).toMatchObject({ code: 'OneIssueOnly' });
  expect(
    (await round.call('POST', `${roundId}/comments`, { by: '王某', issue: '1,2', text: '井盖' })).body,
  ).toMatchObject({
    code: 'OneIssueOnly',
  });
  expect(await round.world.ledger.publicComment.count({ where: { roundId } })).toBe(1);
  const correction = { by: '王某', text: '路灯不亮，井盖也坏了', issue: '2', reason: '漏记', requestId: 'comment-1' };
  for (const time of ['first', 'second']) {
    expect({ time, status: (await round.call('POST', path, correction)).status }).toEqual({ time, status: 201 });
  }
  expect((await round.call('GET', `${roundId}/comments`)).body).toMatchObject([
    {
      commentId,
      text: '路灯不亮，井盖也坏了',
      issue: 'CS-02',
      corrections: [
        {
          by: '王某',
          reason: '漏记',
          changes: ['内容由“路灯不亮”改为“路灯不亮，井盖也坏了”', '涉及的问题由CS-01改为CS-02'],
        },
      ],
    },
  ]);
  expect(await round.world.ledger.publicComment.findUniqueOrThrow({ where: { id: commentId } })).toMatchObject({
    text: '路灯不亮',
    issueId: `${roundId}-i2`,
  });
  expect((await round.duties()).filter(({ code }) => code.includes('意见'))).toMatchObject([
    { code: 'CS-意见2', title: '答复第1件群众意见（更正）', issues: ['CS-02'] },
  ]);
});

test('the commands say what stands, what it was and who corrected it why', async () => {
  const who = { by: '王某', reason: '二科不涉及' };
  await round.commanded(async (output, instance, said) => {
    const batch = { ref: roundId, number: '1' };
    await corrections.roundCorrectBatch(output, instance, batch, { ...who, issues: '1-2', preview: true });
    expect(said()).toMatch(
      /^（预览，未更正）第1批督办，.*\n这些事项结束：第1批督办“制度执行”（二科）（更正）\n没有部门要重新答复$/u,
    );
    await corrections.roundCorrectBatch(output, instance, batch, { ...who, issues: '1-2' });
    expect(said()).toContain('不再涉及二科，原督办单作废，请告知');
    await corrections.roundBatches(output, instance, roundId);
    expect(said()).toMatch(/^第1批 {2}制度执行，.*前办结，涉及CS-01、CS-02（.* 王某下达）\n {2}任务：逐项对照整改\n/u);
    expect(said()).toMatch(/王某更正（事件\d+）：涉及的问题由CS-01、CS-02、CS-03改为CS-01、CS-02；理由：二科不涉及$/u);
    const comment = { ref: roundId, comment: 'CS-意见2' };
    await corrections.roundCorrectComment(output, instance, comment, { ...who, issue: '无' });
    await corrections.roundComments(output, instance, roundId);
    expect(said()).toMatch(
      /路灯不亮，井盖也坏了\n {2}待答复；内部编号 [^]*涉及的问题由CS-02改为无；理由：二科不涉及$/u,
    );
  });
});

test('the ledger replays to what stands in it', async () => {
  expect(await verify(round.world.ledger)).toMatchObject({ rounds: 1, differences: [] });
});
