import { describe, expect, test } from 'vitest';
import { codes, inResults, measureCounts, noticeOf } from './notice-of.ts';

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
