import { type IsoDate, weekdayOf } from '../../workflows/rules/instants.ts';

const names = '日一二三四五六';

/** The day's weekday as announcements write it: 周日. */
export function weekdayWord(day: IsoDate): string {
  return `周${names.charAt(weekdayOf(day))}`;
}

/** The weekday that a word means, in the form of `weekdayWord`; undefined when it means none. */
export function weekdayIn(word: string): string | undefined {
  const name = /^(?:周|星期|礼拜)?([一二三四五六日天])$/u.exec(word)?.[1];
  return name === undefined ? undefined : `周${name.replace('天', '日')}`;
}
