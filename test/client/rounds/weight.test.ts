import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRoundActivities } from '../../../activities/round.ts';
import { readAssignments } from '../../../client/assign-import.ts';
import { readNotice } from '../../../client/notice-import/read-notice.ts';
import { readIssueList } from '../../../client/reading/issue-list.ts';
import { Rounds } from '../../../client/rounds.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { testDatabase, type TestDatabase } from '../../support/servers.ts';

const notice = `某市城管局党组关于巡察整改进展情况的通报

2024年3月4日至4月30日，市委第二巡察组对市城管局党组进行了巡察，并于2024年6月8日反馈了巡察意见。现将整改情况公布如下。

一、整改落实情况

1.学习不够深入。一是集中学习。二是建立制度。

2.监管不够到位。一是开展检查。二是2027年底前完成改造。

3.台账不够清楚。一是清理台账。
`;
const bytes = (text: string) => new TextEncoder().encode(text);
const temporal = { workflow: { start: () => Promise.resolve() } } as unknown as Client;

let database: TestDatabase;
let ledger: Ledger;
let rounds: Rounds;
let roundId: string;

const assign = (text: string, mode: 'write' | 'preview' = 'write') =>
  rounds.assign({ roundId, fileName: '分工.csv', rows: readAssignments(bytes(text), '分工.csv'), mode });
const weights = async () => (await readIssueList(ledger, { roundId })).map(({ weight }) => weight);

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  rounds = new Rounds({ ledger, temporal });
  const reading = readNotice(bytes(notice), 'gaoming.txt');
  ({ roundId } = await rounds.createFromReading({ reading, fileName: 'gaoming.txt', sha256: 'a'.repeat(64) }));
});

afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

describe('making an issue major', () => {
  it('is shown before it is written, and a second time changes nothing', async () => {
    const text = '编号,重要程度\n1、3,重大\n2,一般\n';
    const changes = ['GM-01：重要程度 一般 → 重大', 'GM-03：重要程度 一般 → 重大'];
    expect(await assign(text, 'preview')).toMatchObject({ written: 'preview', issues: 3, changes });
    expect(await weights()).toEqual(['ordinary', 'ordinary', 'ordinary']);
    expect(await assign(text)).toMatchObject({ written: 'yes', changes });
    expect(await weights()).toEqual(['major', 'ordinary', 'major']);
    expect(await assign(text)).toMatchObject({ changes: [] });
  });

  it('is taken back in the draft', async () => {
    await assign('编号,是否重大\n3,否\n');
    expect(await weights()).toEqual(['major', 'ordinary', 'ordinary']);
  });

  it('stands in the terms of the launch, and is refused from then on', async () => {
    await ledger.issue.updateMany({ where: { roundId }, data: { step: 1 } });
    const activities = createRoundActivities({ ledger, temporal, heartbeat: () => undefined });
    await activities.launchIssues({ roundId, launchedAt: '2024-06-10T01:00:00.000Z' });
    await ledger.round.update({ where: { id: roundId }, data: { state: 'launched' } });
    const issues = await ledger.issue.findMany({ where: { roundId }, orderBy: { number: 'asc' } });
    expect(issues.map(({ terms }) => (terms as unknown as IssueTerms).weight)).toEqual([
      'major',
      'ordinary',
      'ordinary',
    ]);
    await expect(assign('编号,重要程度\n2,重大\n')).rejects.toMatchObject({
      problems: [{ line: 2, message: expect.stringContaining('已经交办') as string }],
    });
  });
});
