import type { HolidayYear } from '../../../client/calendar/holiday-year.ts';
import { weekdayWord } from '../../../client/calendar/weekday-words.ts';
import type { Calendar } from '../../../workflows/rules/calendar.ts';
import { addDays, daysBetween, type IsoDate, weekdayOf } from '../../../workflows/rules/instants.ts';

/** One item of an announcement: festivals, their days off (both inclusive), and the weekends worked for them. */
export interface Holiday {
  readonly names: readonly string[];
  readonly first: IsoDate;
  readonly last: IsoDate;
  readonly makeUpDays: readonly IsoDate[];
}

export interface Announcement {
  readonly year: number;
  readonly holidays: readonly Holiday[];
}

/** How an announcement is written; each choice is one that real ones make. */
export interface Writing {
  readonly weekday: '（周' | '（星期' | 'none';
  readonly years: 'where needed' | 'everywhere';
  readonly punctuation: 'full' | 'half';
  readonly lines: 'an item each' | 'one paragraph' | 'heading apart' | 'broken';
  readonly title: 'given' | 'left out';
}

export const usualWriting: Writing = {
  weekday: '（周',
  years: 'where needed',
  punctuation: 'full',
  lines: 'an item each',
  title: 'given',
};

export const isWeekend = (day: IsoDate): boolean => weekdayOf(day) % 6 === 0;

/** The announcement as the calendar holds it. */
export function holidayYearFor({ year, holidays }: Announcement): HolidayYear {
  const days = holidays.flatMap(({ first, last }) => daysFrom(first, last));
  return {
    year,
    festivals: holidays.flatMap(({ names, first, last }) =>
      names.map((name) => ({ name, year, firstDayOff: first, lastDayOff: last })),
    ),
    daysOff: days.filter((day) => !isWeekend(day)).sort(),
    makeUpDays: holidays.flatMap(({ makeUpDays }) => makeUpDays).sort(),
  };
}

export function daysFrom(first: IsoDate, last: IsoDate): IsoDate[] {
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
}

/** Writes an announcement out, in the form of the yearly notice. */
export function noticeOf({ year, holidays }: Announcement, writing: Writing = usualWriting): string {
  const day = (one: IsoDate, before?: IsoDate): string => {
    const [y = '', m = '', d = ''] = one.split('-').map((part) => String(Number(part)));
    const stated = before?.slice(0, 4) ?? String(year);
    const yearText = writing.years === 'everywhere' || stated !== y ? `${y}年` : '';
    const monthText = yearText === '' && before?.slice(5, 7) === one.slice(5, 7) ? '' : `${m}月`;
    const weekday = writing.weekday === 'none' ? '' : `${writing.weekday}${weekdayWord(one).slice(1)}）`;
    return `${yearText}${monthText}${d}日${weekday}`;
  };
  const items = holidays.map(({ names, first, last, makeUpDays }, index) => {
    const count = daysBetween(first, last) + 1;
    const span = count === 1 ? day(first) : `${day(first)}至${day(last, first)}`;
    const worked = makeUpDays.map((one) => day(one)).join('、');
    const heading = `${'一二三四五六七'.charAt(index)}、${names.join('、')}：`;
    const off = `${span}${makeUpDays.length > 0 ? '放假调休' : '放假'}，共${String(count)}天。`;
    return { heading, off, worked: worked === '' ? '' : `${worked}上班。` };
  });
  const broken = (text: string): string => text.replace('至', '至\n').replace('，', '，\n');
  const body = {
    'an item each': items.map(({ heading, off, worked }) => `${heading}${off}${worked}\n`),
    'one paragraph': items.map(({ heading, off, worked }) => heading + off + worked),
    'heading apart': items.map(({ heading, off, worked }) => `${heading.slice(0, -1)}\n${off}\n${worked}\n`),
    broken: items.map(({ heading, off, worked }) => `${broken(heading + off)}${worked}\n`),
  }[writing.lines].join('');
  const opening = writing.title === 'given' ? [`样例：关于${String(year)}年部分节假日安排的通知`, '', '各单位：'] : [];
  const intro = '现将元旦、春节等节日放假调休日期的具体安排通知如下。';
  const text = [...opening, intro, body, '节假日期间要安排好值班。', '样例办公室', `${String(year - 1)}年11月4日`].join(
    '\n',
  );
  return writing.punctuation === 'full' ? text : halfWidth(text);
}

function halfWidth(text: string): string {
  return text.replace(/[，：（）]/gu, (mark) => ',:()'.charAt('，：（）'.indexOf(mark)));
}

/** An invented year, plausible throughout: 样例, nobody announced it. */
export const sample2027: Announcement = {
  year: 2027,
  holidays: [
    { names: ['元旦'], first: '2027-01-01', last: '2027-01-03', makeUpDays: [] },
    { names: ['春节'], first: '2027-02-05', last: '2027-02-11', makeUpDays: ['2027-01-31', '2027-02-13'] },
    { names: ['清明节'], first: '2027-04-03', last: '2027-04-05', makeUpDays: [] },
    { names: ['劳动节'], first: '2027-05-01', last: '2027-05-05', makeUpDays: ['2027-04-25', '2027-05-08'] },
    { names: ['端午节'], first: '2027-06-09', last: '2027-06-09', makeUpDays: [] },
    { names: ['中秋节'], first: '2027-09-15', last: '2027-09-15', makeUpDays: [] },
    { names: ['国庆节'], first: '2027-10-01', last: '2027-10-07', makeUpDays: ['2027-09-26', '2027-10-09'] },
  ],
};

/** A year of a calendar, as it was announced. */
export function announcedIn(calendar: Calendar, year: number): Announcement {
  const own = calendar.festivals.filter((festival) => festival.year === year);
  const spans = [...new Map(own.map((festival) => [festival.firstDayOff, festival])).values()];
  const worked = calendar.makeUpDays.filter(
    (day) => day >= `${String(year - 1)}-12-01` && day <= `${String(year)}-11-30`,
  );
  const distance = (day: IsoDate, { firstDayOff, lastDayOff }: (typeof spans)[number]): number =>
    Math.max(daysBetween(day, firstDayOff), daysBetween(lastDayOff, day));
  const nearest = (day: IsoDate) => [...spans].sort((a, b) => distance(day, a) - distance(day, b))[0]?.firstDayOff;
  return {
    year,
    holidays: spans.map(({ firstDayOff: first, lastDayOff: last }) => ({
      names: own.filter(({ firstDayOff }) => firstDayOff === first).map(({ name }) => name),
      first,
      last,
      makeUpDays: worked.filter((day) => nearest(day) === first),
    })),
  };
}

/** The sample with the item of a festival written otherwise, and the line on which that stands. */
export function withItem(name: string, item: string): { text: string; line: number } {
  const lines = noticeOf(sample2027).split('\n');
  const index = lines.findIndex((line) => line.includes(`、${name}：`));
  lines[index] = item;
  return { text: lines.join('\n'), line: index + 1 };
}
