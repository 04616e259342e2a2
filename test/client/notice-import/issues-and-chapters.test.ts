import { describe, expect, test } from 'vitest';
import { codes, measureCounts, noticeOf } from './notice-of.ts';

const organisation = ['一、党组履行主体责任情况', '党组高度重视，成立领导小组。'];
const results = '二、巡察反馈问题整改落实情况';
const next = ['三、下一步工作打算', '持续巩固。一要坚持，二要深化。'];
const inResults = (...lines: string[]): string[] => [...organisation, results, ...lines, ...next];

describe('issues and measures', () => {
  test.each<[string, string[], string, number[]]>([
    ['一是 behind the heading', ['1.关于甲的问题。一是做。二是做。', '2.关于乙的问题。已做完。'], '1.', [2, 0]],
    [
      '（1） in lines, lists inside them adding nothing',
      ['1.关于甲的问题。', '（1）做：一是快；二是好。', '（2）做。', '2.关于乙的问题。', '(1)做。'],
      '1.',
      [2, 1],
    ],
    [
      'half-width brackets and full-width digits',
      ['１．关于甲的问题。(1)做；(2)做。', '２、关于乙的问题。（１）做。（２）做。'],
      '1.',
      [2, 2],
    ],
    [
      'findings listed before 整改情况',
      [
        '1.关于甲的问题。存在一是学习少；二是研讨少。',
        '整改落实情况：一是做。二是做。三是做。',
        '2.关于乙的问题。【整改情况】一是做。',
      ],
      '1.',
      [3, 1],
    ],
    [
      'finding and rectification in one paragraph',
      [
        '1.关于甲的问题。一是学习少；二是研讨少。整改情况：一是做；二是做；三要做。',
        '2.关于乙的问题。整改情况：（1）做。（2）做。',
      ],
      '1.',
      [3, 2],
    ],
    [
      '完成情况 told per measure',
      ['1.关于甲的问题。一是做甲。完成情况：已完成。二是做乙。完成情况：已完成。', '2.关于乙的问题。一是做。'],
      '1.',
      [2, 1],
    ],
    [
      '整改措施 apart from 整改成效',
      [
        '1.学习不深入',
        '问题表现：',
        '一是学习少。',
        '整改措施：',
        '（1）开会。',
        '（2）建制。',
        '整改成效：',
        '有进步。',
        '2.执行不够',
        '整改情况',
        '开会建制。',
      ],
      '1.',
      [2, 0],
    ],
    [
      '（一） as the issues',
      ['（一）学习不深入', '一是开会。', '二是建制。', '（二）执行不到位', '一是开会。'],
      '（一）',
      [2, 1],
    ],
    [
      '（一） findings over numbered measures',
      ['（一）关于学习不到位的问题', '1.开会。', '2.建制。', '（二）关于执行不力的问题', '1.开会。'],
      '（一）',
      [2, 1],
    ],
    [
      '（1） headings under groups',
      [
        '1.加强学习',
        '（1）会前学法不经常',
        '一是开会。',
        '二是建制。',
        '（2）研讨不深入',
        '一是开会。',
        '2.加强执法',
        '（3）执法不规范',
        '一是开会。',
      ],
      '（1）',
      [2, 1, 1],
    ],
    [
      'everything in one paragraph',
      [
        '（一）聚焦甲方面。1.关于甲的问题。一是做；二是做。2.关于乙的问题。一是做。',
        '（二）聚焦乙方面。3.关于丙的问题。一是做。4.关于丁的问题。一是做。',
      ],
      '1.',
      [2, 1, 1, 1],
    ],
    [
      'a numbered list inside a measure',
      ['1.关于甲的问题。一是排查：1.账；2.人；3.物。二是建制。', '2.关于乙的问题。一是做。'],
      '1.',
      [2, 1],
    ],
    [
      'nested 一要 inside 一是',
      ['1.关于甲的问题。一是开会，会议要求：一要快；二要好；三要实。二是建制。三是检查。', '2.关于乙的问题。一是做。'],
      '1.',
      [3, 1],
    ],
    [
      '一是 after commas',
      [
        '1.关于甲的问题。党组高度重视，一是做甲，二是做乙，三是做丙。',
        '2.关于乙的问题。步调统一是好的，一是做；二是做。',
      ],
      '1.',
      [3, 2],
    ],
    [
      'numbers that are no markers',
      ['1.关于甲的问题。投入3.5万元。2024年完成。', '2．2023年以来乙的问题。做到一、二季度均达标。'],
      '1.',
      [0, 0],
    ],
  ])('%s', (_, lines, level, measures) => {
    const reading = noticeOf(inResults(...lines));
    expect(reading.level).toBe(level);
    expect(measureCounts(reading)).toEqual(measures);
    expect(codes(reading)).toEqual([]);
  });

  test('a top-level finding that speaks of 主体责任 or 整改落实 is an issue, no chapter', () => {
    const reading = noticeOf([
      '一、履行主体责任不力。会议不多。',
      '整改情况：一是甲。二是乙。',
      '二、上轮巡察整改落实不到位。',
      '整改情况：（1）甲。（2）乙。（3）丙。',
    ]);
    expect(reading.level).toBe('一、');
    expect(measureCounts(reading)).toEqual([2, 3]);
  });

  test('a title keeps the quotes, and the full stop inside them', () => {
    const [issue] = noticeOf(inResults('1.关于“重大事项不报告。程序缺失”的问题。一是做。')).issues;
    expect(issue?.title).toBe('关于“重大事项不报告。程序缺失”的问题');
    expect(issue?.measures).toEqual(['做。']);
  });

  test('the user’s level is taken', () => {
    const lines = inResults(
      '（一）加强学习',
      '1.学习中央精神。做。',
      '2.学习条例。做。',
      '（二）加强执法',
      '1.规范执法。做。',
    );
    expect(noticeOf(lines).issues).toHaveLength(2);
    expect(codes(noticeOf(lines))).toEqual(['issue-level-uncertain']);
    expect(noticeOf(lines, { level: '1.' }).issues).toHaveLength(3);
  });
});

describe('chapters', () => {
  test('long-term issues are known by the chapter’s words, whatever its number, and may go on counting', () => {
    const reading = noticeOf([
      '一、已完成整改事项',
      '1.甲。一是做。',
      '二、需长期坚持的事项',
      '2.乙。一是做。',
      '三、今后努力方向',
      '一是做。',
    ]);
    expect(reading.issues.map(({ number, longTerm }) => [number, longTerm])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  test('a heading within the results may name the state of what follows and is no aspect', () => {
    const reading = noticeOf(
      inResults(
        '（一）已完成的整改事项',
        '1.关于甲的问题。一是做。',
        '（二）需长期坚持的整改事项',
        '2.关于乙的问题。一是做。',
      ),
    );
    expect(reading.aspects).toEqual([]);
    expect(reading.issues.map(({ longTerm }) => longTerm)).toEqual([false, true]);
  });

  test('chapters may be aspects themselves', () => {
    const reading = noticeOf([
      ...organisation,
      '二、聚焦甲方面整改情况',
      '（一）关于甲的问题。一是做。',
      '三、聚焦乙方面整改情况',
      '（一）关于乙的问题。一是做。',
      '四、下一步工作打算',
      '巩固。',
    ]);
    expect(reading.aspects.map(({ number }) => number)).toEqual([1, 2]);
    expect(reading.issues.map(({ aspect }) => aspect)).toEqual([1, 2]);
  });

  test('chapters without numbers are known by their words', () => {
    const reading = noticeOf([
      '党组履行主体责任情况',
      '党组高度重视。一是开会。',
      '巡察反馈问题整改落实情况',
      '1.关于甲的问题。一是做。',
      '下一步工作打算',
      '一是巩固。',
    ]);
    expect(measureCounts(reading)).toEqual([1]);
    expect(reading.joins).toBe(0);
  });

  test('villages and other bodies are no aspects', () => {
    const reading = noticeOf(
      inResults('（一）局党组', '1.关于甲的问题。一是做。', '（二）石桥村党总支', '1.关于乙的问题。一是做。'),
    );
    expect(reading.aspects).toEqual([]);
    expect(reading.issues.map(({ group }) => group)).toEqual(['局党组', '石桥村党总支']);
  });

  test('what cannot be told is asked', () => {
    expect(
      codes(
        noticeOf([
          '一、坚持学以致用',
          '甲。',
          '二、强化落地见效',
          '1.关于甲的问题。一是做。',
          '三、注重常态长效',
          '巩固。',
        ]),
      ),
    ).toContain('unknown-chapter');
    expect(
      codes(noticeOf([...organisation, results, '做了很多工作，取得了很好的成效，群众满意度明显提升，整改全部到位。'])),
    ).toContain('chapter-without-issues');
    expect(
      codes(noticeOf(inResults('（一）聚焦甲方面', '1.甲。一是做。', '（二）聚焦乙方面', '一是做。二是做。'))),
    ).toContain('level-mixed');
  });
});

describe('numbers', () => {
  test.each<[string, string[], string[], number[]]>([
    ['a missing issue is named', ['1.甲。一是做。', '3.乙。一是做。'], ['missing-issue'], [1, 3]],
    [
      'a misprinted number between two right ones is put right and named',
      ['1.甲。一是做。', '1.乙。一是做。', '3.丙。一是做。'],
      ['misnumbered-issue'],
      [1, 2, 3],
    ],
    [
      'a number that stands twice is named and both count',
      ['1.甲。一是做。', '2.乙。一是做。', '2.丙。一是做。'],
      ['repeated-number'],
      [1, 2, 2],
    ],
    ['a missing measure is named', ['1.甲。一是做；三是做。', '2.乙。一是做。'], ['measure-numbers'], [1, 2]],
    [
      'an issue under a deeper marker is found by its restarted measures',
      ['1.甲。', '（1）做。', '（3）乙。', '（1）做。', '（2）做。', '3.丙。', '（1）做。'],
      ['misnumbered-issue'],
      [1, 2, 3],
    ],
    [
      'numbers may begin again under a new aspect',
      ['（一）聚焦甲方面', '1.甲。一是做。', '（二）聚焦乙方面', '1.乙。一是做。'],
      [],
      [1, 1],
    ],
    [
      'a missing aspect is named',
      ['（一）聚焦甲方面', '1.甲。一是做。', '（三）聚焦丙方面', '2.乙。一是做。'],
      ['missing-aspect'],
      [1, 2],
    ],
    [
      'a heading glued to a paragraph’s end is found and named',
      ['1.甲。一是做。', '2.乙。一是做。3.丙。', '一是做。', '4.丁。一是做。'],
      ['glued-heading'],
      [1, 2, 3, 4],
    ],
    [
      'lists in other forms are asked about',
      ['1.甲。首先，开会；其次，建制。', '2.乙。一是做。'],
      ['unread-list'],
      [1, 2],
    ],
  ])('%s', (_, lines, problems, numbers) => {
    const reading = noticeOf(inResults(...lines));
    expect(codes(reading)).toEqual(problems);
    expect(reading.issues.map(({ number }) => number)).toEqual(numbers);
  });

  test('a heading that lost its number is asked about, even where no number is missing', () => {
    const reading = noticeOf(
      inResults('1.甲。一是做。二是做。', '关于乙不到位的问题。一是做。', '2.丙。一是做。', '加强丁。一是做。二是做。'),
    );
    expect(codes(reading)).toEqual(['unnumbered-heading', 'unnumbered-heading']);
  });

  test('long-term issues that begin with 2 are asked about', () => {
    const reading = noticeOf([
      ...organisation,
      results,
      '1.甲。一是做。',
      '三、需长期整改的问题',
      '（二）乙。一是做。',
      '（三）丙。一是做。',
    ]);
    expect(codes(reading)).toEqual(['missing-issue']);
  });

  test('a glued chapter heading ends the issues', () => {
    const reading = noticeOf([
      ...organisation,
      results,
      '1.甲。一是做。',
      '2.乙。一是做；二是做。三、下一步工作打算',
      '一是巩固。二是坚持。',
    ]);
    expect(measureCounts(reading)).toEqual([1, 2]);
    expect(reading.joins).toBe(0);
  });
});

describe('what stands twice', () => {
  const long = '（1）召开专题会议研究部署整改工作，逐项明确责任领导、责任科室和完成时限，形成整改台账。';

  test('a block within one issue counts once; the same words under two issues count twice; both are reported', () => {
    const reading = noticeOf(
      inResults('1.关于甲的问题。', long, '（2）建制。', long, '（2）建制。', '2.关于乙的问题。', long),
    );
    expect(measureCounts(reading)).toEqual([2, 1]);
    expect(codes(reading)).toEqual(['duplicated-block', 'repeated-text']);
  });

  test('a heading printed twice in a row is one issue', () => {
    const reading = noticeOf(
      inResults(
        '1.关于甲的问题。一是做。',
        '2.关于乙执行不力的问题。',
        '2.关于乙执行不力的问题。',
        '一是做。二是做。',
        '3.关于丙的问题。一是做。',
      ),
    );
    expect(measureCounts(reading)).toEqual([1, 2, 1]);
    expect(codes(reading)).toEqual(['duplicated-block', 'repeated-heading']);
  });
});

describe('page breaks', () => {
  test.each<[string, string[], number, string[]]>([
    ['a sentence goes on in the next line', ['1.甲。一是推进工', '作。二是做。'], 1, []],
    ['across a page number', ['1.甲。一是推进工', '- 3 -', '作。', '2.乙。一是做', '第 4 页 共 10 页', '完。'], 2, []],
    ['over three lines', ['1.甲。一是推', '进甲，落', '实乙。'], 2, []],
    ['a number that stands alone', ['1.', '关于甲的问题。一是做。'], 1, []],
    [
      'a heading without a stop and its paragraph are two',
      [
        '1.有效盘活国有资产',
        '建立并更新闲置物业管理台账，分类推进资产盘活工作，积极推进基地物业盘活。',
        '2.规范公车',
        '一是做。',
      ],
      0,
      [],
    ],
    [
      'a heading’s own tail is joined, and asked about',
      ['（一）深入学习贯彻落实党中央决策部署和上级工作部署，充分发', '挥党组领导作用', '1.甲。一是做。'],
      1,
      ['uncertain-join'],
    ],
    [
      'a sentence that breaks off before a marker is asked about',
      ['1.甲。一是推进乙，', '2.乙。一是做。'],
      0,
      ['broken-sentence'],
    ],
  ])('%s', (_, lines, joins, problems) => {
    const reading = noticeOf(inResults(...lines));
    expect(reading.joins).toBe(joins);
    expect(codes(reading)).toEqual(problems);
  });
});
