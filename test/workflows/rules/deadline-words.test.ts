import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlineRead, deadlineReadBatch } from '../../../client/commands/deadline.ts';
import { readDeadline, type DeadlineReading } from '../../../workflows/rules/deadline-words.ts';
import { addDays, isIsoDate } from '../../../workflows/rules/instants.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';
import { processorMs } from '../../support/processor-time.ts';

const feedbackOn = '2023-09-22';
const read = (phrase: string): DeadlineReading => readDeadline(phrase, { feedbackOn, calendar: bundledCalendar });

/** Forms that say the whole day: no doubt is left. */
const plain: readonly (readonly [string, string])[] = [
  ['2024年3月31日', '2024-03-31'],
  ['2024-3-31', '2024-03-31'],
  ['2024/3/31', '2024-03-31'],
  ['2024.3.31', '2024-03-31'],
  ['2024.03.31日前', '2024-03-31'],
  ['20240331', '2024-03-31'],
  ['45382', '2024-03-31'],
  ['2024-03-31 00:00:00', '2024-03-31'],
  ['2024-03-30T16:00:00.000Z', '2024-03-31'],
  ['２０２４年３月３１日', '2024-03-31'],
  ['2024 年 3 月 31 日', '2024-03-31'],
  ['2024年12月\n31日前', '2024-12-31'],
  ['2024年3月31日（周日）', '2024-03-31'],
  ['2024年3月31日24时前', '2024-03-31'],
  ['完成时限：2023年12月31日', '2023-12-31'],
  ['截至2023年12月31日', '2023-12-31'],
  ['二〇二四年三月底', '2024-03-31'],
  ['二○二四年三月三十一日', '2024-03-31'],
  ['二零二三年十二月底前', '2023-12-31'],
  ['2024年3月底前', '2024-03-31'],
  ['2024年2月底', '2024-02-29'],
  ['2024年底前', '2024-12-31'],
  ['2023年年底', '2023-12-31'],
  ['2023年内', '2023-12-31'],
  ['2023.12底', '2023-12-31'],
  ['202403', '2024-03-31'],
  ['2023年第四季度', '2023-12-31'],
  ['2023年四季度末', '2023-12-31'],
  ['2023年Q4', '2023-12-31'],
  ['2023年三、四季度', '2023-12-31'],
  ['2024年前三季度', '2024-09-30'],
  ['2024年上半年', '2024-06-30'],
  ['2023年11月上旬', '2023-11-10'],
  ['2023年11月中旬', '2023-11-20'],
  ['2023年11月下旬', '2023-11-30'],
  ['2023年国庆节前', '2023-09-28'],
  ['2024年国庆节前', '2024-09-30'],
  ['2024年春节前', '2024-02-09'],
  ['2024年五一前', '2024-04-30'],
  ['2024年春节后一周内', '2024-02-24'],
  ['“十四五”末', '2025-12-31'],
  ['2024年3月—6月', '2024-06-30'],
  ['2023年10月至2024年3月', '2024-03-31'],
  ['2023年10月1日-31日', '2023-10-31'],
  ['2023.10-12', '2023-12-31'],
  ['2023.9.22-12.22', '2023-12-22'],
  ['2023-2025年', '2025-12-31'],
  ['2023年11月中旬启动，2024年3月底前完成', '2024-03-31'],
  ['收到反馈后2个月内', '2023-11-22'],
  ['反馈之日起三个月内', '2023-12-22'],
  ['反馈后10个工作日内', '2023-10-12'],
  ['2023年10月1日起3个月内', '2024-01-01'],
  ['2023年9月22日巡察反馈之日起2个月内', '2023-11-22'],
  ['2023年巡察反馈后2个月内', '2023-11-22'],
  ['2018年遗留问题2024年3月底前解决', '2024-03-31'],
  ['2023年12月31日完成反馈问题整改', '2023-12-31'],
  ['2024年逐步完成', '2024-12-31'],
];

/** Forms that are read, with a word on what was taken for granted. */
const doubtful: readonly (readonly [string, string])[] = [
  ['3月底', '2024-03-31'],
  ['8月底', '2024-08-31'],
  ['9月22日', '2023-09-22'],
  ['9月21日', '2024-09-21'],
  ['12.31', '2023-12-31'],
  ['年底前', '2023-12-31'],
  ['今年底', '2023-12-31'],
  ['明年3月底前', '2024-03-31'],
  ['四季度末', '2023-12-31'],
  ['第四季度', '2023-12-31'],
  ['上半年', '2024-06-30'],
  ['11月中旬', '2023-11-20'],
  ['三月二十五日前', '2024-03-25'],
  ['3-6月', '2024-06-30'],
  ['10月至次年3月', '2024-03-31'],
  ['国庆节前', '2023-09-28'],
  ['春节前', '2024-02-09'],
  ['15个工作日内', '2023-10-19'],
  ['两个月', '2023-11-22'],
  ['24年3月底', '2024-03-31'],
  ['24.3.31', '2024-03-31'],
  ['2024.1', '2024-01-31'],
  ['2024年3月前', '2024-03-31'],
  ['2024年3月31日(周一)', '2024-03-31'],
  ['2023年8月底', '2023-08-31'],
  ['2023年11月底前完成制度，2024年3月底前全面完成', '2024-03-31'],
  ['2023年10月底前（已完成）', '2023-10-31'],
  ['立行立改，2023年10月31日前完成', '2023-10-31'],
];

/** Forms that name no day on which it must be done. */
const unread = [
  '2023年11月中旬起',
  '从2023年10月开始',
  '2023年12月31日后',
  '2023年9月至今',
  '2026-2-30',
  '2024年4月31日',
  '2024年13月',
  '2024年第五季度',
  '2月30日',
  '2024927日',
  '20243月31日',
  '99999',
  '25日',
  '月底前',
  '本月底',
  '下季度',
  '2024年3月第二周',
  '2024年初',
  '2024年国庆节前一周',
  '2024年春节',
  '2027年春节前',
  '方案印发后1个月内',
  '集中整改期内',
  '2个月后',
  '几个月内',
  '9999个月内',
  '已完成',
  '已整改完成',
  '已于2023年10月31日完成',
  '正在推进',
  '待定',
  '-',
  '',
  '  ',
  'Mar 31, 2024',
];

describe('a deadline cell', () => {
  it.each(plain)('“%s” ends on %s', (phrase, on) => {
    expect(read(phrase)).toEqual({ kind: 'date', on, longTerm: false, note: '' });
  });

  it.each(doubtful)('“%s” ends on %s, and says what was taken for granted', (phrase, on) => {
    const reading = read(phrase);
    expect(reading).toMatchObject({ kind: 'date', on, longTerm: false });
    expect(reading.note).not.toBe('');
  });

  it.each(unread)('“%s” names no day and says why', (phrase) => {
    const reading = read(phrase);
    expect(reading).toMatchObject({ kind: 'unknown', on: null, longTerm: false });
    expect(reading.note).not.toBe('');
  });

  it.each(['立行立改', '即知即改', '立即整改', '边查边改、立行立改', '随查随改', '马上就办'])(
    '“%s” ends fifteen days after the feedback',
    (phrase) => {
      expect(read(phrase)).toMatchObject({ kind: 'immediate', on: '2023-10-07', longTerm: false });
    },
  );

  it('立行立改 has no day while the feedback has none, and the days the round gives it', () => {
    const context = { calendar: bundledCalendar, immediateWithinDays: 7 };
    expect(readDeadline('立行立改', context)).toMatchObject({ kind: 'immediate', on: null });
    expect(readDeadline('立行立改', { ...context, feedbackOn })).toMatchObject({ on: '2023-09-29' });
  });

  it.each([
    '长期坚持',
    '长期',
    '持续推进',
    '常态化',
    '长 期 坚 持',
    '每季度末',
    '2023年11月中旬起长期坚持',
    '已完成并长期坚持',
  ])('“%s” is kept up without a day', (phrase) => {
    expect(read(phrase)).toMatchObject({ kind: 'longTerm', on: null, longTerm: true });
  });

  it.each([
    '2023年12月31日前并长期坚持',
    '2023年12月31日前；长期坚持',
    '2023年12月底前取得阶段性成效，并持续推进',
    '2023年12月31日前完成，2024年1月起长期坚持',
    '2023年12月31日/长期',
  ])('“%s” has a day and is kept up after it', (phrase) => {
    expect(read(phrase)).toMatchObject({ kind: 'date', on: '2023-12-31', longTerm: true });
  });

  it('建立长效机制 is a measure and makes nothing long-term', () => {
    expect(read('2023年12月底前建立长效机制')).toMatchObject({ kind: 'date', longTerm: false });
  });

  it('an invalid day names itself, what is wrong and an example', () => {
    expect(read('2026-2-30').note).toBe('“2026-2-30”不是有效日期:2026年2月只有28天(应为 2026-02-28 之类)');
  });

  it('a missing year is never before the feedback, and is asked for without it', () => {
    expect(readDeadline('3月底', { calendar: bundledCalendar })).toMatchObject({ kind: 'unknown', on: null });
    expect(readDeadline('3月底', { calendar: bundledCalendar, roundYear: 2023 })).toMatchObject({ on: '2023-03-31' });
    const both = { calendar: bundledCalendar, roundYear: 2023, feedbackOn };
    expect(readDeadline('3月底', both)).toMatchObject({ on: '2024-03-31' });
    expect(readDeadline('年底', both)).toMatchObject({ on: '2023-12-31' });
  });

  it('workdays that run into an unpublished year are marked', () => {
    const reading = readDeadline('反馈后30个工作日内', { feedbackOn: '2026-12-01', calendar: bundledCalendar });
    expect(reading).toMatchObject({ kind: 'date', on: '2027-01-12' });
    expect(reading.note).toContain('放假安排不全');
  });

  it('every day of a century is read in every full spelling', () => {
    fc.assert(
      fc.property(fc.nat(36_523), (n) => {
        const on = addDays('2000-01-01', n);
        const [year, month, day] = on.split('-').map(Number);
        for (const sign of ['-', '/', '.']) expect(read([year, month, day].join(sign)).on).toBe(on);
        expect(read(`${year}年${month}月${day}日前`).on).toBe(on);
        expect(read(on.replaceAll('-', '')).on).toBe(on);
      }),
    );
  });

  it('a day without a year is the first such day from the feedback on', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(364), (n, later) => {
        const feedback = addDays('2018-01-01', n);
        const on = addDays(feedback, later);
        fc.pre(!on.endsWith('02-29'));
        const [, month, day] = on.split('-').map(Number);
        const context = { feedbackOn: feedback, calendar: bundledCalendar };
        expect(readDeadline(`${month}月${day}日`, context).on).toBe(on);
      }),
    );
  });

  it('whatever is written, it answers: a day only where it says date or 立行立改, a note wherever it says unknown', () => {
    const pieces = fc.constantFrom(
      ...'2024 3 31 10 年 月 日 底 前 起 至 - ~ 、 , ; ( ) 第 四 季度 上半年 中旬 国庆节 春节前 反馈后 个月内 工作日内 天 周 半 每 长期坚持 立行立改 已完成 今年 次年 . / 二〇 十一 自 Q 99999 '.split(
        ' ',
      ),
    );
    const phrases = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(
        phrases,
        fc.option(fc.constantFrom(feedbackOn, '2024-02-29', 'gestern'), { nil: undefined }),
        (phrase, feedback) => {
          const reading = readDeadline(phrase, { feedbackOn: feedback, calendar: bundledCalendar });
          if (reading.on !== null) expect(isIsoDate(reading.on)).toBe(true);
          if (reading.kind === 'date') expect(reading.on).not.toBeNull();
          if (reading.kind === 'unknown') expect(reading.note).not.toBe('');
          if (reading.kind === 'longTerm' || reading.kind === 'unknown') expect(reading.on).toBeNull();
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('a page of text in the cell is not read, and costs no time', () => {
    const tookMs = processorMs(() => {
      expect(read('三、2024年3月'.repeat(20_000)).kind).toBe('unknown');
      expect(read('一二三四五六七八九十'.repeat(99)).kind).toBe('unknown');
      expect(read('已'.repeat(999)).kind).toBe('unknown');
    });
    expect(tookMs).toBeLessThan(3000);
  });
});

describe('the command', () => {
  it('reads one phrase and refuses a feedback that is no day', () => {
    expect(deadlineRead('2024年3月底前', feedbackOn)).toEqual({
      kind: 'date',
      on: '2024-03-31',
      longTerm: false,
      note: '',
    });
    expect(() => deadlineRead('3月底', '2023-9-22')).toThrow('反馈日“2023-9-22”不是有效日期');
  });

  it('answers a file line by line, a bad line too', () => {
    const file = [
      '{"phrase":"2024年3月底前","feedback":"2023-09-22"}',
      '{"phrase":45382}',
      'not JSON',
      '',
      '{"feedback":"2023-09-22"}',
      '{"phrase":"3月底","feedback":"2023-02-30"}',
      '{"phrase":"3月底","feedback":null}',
      '',
    ].join('\r\n');
    const answers = deadlineReadBatch(`\uFEFF${file}`).trimEnd().split('\n');
    const readings = answers.map((line) => JSON.parse(line) as DeadlineReading);
    expect(readings.map(({ on }) => on)).toEqual(['2024-03-31', '2024-03-31', null, null, null, null, null]);
    for (const reading of readings.slice(2)) expect(reading).toMatchObject({ kind: 'unknown', longTerm: false });
    for (const reading of readings.slice(2)) expect(reading.note).not.toBe('');
    expect(deadlineReadBatch('\n\n')).toBe('');
  });
});
