import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { segmentsOf } from '../../../client/notice-import/markers.ts';
import { stripPageChrome } from '../../../client/notice-import/page-chrome.ts';
import { linesOf } from '../../../client/notice-import/paragraphs.ts';
import { readNotice } from '../../../client/notice-import/read-notice.ts';
import { rejoin } from '../../../client/notice-import/rejoin.ts';
import { forMatching } from '../../../client/notice-import/text-forms.ts';
import { processorMs } from '../../support/processor-time.ts';
import { measureCounts, noticeOf } from './notice-of.ts';

const sample = readFileSync(join(import.meta.dirname, '../../../samples/xingyuan-2024.txt'), 'utf8');
const words = fc.constantFrom(
  '一是',
  '二是',
  '（一）',
  '(2)',
  '1.',
  '３．',
  '一、',
  '三要',
  '推进工作',
  '整改情况：',
  '。',
  '；',
  '，',
  '“',
  '”',
  '（',
  '）',
  '2024年',
  '问题',
  '\n',
  '方面',
  '①',
);
const text = fc.array(words, { maxLength: 60 }).map((parts) => parts.join(''));

describe('nothing is dropped', () => {
  test('every line is chrome, the title or part of one paragraph, and its segments give it back', () => {
    fc.assert(
      fc.property(text, (input) => {
        const lines = linesOf(input);
        const page = stripPageChrome(lines);
        const { paragraphs, joins } = rejoin(page.body);
        expect(page.body.length - joins).toBe(paragraphs.length);
        expect(paragraphs.map((paragraph) => paragraph.text).join('')).toBe(
          page.body.map((line) => line.text).join(''),
        );
        const segments = segmentsOf(paragraphs);
        expect(segments.map((segment) => segment.text).join('')).toBe(
          paragraphs.map((paragraph) => paragraph.text).join(''),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('every line of the long sample’s results stands in an issue, a heading or a reported duplicate', () => {
    const reading = readNotice(new TextEncoder().encode(sample), 'sample.txt');
    const all = reading.issues.map((issue) => issue.text).join('\n');
    const lines = sample.split('\n');
    const from = lines.findIndex((line) => line.startsWith('二、'));
    const to = lines.findIndex((line) => line.startsWith('四、'));
    const missing = lines.slice(from + 3, to).filter((line, index) => {
      const number = from + 4 + index;
      return (
        line !== '' &&
        !line.split(/(?=16\.关于)/u).every((part) => all.includes(part)) &&
        !/^(?:（[一二三四]）聚焦|三、|— \d+ —)/u.test(line) &&
        !(number >= 103 && number <= 113)
      );
    });
    expect(missing).toEqual([]);
  });
});

test('matching keeps every character at its place', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (input) => forMatching(input).length === input.length));
});

test('an issue has as many measures as its list, however they are numbered and ended', () => {
  const names = '一二三四五六七八九';
  const form = fc.constantFrom(
    (n: number) => `${names[n - 1] ?? ''}是`,
    (n: number) => `（${n}）`,
    (n: number) => `(${n})`,
  );
  const stop = fc.constantFrom('。', '；');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), form, stop, fc.boolean()), { minLength: 2, maxLength: 12 }),
      (issues) => {
        const lines = issues.flatMap(([count, marker, end, inLines], index) => {
          const items = Array.from({ length: count }, (_, at) => `${marker(at + 1)}推进第${at}件事${end}`);
          const head = `${index + 1}.关于第${index}类工作不到位的问题。`;
          return inLines ? [head, ...items] : [head + items.join('')];
        });
        const reading = noticeOf([
          '一、党组履行主体责任情况',
          '重视。',
          '二、反馈问题整改落实情况',
          ...lines,
          '三、下一步工作打算',
          '巩固。',
        ]);
        expect(measureCounts(reading)).toEqual(issues.map(([count]) => count));
      },
    ),
    { numRuns: 100 },
  );
});

describe('1 MB is read in linear time', () => {
  const megabyte = (unit: string): string => unit.repeat(Math.ceil(350_000 / unit.length));
  const head = '中共岭南市水务局党组关于巡察整改进展情况的通报\n一、整改落实情况\n1.关于甲的问题。';
  test.each([
    ['one endless line', '推'],
    ['measures in one paragraph', '一是推进工作；'],
    ['lines without an end', '推进\n'],
    ['cut paragraphs with markers', '好。一是推进工作\n'],
    ['claims', '3个方面的问题反馈，'],
    ['the same issue again and again', '1.关于学习的问题。一是做好学习工作推进落实各项任务完成。\n'],
    ['labels', '（1）整改情况：已做。'],
    ['open quotes', '推“1.'],
    ['feedback', '于3月5日反馈。'],
  ])('%s', (_, unit) => {
    const tookMs = processorMs(() => {
      for (const input of [head + megabyte(unit), megabyte(unit)])
        readNotice(new TextEncoder().encode(input), 'big.txt');
    });
    expect(tookMs).toBeLessThan(20_000);
  });
});
