import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAssignments } from '../../../client/assign-import.ts';
import type { NoticeReading } from '../../../client/notice-import/notice-reading.ts';
import { readPeople } from '../../../client/people-import.ts';
import { Rounds } from '../../../client/rounds.ts';
import { notesForLaunch } from '../../../client/rounds/missing-for-launch.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { toIsoDate } from '../../../prisma/days.ts';
import { testDatabase, type TestDatabase } from '../../support/servers.ts';

const noTemporal = new Proxy({} as Client, {
  get: (_, property) => {
    throw new Error(`a draft needs no Temporal, yet ${String(property)} was asked for`);
  },
});

const issue = (number: number, measures: string[], others: Partial<NoticeReading['issues'][number]> = {}) => ({
  number,
  title: `问题${String(number)}`,
  aspect: 1,
  group: null,
  longTerm: false,
  text: `问题${String(number)}。${measures.join('')}`,
  measures,
  line: number + 10,
  ...others,
});

const reading: NoticeReading = {
  round: {
    bodyName: '某市城管局党组',
    team: '市委第二巡察组',
    inspectedFrom: null,
    inspectedTo: null,
    feedbackOn: '2023-09-22',
    signedOn: null,
    signedBy: null,
    commentFrom: null,
    commentTo: null,
    commentText: null,
    phones: [],
    postalAddress: null,
    emails: [],
  },
  level: '1.',
  aspects: [{ number: 1, title: '聚焦主责主业' }],
  issues: [
    issue(1, ['开展检查。', '2025年底前逐步完成检测。']),
    issue(2, []),
    issue(3, ['立行立改，清理杂物。', '建立制度。']),
    issue(4, ['立行立改，清理杂物。', '即知即改，恢复原状。']),
    issue(5, ['定期汇报。'], { longTerm: true }),
  ],
  claims: [],
  problems: [{ code: 'duplicated', line: 12, message: '与第 11 行重复' }],
  joins: 0,
};
const origin = { reading, fileName: 'mingcheng-2024.txt', sha256: 'a'.repeat(64) };
const bytes = (text: string) => new TextEncoder().encode(text);

let database: TestDatabase;
let ledger: Ledger;
let rounds: Rounds;

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  rounds = new Rounds({ ledger, temporal: noTemporal });
});

afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

describe('a round made from a notice', () => {
  it('holds every issue with its kind, its deadline and where that comes from', async () => {
    const created = await rounds.createFromReading(origin);
    expect(created).toMatchObject({ codePrefix: 'MC', name: '某市城管局党组巡察整改', issues: 5, measures: 7 });
    expect(created.notes[0]).toBe('第 12 行：与第 11 行重复');
    const issues = await ledger.issue.findMany({
      where: { roundId: created.roundId },
      orderBy: { number: 'asc' },
      include: { measures: { orderBy: { number: 'asc' } } },
    });
    const seen = issues.map(({ code, kind, firstDeadline, measures }) => [
      code,
      kind,
      toIsoDate(firstDeadline),
      measures.map(({ deadline }) => toIsoDate(deadline)),
    ]);
    expect(seen).toEqual([
      ['MC-01', 'ordinary', '2025-12-31', ['2024-03-22', '2025-12-31']],
      ['MC-02', 'ordinary', '2024-03-22', []],
      ['MC-03', 'ordinary', '2024-03-22', ['2024-03-22', '2024-03-22']],
      ['MC-04', 'immediate', '2023-10-07', ['2023-10-07', '2023-10-07']],
      ['MC-05', 'longTerm', '2024-03-22', ['2024-03-22']],
    ]);
    expect(issues[0]?.deadlineNote).toBe('通报写明：措施2“2025年底前”');
    expect(issues[0]?.measures[1]?.deadlinePhrase).toBe('2025年底前');
    expect(issues[1]?.deadlineNote).toContain('集中整改期');
    const round = await ledger.round.findUniqueOrThrow({ where: { id: created.roundId }, include: { policies: true } });
    expect(round).toMatchObject({ state: 'draft', clockId: 'real', policies: [{ version: 1 }] });
    expect(round.reading).not.toHaveProperty('issues');
    expect(round.reading).toHaveProperty('problems', reading.problems);
  });

  it('is refused without a day of feedback, and takes the one the office gives', async () => {
    const silent = { ...origin, reading: { ...reading, round: { ...reading.round, feedbackOn: null } } };
    await expect(rounds.createFromReading(silent)).rejects.toMatchObject({ code: 'FeedbackMissing' });
    const created = await rounds.createFromReading({ ...silent, feedbackOn: '2026-01-31' });
    expect(created.concentratedEndsOn).toBe('2026-07-31');
  });

  it('takes another prefix when its own is taken, and refuses one that was asked for', async () => {
    await rounds.createFromReading({ ...origin, codePrefix: 'qq' });
    await expect(rounds.createFromReading({ ...origin, codePrefix: 'QQ' })).rejects.toMatchObject({
      code: 'CodeTaken',
    });
    const next = await rounds.createFromReading({ ...origin, fileName: 'qq.txt' });
    expect(next.codePrefix).toBe('QQ2');
  });

  it('takes no more questions of the ledger for 43 issues with 169 measures than for one', async () => {
    let asked = 0;
    const counting = ledger.$extends({
      query: {
        $allOperations: ({ args, query }) => {
          asked += 1;
          return query(args);
        },
      },
    });
    const counted = new Rounds({ ledger: counting as unknown as Ledger, temporal: noTemporal });
    const questionsFor = async (issues: NoticeReading['issues'], codePrefix: string) => {
      asked = 0;
      const created = await counted.createFromReading({ ...origin, reading: { ...reading, issues }, codePrefix });
      return { asked, issues: created.issues, measures: created.measures };
    };
    const one = await questionsFor([issue(1, ['一'])], 'ONE');
    const measures = ['一', '二', '三', '四'];
    const many = Array.from({ length: 43 }, (_, n) => issue(n + 1, measures.slice(0, n < 40 ? 4 : 3)));
    expect(await questionsFor(many, 'MANY')).toEqual({ asked: one.asked, issues: 43, measures: 169 });
  });

  it('is found by id, by the beginning of an id and by name, and never guessed', async () => {
    const { roundId } = await rounds.createFromReading({ ...origin, codePrefix: 'FIND', name: '独一无二的轮次' });
    for (const ref of [roundId, roundId.slice(0, 8), '独一无二的轮次', '独一无二']) {
      expect((await rounds.find(ref)).id).toBe(roundId);
    }
    await expect(rounds.find('某市城管局党组巡察整改')).rejects.toMatchObject({ code: 'AmbiguousRound' });
    await expect(rounds.find('没有的')).rejects.toMatchObject({ code: 'UnknownRound' });
  });
});

describe('importing people', () => {
  const people = '姓名,邮箱,部门,职务\r\n李明,LI@Example.test,办公室,主任\r\n王五,wang@example.test,综合股,\r\n';

  it('adds them once, shows what a second import would change, and takes nothing away', async () => {
    const rows = readPeople(bytes(`\ufeff${people}`), 'people.csv');
    expect(await rounds.importPeople(rows, { mode: 'preview' })).toMatchObject({
      written: 'preview',
      added: ['李明', '王五'],
    });
    expect(await ledger.person.count()).toBe(0);
    await rounds.importPeople(rows);
    expect(await rounds.importPeople(rows)).toEqual({ written: 'yes', added: [], changed: [], unchanged: 2 });
    const moved = readPeople(bytes(people.replace('办公室,主任', '法规股,')), 'people.csv');
    expect((await rounds.importPeople(moved)).changed).toEqual([{ name: '李明', changes: ['单位：办公室 → 法规股'] }]);
    expect(await ledger.person.findFirst({ where: { email: 'li@example.test' } })).toMatchObject({
      unit: '法规股',
      position: '主任',
    });
  });

  it('reads what Excel writes in GB18030, with English headings and quoted cells', () => {
    const gbk = Buffer.concat([
      Buffer.from('name,email,unit\n"'),
      Buffer.from([0xc0, 0xee, 0xc3, 0xf7]),
      Buffer.from('",a@b.test,"x, ""y"""\n'),
    ]);
    expect(readPeople(gbk, 'people.csv')).toEqual([
      { line: 2, name: '李明', email: 'a@b.test', unit: 'x, "y"', position: '' },
    ]);
  });

  it('names all problems at once, each with its line, and writes nothing', async () => {
    const before = await ledger.person.count();
    const bad = '姓名,邮箱\n,a@b.test\n孙七,不是邮箱\n\n钱八,a@b.test\n';
    expect(() => readPeople(bytes(bad), '人员.csv')).toThrow(
      expect.objectContaining({
        code: 'ImportProblems',
        problems: [
          { line: 2, message: '没有写姓名' },
          { line: 3, message: '“不是邮箱”不是有效的邮箱（应是 name@example.gov.cn 之类）' },
          { line: 5, message: 'a@b.test与第 2 行重复' },
        ],
      }) as Error,
    );
    expect(await ledger.person.count()).toBe(before);
  });

  it.each([
    ['an empty file', '', 'MisuseError'],
    ['an Excel workbook', 'PK\u0003\u0004', 'MisuseError'],
    ['no heading of an address', '姓名,电话\n李明,1\n', 'RefusedError'],
    ['headings alone', '姓名,邮箱\n', 'RefusedError'],
  ])('refuses %s', (_, text, name) => {
    expect(() => readPeople(bytes(text), 'people.csv')).toThrow(expect.objectContaining({ name }) as Error);
  });
});

describe('assigning who is responsible', () => {
  let roundId: string;
  const header = '编号,责任人,责任领导,责任部门,配合部门,整改时限,组长,督办,巡察办\n';
  const assign = (text: string) =>
    rounds.assign({ roundId, fileName: '分工.csv', rows: readAssignments(bytes(text), '分工.csv') });

  beforeAll(async () => {
    ({ roundId } = await rounds.createFromReading({ ...origin, codePrefix: 'GM', name: '分工' }));
    const cast = ['李一', '陈二', '王三', '赵四', '周五', '吴六'].map(
      (name, n) => `${name},cast${String(n)}@example.test,第${String(n)}股`,
    );
    await rounds.importPeople(
      readPeople(
        bytes(`姓名,邮箱,单位\n${cast.join('\n')}\n同名,same1@example.test,甲\n同名,same2@example.test,乙\n无箱,,丙\n`),
        'x.csv',
      ),
    );
  });

  it('names all that cannot be resolved, with its line, and writes nothing', async () => {
    const refusal = assign(`${header}1-9,陈二、孙七,同名,,,随便,,,\n,陈二,,,,,,,\n*,,,,,,李一,无名,\n`);
    await expect(refusal).rejects.toMatchObject({
      problems: [
        { line: 2, message: '没有第 6 个问题，本轮共 5 个' },
        { line: 2, message: '责任人“孙七”不在通讯录里' },
        { line: 2, message: expect.stringContaining('责任领导“同名”有 2 位') as string },
        { line: 2, message: expect.stringContaining('随便') as string },
        { line: 3, message: '没有写问题编号' },
        { line: 4, message: '督办办公室“无名”不在通讯录里' },
      ],
    });
    expect(await ledger.assignment.count({ where: { roundId } })).toBe(0);
  });

  it('tells everything that is missing before the launch', async () => {
    expect((await rounds.missingForLaunch(roundId)).map(({ message }) => message)).toEqual([
      '还没有责任人',
      '还没有责任领导',
      '还没有组长',
      '还没有督办办公室',
      '还没有巡察办(派驻纪检组)',
    ]);
    await expect(rounds.launch(roundId)).rejects.toMatchObject({ code: 'NotReady' });
    expect(await ledger.round.findUnique({ where: { id: roundId } })).toMatchObject({ state: 'draft' });
  });

  it('writes ranges, round-wide roles, units and deadlines, and a second time nothing', async () => {
    const text = `${header}1-3,陈二,李一,综合股,法规股,,,,\n"GM-04、GM-05",同名（乙）,李一,,,2024年6月底前,,,\n*,,,,,,李一,王三,赵四\n`;
    expect(await assign(text)).toMatchObject({ issues: 5, added: 13, ended: 0 });
    expect(await assign(text)).toMatchObject({ added: 0, ended: 0 });
    const five = await ledger.issue.findFirstOrThrow({ where: { roundId, number: 5 }, include: { measures: true } });
    expect(toIsoDate(five.firstDeadline)).toBe('2024-06-30');
    expect(five.measures.map(({ deadline }) => toIsoDate(deadline))).toEqual(['2024-06-30']);
    expect(await ledger.issue.findFirst({ where: { roundId, number: 1 } })).toMatchObject({
      unit: '综合股',
      assistingUnits: '法规股',
    });
    expect(await rounds.missingForLaunch(roundId)).toEqual([]);
  });

  it('replaces whom it names and leaves the others alone', async () => {
    expect(await assign('编号,责任人\n2,周五、吴六\n')).toMatchObject({ issues: 1, added: 2, ended: 1 });
    const held = await ledger.assignment.findMany({
      where: { issue: { roundId, number: 2 } },
      include: { person: true },
    });
    expect(held.map(({ role, person }) => `${role} ${person.name}`).sort()).toEqual([
      'handler 吴六',
      'handler 周五',
      'responsibleLeader 李一',
    ]);
  });

  it('says which issues are major (重大), and names a degree that there is not', async () => {
    await expect(assign('编号,重要程度\n1-2,重大\n3,很重要\n')).rejects.toMatchObject({
      problems: [{ line: 3, message: '重要程度“很重要”不认识，请写“重大”或“一般”' }],
    });
    await expect(assign('编号,重要程度\n1-2,重大\n2,一般\n')).rejects.toMatchObject({
      problems: [{ line: 3, message: 'GM-02 的重要程度写了两种' }],
    });
    expect(await assign('编号,重要程度\n1-2,重大\n3,一般\n')).toMatchObject({ issues: 3, added: 0, ended: 0 });
    const weights = await ledger.issue.findMany({ where: { roundId }, orderBy: { number: 'asc' }, take: 3 });
    expect(weights.map(({ weight }) => weight)).toEqual(['major', 'major', 'ordinary']);
  });

  it('is not enough when nobody else can decide or look back; who has no mail is noted and holds nothing up', async () => {
    await assign(`${header}3,王三,,,,,,,\n4,无箱,,,,,,,\n*,,,,,,,王三,王三\n`);
    expect((await rounds.missingForLaunch(roundId)).map(({ code, message }) => [code, message])).toEqual([
      ['NobodyElseDecides', expect.stringContaining('GM-03：')],
      ['NobodyElseLooksBack', expect.stringContaining('请另派一人')],
    ]);
    expect(await notesForLaunch(ledger, roundId)).toEqual([
      { code: 'AddressMissing', message: expect.stringContaining('无箱没有邮箱') as string },
      { code: 'DomainUndecided', message: expect.stringContaining('example.test（6人）') as string },
    ]);
  });
});

describe('a draft that is not wanted', () => {
  it('is taken away whole, and nothing of another round', async () => {
    const rounds = new Rounds({ ledger, temporal: noTemporal });
    const origin = { reading, fileName: 'x.txt', sha256: 'd'.repeat(64) };
    const kept = await rounds.createFromReading({ ...origin, codePrefix: 'KEPT' });
    const gone = await rounds.createFromReading({ ...origin, codePrefix: 'GONE' });
    await rounds.discard(gone.roundId);
    expect(await ledger.round.count({ where: { id: gone.roundId } })).toBe(0);
    expect(await ledger.issue.count({ where: { roundId: gone.roundId } })).toBe(0);
    expect(await ledger.issue.count({ where: { roundId: kept.roundId } })).toBe(reading.issues.length);
  });

  it('stays once it has been launched', async () => {
    const rounds = new Rounds({ ledger, temporal: noTemporal });
    const { roundId } = await rounds.createFromReading({
      reading,
      fileName: 'x.txt',
      sha256: 'e'.repeat(64),
      codePrefix: 'STAY',
    });
    await ledger.round.update({ where: { id: roundId }, data: { state: 'launched' } });
    await expect(rounds.discard(roundId)).rejects.toMatchObject({ code: 'Launched' });
    expect(await ledger.issue.count({ where: { roundId } })).toBe(reading.issues.length);
  });
});
