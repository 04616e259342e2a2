import { describe, expect, test } from 'vitest';
import { codes, inResults, measureCounts, noticeOf, organisation, results } from './notice-of.ts';

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
