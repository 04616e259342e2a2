import { addDays, addMonths, daysInMonth, weekdayOf, type IsoDate } from './instants.ts';

const weekNames = '(?:周|星期|礼拜)';
const weekday = new RegExp(
  // not 每周一 · 上周五 · 一周一次, and not the weekday that only explains a day: 6月14日(周五)
  `(?<![每上隔逐\\d一二三两单双日号(])(?<which>(?:本|这|下下|下)[个一]?)?${weekNames}(?<day>[一二三四五六日天])(?!次)`,
  'gu',
);
const wholeWeek = new RegExp(`(?<![\\d上每])(?<which>(?:本|这|下)[个一]?)${weekNames}(?=之?内|以内)`, 'gu');
const beforeThat = '(?:当[天日]|[上下]午|中午|晚上?|[上下]班|\\d{1,2}[时点](?:半|\\d{1,2}分?)?)?(?:之前|以前|前(?!后))';

/**
 * The plain words with the days that hang on today written out: 本周五, 下周三, 明天, 月底, 下月15日 and 15日前 become
 * 2024年6月14日 and the like. What hangs on another day, or is too vague for one (月初, 周末), stays as it is.
 */
export function withRelativeDaysWrittenOut(text: string, today: IsoDate): string {
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
  return text
    .replace(/大后天/gu, () => written(addDays(today, 3)))
    .replace(/后天/gu, () => written(addDays(today, 2)))
    .replace(/明[天日早晚]/gu, () => written(addDays(today, 1)))
    .replace(/今[天日晚]|本日/gu, () => written(today))
    .replace(wholeWeek, (_words, which: string) => written(addDays(monday, 6 + 7 * weeksAhead(which))))
    .replace(weekday, (words, which: string | undefined, name: string) => {
      const place = '一二三四五六日'.indexOf(name.replace('天', '日'));
      if (which !== undefined) return written(addDays(monday, place + 7 * weeksAhead(which)));
      const ahead = (place - ((weekdayOf(today) + 6) % 7) + 7) % 7;
      return ahead === 0 ? words : written(addDays(today, ahead)); // 周五 said on a Friday may be either
    })
    .replace(
      /(?<!上|每)(本|这个?|下一?个?)月份?(?=\d{1,2}[日号]|[底末内]|之内|以内|[上中下]旬)/gu,
      (_words, which: string) => writtenMonth(which.startsWith('下') ? addMonths(today, 1) : today),
    )
    .replace(/(?<![\d年月个每当次上该各])月(?=[底末])/gu, () => writtenMonth(today))
    .replace(new RegExp(`(?<![\\d年月./第-])(\\d{1,2})[日号](?=${beforeThat})`, 'gu'), (words, day: string) => {
      const next = nextDayOfMonth(Number(day), today);
      return next === undefined ? words : written(next);
    });
}

function weeksAhead(which: string): number {
  return which.startsWith('下下') ? 2 : which.startsWith('下') ? 1 : 0;
}

/** The next day with this number, in this month or the next one. */
function nextDayOfMonth(number: number, today: IsoDate): IsoDate | undefined {
  for (const month of [today, addMonths(today, 1)]) {
    const [year = '', name = ''] = month.split('-');
    const day = `${year}-${name}-${String(number).padStart(2, '0')}`;
    if (number >= 1 && number <= daysInMonth(Number(year), Number(name)) && day >= today) return day;
  }
  return undefined;
}

function written(day: IsoDate): string {
  return `${writtenMonth(day)}${String(Number(day.slice(8)))}日`;
}

function writtenMonth(day: IsoDate): string {
  return `${day.slice(0, 4)}年${String(Number(day.slice(5, 7)))}月`;
}
