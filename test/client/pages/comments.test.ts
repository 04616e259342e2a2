import { beforeAll, describe, expect, test } from 'vitest';
import { fromIsoDate } from '../../../prisma/days.ts';
import { testLedger } from '../../support/servers.ts';
import { ToldRound } from '../reading/builder.ts';
import { accessOver, everybodysCookies, twoRounds } from '../access/two-rounds.ts';
import { opened } from './browser.ts';
import { pagesOver } from './told-world.ts';

const ledger = await testLedger();
const path = '/rounds/round-d1/comments';
let round: ToldRound;

/** What was told of a round: by its place, with the day of its answer. */
async function received(roundId: string, place: number, text: string, dueOn: string): Promise<string> {
  const commentId = `${roundId}-y-${String(place)}`;
  const receivedOn = fromIsoDate('2024-01-03');
  const at = '2024-01-03T02:00:00.000Z';
  await ledger.publicComment.create({
    data: { id: commentId, roundId, text, receivedOn, channel: 'letter', contact: '邻居老李 13800000000' },
  });
  await ledger.roundEvent.create({
    data: { roundId, sequence: 100 + place, type: 'commentReceived', at, detail: { commentId, dueOn } },
  });
  const id = `public-comment-${String(place)}`;
  await ledger.roundObligation.create({
    data: {
      ...{ roundId, id, kind: 'publicComment', role: 'office', title: `第${String(place)}件意见`, openedAt: at },
      ...{ dueOn: fromIsoDate(dueOn), scope: { commentId } },
    },
  });
  return commentId;
}

beforeAll(async () => {
  round = await ToldRound.launched(ledger, [{ title: '公务用车管理不规范', measures: ['补登台账。'] }]);
  await received('round-d1', 1, '补登的车次还有漏的。', '2024-02-09');
  await received('round-d1', 2, '<b>夜间</b>还在用公车。', '2024-01-01');
  await received('round-d1', 3, '公园的灯坏了。', '2024-01-20');
  const answered = { answer: '已经修好。', answeredAt: '2024-01-10T02:00:00.000Z' };
  await ledger.publicComment.update({ where: { id: 'round-d1-y-3' }, data: answered });
});

describe('the public comments of a round', () => {
  test('stand with what waits first, by its day, in the words in which they were registered', async () => {
    const { text } = await opened(pagesOver(ledger).app, path);
    expect(text).toContain('2件群众意见待答复');
    expect([...text.matchAll(/class="comment" id="round-d1-y-(\d)"/g)].map(([, place]) => place)).toEqual([
      '2',
      '1',
      '3',
    ]);
    expect(text).toContain('&lt;b&gt;夜间&lt;/b&gt;还在用公车。');
    expect(text).toContain('答复已逾期');
    expect(text).toContain('LN-意见1');
    expect(text).toContain('已经修好。');
  });

  test('are entered by hand, each about one issue at the most', async () => {
    const { app, asked } = pagesOver(ledger);
    const { post } = await opened(app, path);
    const fields = { by: round.personId('督办专责'), text: '来电反映。', channel: 'phone', receivedOn: '2024-01-02' };
    const answer = await post(path, { ...fields, issue: 'LN-01', contact: '' });
    expect(answer.headers.get('location')).toBe(`${path}?done=commentEntered`);
    expect(asked).toMatchObject([
      {
        what: 'receiveComment',
        with: ['round-d1', { text: '来电反映。', channel: 'phone', issueId: round.idOf('LN-01'), source: 'page' }],
      },
    ]);
    expect((await post(path, { ...fields, issue: 'LN-99' })).status).toBe(409);
    const empty = await post(path, { ...fields, text: '', channel: 'pigeon' });
    expect(await empty.text()).toContain('请写意见的原话');
    expect(asked).toHaveLength(1);
  });

  test('are answered once the answer has words', async () => {
    const { app, asked } = pagesOver(ledger);
    const { post } = await opened(app, path);
    const fields = { by: round.personId('督办专责'), commentId: 'round-d1-y-1' };
    expect((await post(`${path}/answers`, { ...fields, answer: '' })).status).toBe(409);
    const answer = await post(`${path}/answers`, { ...fields, answer: '已补登。' });
    expect(answer.headers.get('location')).toBe(`${path}?done=commentAnswered`);
    expect(asked).toMatchObject([{ what: 'answerComment', with: ['round-d1', { answer: '已补登。' }] }]);
  });
});

test('how whoever wrote is reached is for the office; who sees a part of the round alone sees no comments', async () => {
  await twoRounds(ledger);
  await received('own', 1, '采购价太高。', '2026-12-01');
  const cookies = await everybodysCookies(ledger);
  const { app } = pagesOver(ledger, undefined, undefined, accessOver(ledger));
  const shown = async (account: string) => {
    const headers = { cookie: cookies.get(account)!, host: 'localhost' };
    const text = await (await app.request('/rounds/own/comments', { headers })).text();
    return [text.includes('采购价太高'), text.includes('13800000000')];
  };
  expect(await shown('wang')).toEqual([true, true]);
  expect(await shown('zhao')).toEqual([true, false]);
  expect(await shown('chen')).toEqual([false, false]);
}, 60_000);
