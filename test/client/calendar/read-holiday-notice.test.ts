import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHolidayNotice } from '../../../client/calendar/read-holiday-notice.ts';
import { weekdayWord } from '../../../client/calendar/weekday-words.ts';
import { addDays } from '../../../workflows/rules/instants.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';
import { announcements, writings } from './announcements.ts';
import { announcedIn, type Holiday, holidayYearFor, noticeOf, sample2027, withItem } from './holidays.ts';

const sample = noticeOf(sample2027);

describe('a notice', () => {
  test('is read into the year that it announces', () => {
    expect(readHolidayNotice(sample)).toEqual({ ...holidayYearFor(sample2027), problems: [] });
  });

  test.each([2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026])('of %i gives the days that are bundled', (year) => {
    const announced = announcedIn(bundledCalendar, year);
    expect(readHolidayNotice(noticeOf(announced))).toEqual({ ...holidayYearFor(announced), problems: [] });
  });

  test('reads back as the data from which it was written, however it is written', () => {
    fc.assert(
      fc.property(announcements, writings, (announcement, writing) => {
        expect(readHolidayNotice(noticeOf(announcement, writing))).toEqual({
          ...holidayYearFor(announcement),
          problems: [],
        });
      }),
      { numRuns: 500 },
    );
  });

  test('whose 元旦 begins in the year before is read across the turn of the year', () => {
    const { text } = withItem('元旦', '一、元旦：2026年12月31日至2027年1月2日放假调休，共3天。2026年12月27日上班。');
    const { festivals, daysOff, makeUpDays, problems } = readHolidayNotice(text);
    expect(problems).toEqual([]);
    expect(festivals[0]).toEqual({ name: '元旦', year: 2027, firstDayOff: '2026-12-31', lastDayOff: '2027-01-02' });
    expect(daysOff.slice(0, 2)).toEqual(['2026-12-31', '2027-01-01']);
    expect(makeUpDays[0]).toBe('2026-12-27');
  });

  test.each([
    ['元旦', '1. 元旦节: 1 月 1 日 (星期五) 至 ３ 日 (星期天) 放假, 共三天.'],
    ['元旦', '一、元旦：1月1日（周五）放假，与周末连休。'],
    ['元旦', '一、元旦：1月1日（周五）放假，与周末连休，共3天。'],
    ['元旦', '（一）元旦：1月1日起至3日止放假3天，不调休。'],
    [
      '春节',
      '二、春节：2月5日（农历除夕、周五）至11日（农历正月初六、周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。',
    ],
    [
      '春节',
      '二、春节：2月5日至11日放假、调休，共7天；1月31日周日，2月13日周六照常上班。鼓励各单位安排职工在除夕前一天（2月4日）休息。',
    ],
    ['清明节', '三、清明：4月4日（周日）放假，4月5日（周一）补休。'],
    ['劳动节', '四、“五一”国际劳动节：5月1日—5日放假调休，共5天。4月25日、5月8日上班。'],
    ['端午节', '五、端午节：6月9日（周三）放假1天，不调休。'],
    ['国庆节', '七、国庆：10月1日～7日放假调休，共7天。9月26日和10月9日调休上班。'],
  ])('is read in the other ways to write %s: %s', (name, item) => {
    const { text } = withItem(name, item);
    const { daysOff, makeUpDays, problems } = readHolidayNotice(text);
    expect(problems).toEqual([]);
    const expected = holidayYearFor(sample2027);
    expect({ daysOff, makeUpDays }).toEqual({ daysOff: expected.daysOff, makeUpDays: expected.makeUpDays });
  });

  test('gives two festivals that share their days off each as its own', () => {
    const shared: Holiday = { names: ['国庆节', '中秋节'], first: '2028-10-01', last: '2028-10-08', makeUpDays: [] };
    const { text } = withItem('国庆节', '七、国庆节、中秋节：10月1日至8日放假调休，共8天。9月26日、10月9日上班。');
    const lines = text.split('\n').filter((line) => !line.startsWith('六、'));
    expect(readHolidayNotice(lines.join('\n'))).toMatchObject({
      festivals: [{}, {}, {}, {}, {}, ...shared.names.map((name) => ({ name, lastDayOff: '2027-10-08' }))],
      problems: [],
    });
  });

  test('may give its reasons before it says 通知如下', () => {
    const text = sample.replace('现将', '今年放假的天数有所调整，逢周三的节日只放假当天。现将');
    expect(readHolidayNotice(text).problems).toEqual([]);
  });
});

test('weekdays are named as in the calendar', () => {
  expect(Array.from({ length: 7 }, (_, index) => weekdayWord(addDays('2027-01-03', index))).join('')).toBe(
    '周日周一周二周三周四周五周六',
  );
});
