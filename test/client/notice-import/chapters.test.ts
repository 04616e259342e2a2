import { describe, expect, test } from 'vitest';
import { codes, inResults, measureCounts, noticeOf, organisation, results } from './notice-of.ts';

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
