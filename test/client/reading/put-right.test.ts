import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueWords } from '../../../client/commands/issue-words.ts';
import { readIssue } from '../../../client/reading/index.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { type TestDatabase, testDatabase } from '../../support/servers.ts';
import { ToldRound } from './builder.ts';

let database: TestDatabase;
let ledger: Ledger;
let round: ToldRound;

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  round = await ToldRound.launched(ledger, [
    { title: '公务用车管理不规范', measures: ['补登台账。', '建立制度。'] },
    { title: '学习不够深入' },
    { title: '车辆台账不全', measures: ['清理。'] },
    { title: '专项经费使用不规范', measures: ['清理。'] },
  ]);
});
afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

test('a piece of evidence that was corrected to no measure is no longer shown as handed in for its first', async () => {
  const files = async () => {
    const { measures, unassigned } = await readIssue(ledger, 'LN-02');
    return [measures[0]?.state, measures[0]?.evidence.length, unassigned.map(({ fileName }) => fileName)];
  };
  const evidenceId = await round.submit('LN-02', '办公室经办人', 0, '会议记录.pdf');
  expect(await files()).toEqual(['received', 1, []]);
  const reason = '材料放错了问题';
  await round.tell('LN-02', '督办专责', { type: 'evidenceCorrected', evidenceId, measure: null, reason });
  expect(await files()).toEqual(['missing', 0, ['会议记录.pdf']]);
  const { sequence } = round.progressOf('LN-02');
  const { undoable } = round.progressOf('LN-02');
  await round.tell('LN-02', '督办专责', { type: 'undone', undoneSequence: undoable?.sequence ?? sequence, reason });
  expect(await files()).toEqual(['received', 1, []]);
});

test('what the notice says of the first deadline is not said of the one it was moved to', async () => {
  const before = await readIssue(ledger, 'LN-01');
  expect(before.deadlineNote).not.toContain('原定');
  const moved = [1, 2].map((measure) => ({ measure, deadline: '2024-08-30' }));
  await round.tell('LN-01', '督办专责', {
    type: 'deadlineCorrected',
    deadline: '2024-08-30',
    measures: moved,
    moved: [],
    reason: '录错',
  });
  const { deadline, deadlineNote } = await readIssue(ledger, 'LN-01');
  expect(deadline).toBe('2024-08-30');
  expect(deadlineNote).toMatch(/^原定2024年\d+月\d+日\(周.\)，/u);
  expect(deadlineNote).toContain(before.deadlineNote);
});

test('an issue names those that were merged into it, and they name it', async () => {
  const issueId = round.idOf('LN-01');
  await round.tell('LN-03', '督办专责', { type: 'mergedInto', issueId, reason: '同一事项' });
  expect((await readIssue(ledger, 'LN-01')).mergedFrom).toEqual([{ code: 'LN-03', carried: [] }]);
  expect(issueWords(await readIssue(ledger, 'LN-01'))).toContain('LN-03 已并入本问题');
  expect(issueWords(await readIssue(ledger, 'LN-03'))).toContain('已并入 LN-01');
});

test('the command line tells of the clock that stood still, of items and of levels, as the page does', async () => {
  await round.tell('LN-04', '督办专责', { type: 'suspended', kind: 'litigation', authority: '', reason: '行政复议' });
  await round.until('2024-01-31T02:00:00.000Z');
  expect(issueWords(await readIssue(ledger, 'LN-04'))).toMatch(
    /起中止（诉讼、复议），不催办；已用\d+个工作日，其中中止\d+个/u,
  );
  const { deadline } = round.progressOf('LN-04');
  const resumed = { type: 'resumed', workdays: 20, deadline, measures: [], moved: [], reason: '复议终结' } as const;
  await round.tell('LN-04', '督办专责', resumed);
  expect(issueWords(await readIssue(ledger, 'LN-04'))).toMatch(/\n {2}已用\d+个工作日，其中中止\d+个\n/u);
  const id = `${round.idOf('LN-04')}-t1`;
  await ledger.ledgerItem.create({ data: { id, issueId: round.idOf('LN-04'), number: 1, name: '东街黑点' } });
  await round.tell('LN-04', '督办专责', { type: 'itemsEntered', itemIds: [id] });
  expect(issueWords(await readIssue(ledger, 'LN-04'))).toContain('子台账 1 项，已出库 0 项：\n    1  东街黑点  已入库');
});
