import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadHolders } from '../../../activities/mail/holders.ts';
import { createRoundActivities } from '../../../activities/round.ts';
import { readAssignments } from '../../../client/assign-import.ts';
import { readNotice } from '../../../client/notice-import/read-notice.ts';
import { readPeople } from '../../../client/people-import.ts';
import { readIssue } from '../../../client/reading/index.ts';
import { Rounds } from '../../../client/rounds.ts';
import { kindInWords, measureKindOf } from '../../../client/rounds/measure-kind.ts';
import { measuresNamed } from '../../../client/rounds/measure-range.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { toIsoDate } from '../../../prisma/days.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { testDatabase, type TestDatabase } from '../../support/servers.ts';

const notice = `某市城管局党组关于巡察整改进展情况的通报

2024年3月4日至4月30日，市委第二巡察组对市城管局党组进行了巡察，并于2024年6月8日反馈了巡察意见。现将整改情况公布如下。

一、整改落实情况

1.学习不够深入。一是集中学习。二是建立制度。三是谈话提醒。

2.监管不够到位。一是开展检查。二是完成改造。

3.台账不够清楚。
`;
const bytes = (text: string) => new TextEncoder().encode(text);
const temporal = { workflow: { start: () => Promise.resolve() } } as unknown as Client;

let database: TestDatabase;
let ledger: Ledger;
let rounds: Rounds;
let roundId: string;

const assign = (text: string, mode: 'write' | 'preview' = 'write') =>
  rounds.assign({ roundId, fileName: '分工.csv', rows: readAssignments(bytes(text), '分工.csv'), mode });
const issueOf = (number: number) =>
  ledger.issue.findFirstOrThrow({ where: { roundId, number }, include: { measures: { orderBy: { number: 'asc' } } } });
/** The days of an issue and of its measures. */
async function days(number: number) {
  const { firstDeadline, measures } = await issueOf(number);
  return [firstDeadline, ...measures.map(({ deadline }) => deadline)].map(toIsoDate);
}
async function handlersOf(number: number, measure: number) {
  const place = { roundId, issueId: (await issueOf(number)).id, obligationId: `evidence-${String(measure)}-1` };
  const holders = await loadHolders(ledger, [place], '2099-01-01T01:00:00.000Z');
  const people = await ledger.person.findMany({ where: { id: { in: [...holders.of(place, 'handler')] } } });
  return people.map(({ name }) => name).sort();
}

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  rounds = new Rounds({ ledger, temporal });
  const people = ['李一', '陈二', '王三'].map((name, n) => `${name},cast${String(n)}@example.test`).join('\n');
  await rounds.importPeople(readPeople(bytes(`姓名,邮箱\n${people}\n`), 'x.csv'));
  const reading = readNotice(bytes(notice), 'gaoming.txt');
  ({ roundId } = await rounds.createFromReading({ reading, fileName: 'gaoming.txt', sha256: 'a'.repeat(64) }));
});

afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

describe('naming measures', () => {
  const issues = [3, 4].map((number) => ({
    id: `i${String(number)}`,
    code: `GM-0${String(number)}`,
    number,
    title: number === 4 ? '落实2.1不力' : '其他',
    measures: number === 3 ? Array.from({ length: 11 }, (_, n) => ({ number: n + 1 })) : [],
  }));

  it.each([
    ['3.2', [2]],
    ['３．２', [2]],
    ['GM-03.10', [10]],
    ['GM-03措施10', [10]],
    ['第3项的措施2', [2]],
    ['3.1、3.3', [1, 3]],
    ['3.1-3.3', [1, 2, 3]],
    ['GM-03.9至GM-03.11', [9, 10, 11]],
  ])('“%s” names measures %j of its issue', (words, numbers) => {
    const named = measuresNamed(words, issues);
    expect(named?.problems).toEqual([]);
    expect(named?.measures.map(({ number }) => number)).toEqual(numbers);
  });

  it.each(['3', '3-4', 'GM-03', '全部', '落实2.1不力', ''])('“%s” names no measure', (words) => {
    expect(measuresNamed(words, issues)).toBeUndefined();
  });

  it.each([
    ['3.12', 'GM-03 没有第 12 条措施，共 11 条'],
    ['3.0', 'GM-03 没有第 0 条措施，共 11 条'],
    ['4.1', 'GM-04 没有单列措施，请按问题分派'],
    ['9.1', '没有第 9 个问题，本轮共 2 个'],
    ['3、3.2', '“3”不是措施；问题和措施请分行写，措施如 3.2'],
    ['3.3-3.1', '“3.3-3.1”前大后小，不是范围'],
    ['3-4.1', '“3-4.1”不止一个问题，措施请分开写'],
  ])('“%s” is refused: %s', (words, problem) => {
    expect(measuresNamed(words, issues)?.problems).toEqual([problem]);
  });
});

describe('reading 措施类别', () => {
  it.each([
    ['建章立制', 'rule'],
    ['追责问责', 'accountability'],
    ['一次性', 'once'],
    ['长期坚持', 'keepUp'],
    ['keepUp', 'keepUp'],
  ])('“%s” is %s', (words, kind) => {
    expect(measureKindOf(words)).toBe(kind);
  });

  it('does not guess', () => {
    expect(measureKindOf('处理')).toEqual({ problem: expect.stringContaining('建章立制') as string });
  });
});

describe('the kind that a measure’s own words tell', () => {
  it.each([
    ['修订农村公路养护管理办法，落实县道县管', 'rule'],
    ['建立采购需求审查制度', 'rule'],
    ['健全交通工程质量监管体系', undefined],
    ['制定年轻干部培养三年计划', undefined],
    ['对3名责任人给予党纪处分', 'accountability'],
    ['对2名科室负责人进行谈话提醒', 'accountability'],
    ['每半年与科室负责人谈心谈话一次', undefined],
    ['建立谈话记录抽查制度', 'rule'],
    ['建立问责制度', undefined],
    ['开展检查，补登记录', undefined],
  ])('“%s” is proposed as %s', (text, kind) => {
    expect(kindInWords(text)).toBe(kind);
  });

  it('is told when the round is made, and not set', async () => {
    const reading = readNotice(bytes(notice), 'gaoming.txt');
    const origin = { reading, fileName: 'gaoming.txt', sha256: 'b'.repeat(64), codePrefix: 'WORDS' };
    const created = await rounds.createFromReading(origin);
    expect(created.notes.filter((note) => note.includes('措施类别'))).toEqual([
      expect.stringContaining('1 条措施看来是追责问责（WORDS-01.3）'),
      expect.stringContaining('1 条措施看来是建章立制（WORDS-01.2）'),
    ]);
    const others = { kind: { not: 'once' }, issue: { roundId: created.roundId } } as const;
    expect(await ledger.measure.count({ where: others })).toBe(0);
    await rounds.discard(created.roundId);
  });
});

describe('assigning measures', () => {
  const header = '编号,责任人,责任部门,整改时限,措施类别,责任领导,重要程度\n';

  it('names all that cannot be resolved, with its line, and writes nothing', async () => {
    const text = `${header}1.4,李一,,,,,\n1.2,孙七,,随便,处理,李一,\n1.1,,,,建章立制,,\n1.1,,,,,,\n2,,,,建章立制,,\n3.1,李一,,,,,\n*,,,,建章立制,,\n`;
    await expect(assign(text)).rejects.toMatchObject({
      problems: [
        { line: 2, message: 'GM-01 没有第 4 条措施，共 3 条' },
        { line: 3, message: '责任人“孙七”不在通讯录里' },
        { line: 3, message: expect.stringContaining('随便') as string },
        { line: 3, message: expect.stringContaining('其他请写在问题的行') as string },
        { line: 3, message: expect.stringContaining('措施类别“处理”没有读懂') as string },
        { line: 5, message: 'GM-01 措施1写了两次，第 4 行已有' },
        { line: 6, message: '措施类别写在措施的行，编号写如 3.2' },
        { line: 7, message: 'GM-03 没有单列措施，请按问题分派' },
        { line: 8, message: expect.stringContaining('措施类别，请逐项写明') as string },
      ],
    });
    expect(await ledger.assignment.count({ where: { roundId } })).toBe(0);
    expect(await ledger.measure.count({ where: { kind: { not: 'once' } } })).toBe(0);
  });

  it('refuses a measure that is due after its issue’s own row, and one row that outlasts all measures', async () => {
    const late = `${header}2,,,2024年9月底前,,,\n2.1,,,2024-10-31,,,\n`;
    await expect(assign(late)).rejects.toMatchObject({
      problems: [{ line: 2, message: expect.stringContaining('各条措施最迟的却是 2024-10-31') as string }],
    });
    const early = `${header}2,,,2024年9月底前,,,\n2.1-2.2,,,2024-08-31,,,\n`;
    await expect(assign(early)).rejects.toMatchObject({ problems: [{ line: 2 }] });
  });

  it('shows what it would change, writes it, and a second time changes nothing', async () => {
    const text = `${header}1,陈二,综合股,,,,\n1.2,王三、李一,法规股,2024年9月底前,建章立制,,\n1.3,,,,追责问责,,\n2.1、2.2,,,2024-08-31,,,\n`;
    const changes = [
      'GM-01 责任部门：无 → 综合股',
      'GM-01 措施2 责任部门：无 → 法规股',
      'GM-01 措施2：整改时限 2024-12-08 → 2024-09-30',
      'GM-01 措施2：类别 一次性 → 建章立制',
      'GM-01 措施3：类别 一次性 → 追责问责',
      'GM-02：整改时限 2024-12-08 → 2024-08-31',
    ];
    expect(await assign(text, 'preview')).toMatchObject({ written: 'preview', added: 3, issues: 2, changes });
    expect(await days(1)).toEqual(Array.from({ length: 4 }, () => '2024-12-08'));
    expect(await assign(text)).toMatchObject({ written: 'yes', added: 3, changes });
    expect(await assign(text)).toMatchObject({ added: 0, ended: 0, changes: [] });
    expect(await days(1)).toEqual(['2024-12-08', '2024-12-08', '2024-09-30', '2024-12-08']);
    expect(await days(2)).toEqual(['2024-08-31', '2024-08-31', '2024-08-31']);
    const { deadlineNote } = await issueOf(2);
    expect(deadlineNote).toBe('台账写明：措施1“2024-08-31”');
    expect((await issueOf(1)).measures.map(({ kind, unit }) => [kind, unit])).toEqual([
      ['once', ''],
      ['rule', '法规股'],
      ['accountability', ''],
    ]);
  });

  it('sends what a measure owes to its own handlers, and the rest to the issue’s', async () => {
    expect(await handlersOf(1, 1)).toEqual(['陈二']);
    expect(await handlersOf(1, 2)).toEqual(['李一', '王三']);
    const { measures } = await readIssue(ledger, 'GM-01');
    expect(measures.map(({ kind, unit, handlers }) => [kind, unit, [...handlers].sort()])).toEqual([
      ['once', '', ['陈二']],
      ['rule', '法规股', ['李一', '王三']],
      ['accountability', '', ['陈二']],
    ]);
  });

  it('leaves the measures’ people alone when the issue’s change, and the other way round', async () => {
    expect(await assign('编号,责任人\n1,李一\n')).toMatchObject({ added: 1, ended: 1 });
    expect(await handlersOf(1, 2)).toEqual(['李一', '王三']);
    expect(await assign('编号,责任人\n1.2,王三\n')).toMatchObject({ added: 0, ended: 1 });
    expect([await handlersOf(1, 1), await handlersOf(1, 2)]).toEqual([['李一'], ['王三']]);
  });

  it('tells where the handlers of some measures answer for the others too', async () => {
    const { notes } = await assign('编号,责任人\n2.1,王三\n', 'preview');
    expect(notes).toEqual([expect.stringContaining('GM-02 只有部分措施写了责任人，措施2也由他们负责')]);
  });

  it('takes a day that is kept up for a day, not for the kind', async () => {
    const { notes, changes } = await assign('编号,整改时限\n2.2,长期坚持\n', 'preview');
    expect(changes).toEqual(['GM-02：整改时限 2024-08-31 → 2024-12-08']);
    expect(notes).toContainEqual(expect.stringContaining('措施类别写“长期坚持”'));
  });

  it('moves the issue’s day with the latest of its measures', async () => {
    await assign('编号,整改时限\n2.1,2024年10月底前\n');
    expect(await days(2)).toEqual(['2024-10-31', '2024-10-31', '2024-08-31']);
    await assign('编号,整改时限\n2.1,2024-07-31\n');
    expect(await days(2)).toEqual(['2024-08-31', '2024-07-31', '2024-08-31']);
  });

  it('stands in the terms of the launch; from then on people change, days and kinds do not', async () => {
    await ledger.issue.updateMany({ where: { roundId }, data: { step: 1 } });
    const activities = createRoundActivities({ ledger, temporal, heartbeat: () => undefined });
    await activities.launchIssues({ roundId, launchedAt: '2024-06-10T01:00:00.000Z' });
    await ledger.round.update({ where: { id: roundId }, data: { state: 'launched' } });
    expect(((await issueOf(1)).terms as unknown as IssueTerms).measures).toEqual([
      { number: 1, kind: 'once', deadline: '2024-12-08' },
      { number: 2, kind: 'rule', deadline: '2024-09-30' },
      { number: 3, kind: 'accountability', deadline: '2024-12-08' },
    ]);
    await expect(assign('编号,整改时限,措施类别\n1.2,2024-08-31,\n1.1,,追责问责\n')).rejects.toMatchObject({
      problems: [
        { line: 2, message: expect.stringContaining('已经交办') as string },
        { line: 3, message: 'GM-01 已经交办，不能在这里改措施1的类别' },
      ],
    });
    const rows = readAssignments(bytes('编号,责任人\n1.3,陈二\n'), '分工.csv');
    const reassigning = { by: 'anybody', reason: '调离', source: 'page' };
    expect(await rounds.assign({ roundId, rows, reassigning })).toMatchObject({ added: 1 });
    expect(await handlersOf(1, 3)).toEqual(['陈二']);
  });
});
