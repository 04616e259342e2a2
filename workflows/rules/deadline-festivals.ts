import { festivalOf, type Calendar } from './calendar.ts';
import type { Mention, NamedDay } from './deadline-mentions.ts';
import { addDays, type IsoDate } from './instants.ts';

/** Festivals with days off, by the words people use for them. */
const holidays: Readonly<Record<string, string>> = {
  元旦: '元旦',
  春节: '春节',
  新春: '春节',
  农历新年: '春节',
  清明: '清明节',
  五一: '劳动节',
  劳动: '劳动节',
  端午: '端午节',
  中秋: '中秋节',
  国庆: '国庆节',
  十一: '国庆节',
};

/** Days that are kept but not days off, month and day. */
const fixedDays: Readonly<Record<string, string>> = {
  三八: '03-08',
  妇女: '03-08',
  五四: '05-04',
  青年: '05-04',
  六一: '06-01',
  儿童: '06-01',
  七一: '07-01',
  建党: '07-01',
  八一: '08-01',
  建军: '08-01',
  教师: '09-10',
};

/** Words that are a festival only beside 节, 前, 假 …: 十一 may be a number, 劳动 a word. */
const name = `(?:元旦|春节|新春|农历新年|清明|端午|中秋|国庆|(?<![一二三四五六七八九十])(?:${['五一', '十一', ...Object.keys(fixedDays)].join('|')}|劳动)(?=节|前|后|之前|以前|假|小长假|长假|期间|黄金周|国庆|$))`;
const festivals = new RegExp(
  '(?:(?<!\\d)(?<year>\\d{4}|\\d{2})年度?|(?<yearWord>今年|本年|当年|明年|次年|来年|翌年)度?)?的?' +
    `(?<names>${name}节?(?:(?:[、,和及与暨/])?${name}节?)*)(?:[两双]节|佳节|节日)?` +
    '(?<break>小长假|长假|假期|放假|假日|黄金周|期间)*' +
    '(?<place>结束之?前|前后|前夕|之前|以前|前|之后|以后|后|当[天日]|起)?',
  'gu',
);

/** A mention of a festival: 国庆节前 is the last day before its days off; after a festival (节后) is no deadline. */
export interface FestivalMention extends Mention {
  readonly place: 'before' | 'after' | 'other';
}

/** The festivals in the plain words. A year whose days off are not published is asked for, never assumed. */
export function festivalsIn(text: string, calendar: Calendar): FestivalMention[] {
  return [...text.matchAll(festivals)].map((match) => {
    const group: Readonly<Record<string, string | undefined>> = match.groups ?? {};
    const words = match[0];
    const names = [...(group['names'] ?? '').matchAll(new RegExp(`${name}`, 'gu'))].map(([found]) => found);
    const wanted = wantedOf(group['place'], group['break'] !== undefined);
    const year = group['year'] === undefined ? undefined : Number(group['year']);
    const doubts = names.length > 1 ? [`“${words}”写了两个节日,取较早的`] : [];
    return {
      start: match.index,
      end: match.index + words.length,
      words,
      year: year !== undefined && year < 100 ? 2000 + year : year,
      yearWord: group['yearWord'],
      extent: 'day',
      doubts,
      place: wanted === 'before' || wanted === 'after' ? wanted : 'other',
      lastDayIn: (inYear) =>
        earliestOf(names.map((festival) => dayOfFestival(calendar, inYear, festival, wanted, words))),
    };
  });
}

type Wanted = 'before' | 'lastDayOff' | 'after' | 'unclear';

function wantedOf(place: string | undefined, wholeBreak: boolean): Wanted {
  if (place === undefined) return wholeBreak ? 'lastDayOff' : 'unclear';
  if (place.startsWith('结束')) return 'lastDayOff';
  if (place === '前后' || place.startsWith('当')) return 'unclear';
  return place.includes('前') ? 'before' : 'after';
}

function dayOfFestival(calendar: Calendar, year: number, word: string, wanted: Wanted, words: string): NamedDay {
  if (wanted === 'unclear') return { problem: `“${words}”没有写明是节前还是节后的哪一天,请写明日期` };
  const off = daysOffOf(calendar, year, word);
  if (!off) {
    return {
      problem: `没有 ${year} 年${holidays[word] ?? word}的放假安排(已有 ${calendar.from.slice(0, 4)}—${calendar.to.slice(0, 4)} 年),“${words}”请写明日期`,
    };
  }
  return { on: wanted === 'before' ? addDays(off.firstDayOff, -1) : off.lastDayOff };
}

function daysOffOf(
  calendar: Calendar,
  year: number,
  word: string,
): { firstDayOff: IsoDate; lastDayOff: IsoDate } | undefined {
  const monthAndDay = fixedDays[word];
  if (monthAndDay === undefined) return festivalOf(calendar, year, holidays[word] ?? word);
  const day = `${year}-${monthAndDay}`;
  return { firstDayOff: day, lastDayOff: day };
}

function earliestOf(days: readonly NamedDay[]): NamedDay {
  return days.reduce((one, other) => {
    if ('problem' in one) return one;
    if ('problem' in other) return other;
    return one.on <= other.on ? one : other;
  });
}
