import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMechanism } from '../../../client/mechanism/read-mechanism.ts';
import type { Mechanism } from '../../../client/mechanism/mechanism.ts';
import type { NoticeReading } from '../../../client/notice-import/notice-reading.ts';
import { linesOf } from '../../../client/notice-import/paragraphs.ts';
import { readNoticeParagraphs } from '../../../client/notice-import/read-notice.ts';
import { readSources } from '../../../client/reading/sources.ts';
import { Rounds } from '../../../client/rounds.ts';
import {
  addBody,
  listBodies,
  putUnderBody,
  putUnderSource,
  removeBody,
  renameBody,
} from '../../../client/rounds/bodies.ts';
import { codeRanges } from '../../../client/rounds/code-prefix.ts';
import { importNotice, type NoticeAdded } from '../../../client/rounds/import-notice.ts';
import { issuesNamed } from '../../../client/rounds/issue-range.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import { toIsoDate } from '../../../prisma/days.ts';
import { contact, signature, title } from '../notice-import/notice-of.ts';
import { testDatabase, type TestDatabase } from '../../support/servers.ts';

let database: TestDatabase;
let ledger: Ledger;
let rounds: Rounds;

beforeAll(async () => {
  database = await testDatabase();
  ledger = openLedger(database.url);
  rounds = new Rounds({ ledger, temporal: {} as Client });
});
afterAll(async () => {
  await ledger.$disconnect();
  await database.drop();
});

const feedback = '2023年8月2日，市委第一巡察组反馈了巡察意见。';

/** A notice of the water bureau, its issues under the headings given. */
function notice(body: readonly string[], opening = feedback): { reading: NoticeReading; mechanism: Mechanism } {
  const lines = linesOf([title, opening, '二、巡察整改落实情况', ...body, contact, ...signature].join('\n'));
  const reading = readNoticeParagraphs(lines);
  return { reading, mechanism: readMechanism(lines, reading) };
}
const town = () => notice(['1.关于甲的问题。一是做。', '2.关于乙的问题。一是做。二是做完。']);
const village = () => notice(['1.关于丙的问题。一是做。', '2.关于丁的问题。一是做。', '3.关于戊的问题。一是做。']);

let prefixes = 0;
/** A draft of the town's notice, its codes `AA-01`, `AA-02`. */
async function draft(given = town()): Promise<{ roundId: string; prefix: string }> {
  prefixes += 1;
  const prefix = `A${String.fromCharCode(64 + prefixes)}`;
  const sha256 = 'a'.repeat(64);
  const { roundId } = await rounds.createFromReading({ ...given, fileName: 'x.txt', sha256, codePrefix: prefix });
  return { roundId, prefix };
}
const bodiesOf = async (roundId: string) =>
  (await listBodies(ledger, roundId)).map(({ name, codes }) => [name, codes.join(' ')]);

describe('the bodies of a draft', () => {
  it('are those the notice names: villages in its headings are bodies of their own', async () => {
    const given = notice([
      '（一）局党组',
      '1.关于甲的问题。一是做。',
      '（二）石桥村党总支',
      '1.关于乙的问题。一是做。',
      '2.关于丙的问题。一是做。',
    ]);
    const made = await rounds.createFromReading({ ...given, fileName: 'x', sha256: '', codePrefix: 'SQ' });
    expect(await bodiesOf(made.roundId)).toEqual([
      [given.reading.round.bodyName, 'SQ-01'],
      ['石桥村党总支', 'SQ-02 SQ-03'],
    ]);
    expect(made.notes.join('\n')).toContain('SQ-02 至 SQ-03，共 2 项归入被巡察单位“石桥村党总支”');
  });

  it('are added, renamed and taken away; issues change from one to another and keep their codes', async () => {
    const { roundId, prefix } = await draft();
    await addBody(ledger, roundId, ' 大王村 ');
    await addBody(ledger, roundId, '小王村');
    await renameBody(ledger, roundId, '大王', '大王村党总支');
    await putUnderBody(ledger, roundId, '大王村党总支', '2');
    await removeBody(ledger, roundId, '小王村');
    expect((await bodiesOf(roundId)).slice(1)).toEqual([['大王村党总支', `${prefix}-02`]]);
    await addBody(ledger, roundId, '李村');
    expect((await bodiesOf(roundId)).at(-1)).toEqual(['李村', '']);
  });

  it('are refused what nobody could mean, each with its code', async () => {
    const { roundId } = await draft();
    await addBody(ledger, roundId, '大王村');
    await addBody(ledger, roundId, '小王村');
    const refused = async (act: Promise<void>) =>
      act.then(
        () => 'done',
        ({ code }: { code: string }) => code,
      );
    expect([
      await refused(addBody(ledger, roundId, '大 王村')),
      await refused(addBody(ledger, roundId, '  ')),
      await refused(renameBody(ledger, roundId, '小王村', '大王村')),
      await refused(renameBody(ledger, roundId, '王村', '王家村')),
      await refused(renameBody(ledger, roundId, '李村', '张村')),
      await refused(putUnderBody(ledger, roundId, '大王村', '9')),
      await refused(addBody(ledger, 'no-round', '大王村')),
    ]).toEqual([
      'BodyTaken',
      'NameMissing',
      'BodyTaken',
      'AmbiguousBody',
      'UnknownBody',
      'ImportProblems',
      'UnknownRound',
    ]);
    await putUnderBody(ledger, roundId, '大王村', '全部');
    expect(await refused(removeBody(ledger, roundId, '大王村'))).toBe('BodyHasIssues');
    await removeBody(ledger, roundId, '小王村');
    await ledger.round.update({ where: { id: roundId }, data: { state: 'launched' } });
    expect(await refused(renameBody(ledger, roundId, '大王村', '新村'))).toBe('Launched');
    expect(await refused(putUnderSource(ledger, roundId, '专项', '1'))).toBe('Launched');
    const { roundId: single } = await draft();
    const [only] = await listBodies(ledger, single);
    expect(await refused(removeBody(ledger, single, only!.name))).toBe('OnlyBody');
  });

  it('have people of their own, named by the body in a row of the table or on the command line', async () => {
    const { roundId } = await draft();
    await addBody(ledger, roundId, '大王村');
    await rounds.importPeople([
      { line: 2, name: '王支书', email: `w${roundId}@example.test`, unit: '', position: '' },
      { line: 3, name: '李文书', email: `l${roundId}@example.test`, unit: '', position: '' },
    ]);
    const rows = [
      { line: 2, issues: '大王村', people: { groupHead: '王支书' } },
      { line: 0, issues: '', body: '大王', people: { office: '李文书' } },
    ];
    expect(await rounds.assign({ roundId, rows })).toMatchObject({ added: 2, issues: 0 });
    expect(await rounds.assign({ roundId, rows })).toMatchObject({ added: 0, ended: 0 });
    expect((await listBodies(ledger, roundId)).at(-1)).toMatchObject({
      name: '大王村',
      people: [
        { role: 'groupHead', names: ['王支书'] },
        { role: 'office', names: ['李文书'] },
      ],
    });
    const wrong = [
      { line: 2, issues: '大王村', people: {}, unit: '村委会' },
      { line: 3, issues: '', body: '李村', people: { office: '李文书' } },
    ];
    await expect(rounds.assign({ roundId, rows: wrong })).rejects.toMatchObject({
      problems: [
        { line: 2, message: expect.stringContaining('请逐项写明') as string },
        { line: 3, message: expect.stringContaining('没有被巡察单位“李村”') as string },
      ],
    });
  });
});

describe('a further notice', () => {
  const added = (roundId: string, changes: Partial<NoticeAdded> = {}): NoticeAdded => ({
    roundId,
    ...village(),
    fileName: 'dawang-2024.txt',
    ...changes,
  });

  it('of another body is numbered by itself, without gaps, and the office is told what was taken as given', async () => {
    const { roundId, prefix } = await draft();
    await addBody(ledger, roundId, '大王村');
    const imported = await importNotice(ledger, added(roundId, { body: '大王村', codePrefix: `${prefix}V` }));
    expect(imported).toMatchObject({ body: '大王村', codes: [`${prefix}V-01`, `${prefix}V-02`, `${prefix}V-03`] });
    expect((await bodiesOf(roundId)).at(-1)).toEqual(['大王村', imported.codes.join(' ')]);
    const issues = await ledger.issue.findMany({
      where: { roundId },
      orderBy: { number: 'asc' },
      include: { measures: true },
    });
    expect(issues.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(issues.map(({ measures }) => measures.length)).toEqual([1, 2, 1, 1, 1]);
    expect(new Set(issues.map(({ firstDeadline }) => toIsoDate(firstDeadline)))).toEqual(new Set(['2024-02-02']));
  });

  it('of another feedback goes on with the body’s numbers; its own feedback day counts for its deadlines', async () => {
    const { roundId, prefix } = await draft();
    const given = notice(['1.关于己的问题。一是做。'], '2023年9月10日，县委组织部反馈了选人用人专项检查意见。');
    const imported = await importNotice(
      ledger,
      added(roundId, { ...given, source: '选人用人专项检查', feedbackOn: '2023-09-10' }),
    );
    expect(imported).toMatchObject({ codes: [`${prefix}-03`], source: '选人用人专项检查', feedbackOn: '2023-09-10' });
    expect(imported.notes).toContain('这份通报的反馈日是 2023-09-10，本轮是 2023-08-02；时限各按各的反馈日算');
    const third = await ledger.issue.findFirstOrThrow({ where: { roundId, number: 3 } });
    expect(toIsoDate(third.firstDeadline)).toBe('2024-03-10');
    expect(await readSources(ledger, roundId)).toEqual([
      { source: '巡察反馈', codes: [`${prefix}-01`, `${prefix}-02`] },
      { source: '选人用人专项检查', codes: [`${prefix}-03`] },
    ]);
    await putUnderSource(ledger, roundId, '选人用人专项检查', '2-3');
    expect((await readSources(ledger, roundId)).at(-1)?.codes).toEqual([`${prefix}-02`, `${prefix}-03`]);
  });

  it('is refused with a sentence when anything about it would have to be guessed', async () => {
    const other = await draft();
    const { roundId, prefix } = await draft();
    await addBody(ledger, roundId, '大王村');
    const [main] = await listBodies(ledger, roundId);
    const refused = async (changes: Partial<NoticeAdded>) =>
      importNotice(ledger, added(roundId, changes)).then(
        () => 'done',
        ({ code, message }: { code: string; message: string }) => `${code} ${message}`,
      );
    const unnamed = village();
    const nobody = { ...unnamed.reading, round: { ...unnamed.reading.round, bodyName: null } };
    const two = {
      ...unnamed.mechanism,
      sources: [
        { title: '巡察反馈', line: 1 },
        { title: '法治建设专项检查', line: 2 },
      ],
    };
    expect(await refused({ reading: nobody })).toBe(
      `BodyMissing 通报没有写明被巡察单位：请用 --body 写明是${main!.name}、大王村中的哪个，或先用 round bodies add 增加`,
    );
    expect(await refused({ body: '李村' })).toContain('UnknownBody');
    expect(await refused({ mechanism: two })).toBe(
      'SourceMissing 通报写了几个反馈来源（巡察反馈、法治建设专项检查）：请用 --source 写明这份属于哪个',
    );
    expect(await refused({ body: '大王村', codePrefix: prefix })).toBe(
      `CodeTaken 编号前缀 ${prefix} 是本轮其他单位的（如 ${prefix}-01），请用 --code 给“大王村”另取一个`,
    );
    expect(await refused({ body: '大王村', codePrefix: other.prefix })).toContain('CodeTaken 已有轮次用了');
    expect(await refused({ body: '大王村', codePrefix: '1' })).toContain('CodeUnfit');
    expect(await refused({ ...town() })).toContain(
      `AlreadyImported 这份通报的问题与本轮 ${prefix}-01 至 ${prefix}-02，共 2 项一字不差`,
    );
    expect(await ledger.issue.count({ where: { roundId } })).toBe(2);
    await ledger.round.update({ where: { id: roundId }, data: { state: 'launched' } });
    expect(await refused({})).toContain('Launched');
  });

  it('keeps its prefix from other rounds', async () => {
    const { roundId } = await draft();
    await addBody(ledger, roundId, '大王村');
    await importNotice(ledger, added(roundId, { body: '大王村', codePrefix: 'KEEP' }));
    const origin = { ...village(), fileName: 'x.txt', sha256: '' };
    await expect(rounds.createFromReading({ ...origin, codePrefix: 'keep' })).rejects.toMatchObject({
      code: 'CodeTaken',
    });
  });

  it('read in twice at once comes in once', async () => {
    const { roundId } = await draft();
    const both = await Promise.allSettled([importNotice(ledger, added(roundId)), importNotice(ledger, added(roundId))]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await ledger.issue.count({ where: { roundId } })).toBe(5);
  });
});

describe('issues of a round that numbers in two ways', () => {
  const issues = ['GM-01', 'GM-02', 'DW-01', 'DW-02', 'DW-03'].map((code, index) => ({
    id: code,
    number: index + 1,
    code,
    title: `问题${code}`,
  }));
  const read = (words: string) => {
    const { issues: found, problems } = issuesNamed(words, issues);
    return [found.map(({ code }) => code).join(' '), problems.join('；')];
  };

  it.each([
    ['DW-02', 'DW-02', ''],
    ['DW-1至DW-3', 'DW-01 DW-02 DW-03', ''],
    ['dw02-03、gm1', 'DW-02 DW-03 GM-01', ''],
    ['全部', 'GM-01 GM-02 DW-01 DW-02 DW-03', ''],
    ['2', '', '本轮有几种编号（GM、DW），“2”请写完整，如 GM-01'],
    ['GM-01至DW-02', '', '“GM-01至DW-02”跨了两种编号，请分开写'],
    ['DW-09', '', '没有第 9 个问题，编号 DW 的共 3 个'],
  ])('are named in full: %s', (words, codes, problems) => {
    expect(read(words)).toEqual([codes, problems]);
  });

  it('are listed as ranges', () => {
    expect(codeRanges(['GM-01', 'GM-02', 'DW-01', 'DW-03'])).toBe('GM-01 至 GM-02、DW-01、DW-03，共 4 项');
    expect(codeRanges([])).toBe('没有问题');
  });
});
