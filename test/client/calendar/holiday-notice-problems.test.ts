import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holidayYearOf } from '../../../client/calendar/holiday-year.ts';
import { readHolidayNotice } from '../../../client/calendar/read-holiday-notice.ts';
import { announcements } from './announcements.ts';
import { holidayYearFor, noticeOf, sample2027, usualWriting, withItem } from './holidays.ts';

const sample = noticeOf(sample2027);
const problemsOf = (text: string) => readHolidayNotice(text).problems.map(({ code, line }) => [code, line]);

describe('what cannot be is a problem at its line', () => {
  test.each([
    ['WeekdayDisagrees', '元旦', '一、元旦：1月1日（周五）至3日（周六）放假，共3天。'],
    ['WeekdayDisagrees', '春节', '二、春节：2月5日至11日放假调休，共7天。1月31日（周日）、2月13日（星期日）上班。'],
    ['CountDisagrees', '元旦', '一、元旦：1月1日至3日放假，共4天。'],
    ['CountDisagrees', '端午节', '五、端午节：6月9日放假2天。'],
    ['NoSuchDay', '清明节', '三、清明节：4月3日至31日放假，共3天。'],
    ['SpanBackwards', '元旦', '一、元旦：12月31日至1月2日放假调休，共3天。'],
    ['NoWeekendBeside', '端午节', '五、端午节：6月9日放假，与周末连休。'],
    ['MadeUpAfterAll', '清明节', '三、清明节：4月3日至5日放假，不调休。4月10日上班。'],
    ['Unreadable', '元旦', '一、元旦：1月1日前后放假三天左右。'],
    ['Unreadable', '元旦', '一、元旦：1月1日至3日放假，共3天。1月4日（周一、雨）上班。'],
    ['Unreadable', '元旦', '一、元旦：1月1日至3日放假，共3天。1月9日视情况上班。'],
    ['Unreadable', '元旦', '一、元旦：1月1日至3日放假，共3天。1月10日另行通知。'],
    ['NoDaysOff', '元旦', '一、元旦：按惯例。'],
    ['OutsideYear', '元旦', '一、元旦：2028年1月1日至3日放假，共3天。'],
    ['FestivalElsewhere', '端午节', '五、端午节：7月9日放假1天。'],
    ['FestivalBroken', '元旦', '一、元旦：1月1日、5日放假，共2天。'],
    ['FestivalsOverlap', '中秋节', '六、中秋节：9月29日至10月1日放假，共3天。'],
    ['MakeUpOnWeekday', '春节', '二、春节：2月5日至11日放假调休，共7天。2月12日上班。'],
    ['MakeUpOnDayOff', '春节', '二、春节：2月5日至11日放假调休，共7天。2月6日上班。'],
    ['MakeUpTwice', '清明节', '三、清明节：4月3日至5日放假调休，共3天。4月25日上班。'],
    ['MakeUpFarAway', '春节', '二、春节：2月5日至11日放假调休，共7天。3月13日（周六）上班。'],
    ['OutsideYear', '国庆节', '七、国庆节：10月1日至7日放假调休，共7天。2028年1月8日上班。'],
    ['FestivalTwice', '端午节', '五、元旦：1月1日至3日放假，共3天。'],
  ])('%s (%s): %s', (code, name, item) => {
    const { text, line } = withItem(name, item);
    // What two items contradict each other about stands at the later one.
    const at = code === 'MakeUpTwice' || code === 'FestivalsOverlap' ? line + 1 : line;
    expect(problemsOf(text)).toContainEqual([code, at]);
  });

  test('a weekday that disagrees is never repaired, whichever of them it is', () => {
    fc.assert(
      fc.property(announcements, fc.nat(), fc.integer({ min: 1, max: 6 }), (announcement, pick, shift) => {
        const text = noticeOf(announcement, usualWriting);
        const brackets = [...text.matchAll(/（周(.)）/gu)];
        const chosen = brackets[pick % brackets.length];
        if (!chosen) throw new Error('no weekday was written');
        const names = '日一二三四五六';
        const wrong = names.charAt((names.indexOf(chosen[1] ?? '') + shift) % 7);
        const changed = `${text.slice(0, chosen.index)}（周${wrong}）${text.slice(chosen.index + 4)}`;
        const line = text.slice(0, chosen.index).split('\n').length;
        expect(problemsOf(changed)).toEqual([['WeekdayDisagrees', line]]);
      }),
      { numRuns: 200 },
    );
  });

  test('a day moved by a whole week, whose weekday agrees, is caught by the total', () => {
    const moved = sample.replace('10月1日（周五）至7日（周四）', '10月1日（周五）至14日（周四）');
    expect(problemsOf(moved).map(([code]) => code)).toContain('CountDisagrees');
  });

  test('a festival that is missing is named', () => {
    const text = sample
      .split('\n')
      .filter((line) => !line.includes('清明节'))
      .join('\n');
    const { problems } = readHolidayNotice(text);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['FestivalMissing', '没有读到清明节的放假安排，请补全后再导入'],
    ]);
  });

  test('a holiday that is none of the seven is not dropped', () => {
    const text = sample.replace('节假日期间', '八、建市纪念日：9月3日放假1天。\n节假日期间');
    expect(readHolidayNotice(text).problems).toMatchObject([{ code: 'Unreadable' }]);
  });

  test('an arrangement that has lost its festival is not dropped', () => {
    const text = sample.replace('一、元旦：', '9月4日上班。\n一、元旦：');
    expect(problemsOf(text)).toEqual([['Unreadable', 5]]);
  });

  test('a text without a year, or with two, is not read', () => {
    const untitled = noticeOf(sample2027, { ...usualWriting, title: 'left out' });
    expect(readHolidayNotice(untitled)).toMatchObject({ year: null, festivals: [], problems: [{ code: 'NoYear' }] });
    const twoYears = sample.replace('现将元旦', '现将2028年元旦');
    expect(readHolidayNotice(twoYears)).toMatchObject({ year: null, problems: [{ code: 'TwoYears' }] });
    expect(readHolidayNotice('')).toMatchObject({ year: null, problems: [{ code: 'NoYear' }] });
  });

  test('a line that was broken has its problem where the day stands', () => {
    const { text, line } = withItem('元旦', '一、元旦：1月1日（周五）至\n3日（周六）放假，共3天。');
    expect(problemsOf(text)).toEqual([['WeekdayDisagrees', line + 1]]);
  });

  test('the year is not given for publishing, and all is said at once', () => {
    const { text } = withItem('元旦', '一、元旦：1月1日至4日（周日）放假，共3天。');
    expect(() => holidayYearOf(readHolidayNotice(text), '样例.txt')).toThrow(/有 2 处要改.*样例\.txt:\d+：/su);
    expect(holidayYearOf(readHolidayNotice(sample), '样例.txt')).toEqual(holidayYearFor(sample2027));
  });
});

test('every sentence that speaks of days off is understood or reported, whatever stands in it', () => {
  const words = [
    '1月',
    '3日',
    '（周六）',
    '至',
    '、',
    '放假',
    '调休',
    '上班',
    '，',
    '共3天',
    '左右',
    '2027年',
    '与周末连休',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }), (parts) => {
      const extra = `另外${parts.join('')}。`;
      const text = sample.replace('\n节假日期间', `\n${extra}\n节假日期间`);
      const reported = problemsOf(text).some(([code]) => code === 'Unreadable');
      expect(reported).toBe(/放假|上班|调休|连休|\d月\d/u.test(extra));
    }),
    { numRuns: 300 },
  );
});
