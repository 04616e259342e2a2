import { describe, expect, test } from 'vitest';
import { codes, inResults, measureCounts, noticeOf } from './notice-of.ts';

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
