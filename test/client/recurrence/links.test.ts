import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecurrences } from '../../../client/reading/index.ts';
import { decideLink, proposeLinks } from '../../../client/recurrence/links.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { type TestDatabase, testDatabase } from '../../support/servers.ts';
import { ToldRound } from '../reading/builder.ts';

let database: TestDatabase;
let ledger: Ledger;
let earlier: ToldRound;
let later: ToldRound;
const nobodyAsked = { ask: () => Promise.reject(new Error('not asked before the launch')) };

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  const title = '公务用车管理不规范';
  earlier = await ToldRound.launched(ledger, [{ title, measures: ['补登台账。'] }, { title: '学习不够深入' }], {
    id: 'd1',
    prefix: 'QN',
  });
  await earlier.submit('QN-01', '办公室经办人', 1, '验收报告.pdf');
  await earlier.proposeClosure('QN-01', '办公室经办人');
  await earlier.approve('QN-01', '督办专责');
  later = await ToldRound.draft(ledger, [{ title }, { title: '工程变更未报批' }], { id: 'd2', prefix: 'HN' });
  // Both are taken for real rounds, the one a day older than the other.
  await ledger.round.update({
    where: { id: earlier.roundId },
    data: { clockId: 'real', createdAt: new Date(Date.now() - 86_400_000) },
  });
  await ledger.round.update({ where: { id: later.roundId }, data: { clockId: 'real' } });
}, 60_000);
afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

describe('what was there before', () => {
  test('is proposed of closed issues of earlier real rounds alone, once', async () => {
    expect(await proposeLinks(ledger, later.roundId)).toBe(1);
    expect(await proposeLinks(ledger, later.roundId)).toBe(0);
    expect(await proposeLinks(ledger, earlier.roundId)).toBe(0);
    const links = await readRecurrences(ledger, [later.idOf('HN-01'), later.idOf('HN-02')]);
    expect(links).toMatchObject([{ issueId: later.idOf('HN-01'), code: 'QN-01', state: 'proposed' }]);
  });

  test('tells when, by whom and on what evidence it was closed', async () => {
    const [link] = await readRecurrences(ledger, [later.idOf('HN-01')]);
    expect(link?.words).toBe('2024年由督办专责据“验收报告.pdf”销号');
  });

  test('is decided by the office, kept with who and when, and a confirmed one stays', async () => {
    const issueId = later.idOf('HN-01');
    const decision = { issueId, earlierIssueId: earlier.idOf('QN-01'), by: 'p-office', source: 'page' };
    const deps = { ledger, issues: nobodyAsked };
    await decideLink(deps, { ...decision, decision: 'declined' });
    await decideLink(deps, { ...decision, decision: 'confirmed' });
    expect(await ledger.issueLink.findFirst({ where: { issueId } })).toMatchObject({
      state: 'confirmed',
      decidedBy: 'p-office',
    });
    await expect(decideLink(deps, { ...decision, decision: 'declined' })).rejects.toMatchObject({
      code: 'LinkDecided',
    });
    const other = { ...decision, earlierIssueId: earlier.idOf('QN-02') };
    await expect(decideLink(deps, { ...other, decision: 'declined' })).rejects.toMatchObject({ code: 'UnknownLink' });
    // One of the same round, and one of an earlier round that is still open, are no earlier cycle of anything.
    for (const earlierIssueId of [later.idOf('HN-02'), earlier.idOf('QN-02')])
      await expect(decideLink(deps, { ...decision, earlierIssueId, decision: 'confirmed' })).rejects.toMatchObject({
        code: 'NotEarlier',
      });
  });
});
