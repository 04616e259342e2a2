import type { FestivalMention } from './deadline-festivals.ts';
import type { Mention } from './deadline-mentions.ts';
import type { Span } from './deadline-spans.ts';

/**
 * What a mention is in its phrase: `context` when it only says which things are meant (2018年遗留问题), `unread` when
 * the words glued to it change its meaning in a way not known here.
 */
export type Role = 'deadline' | 'start' | 'finished' | 'context' | 'unread';

interface Placed {
  readonly role: Role;
  /** The words to show with it. */
  readonly words: string;
}

interface Surroundings {
  /** The plain words of the whole phrase. */
  readonly text: string;
  readonly spans: readonly Span[];
  readonly longTerm: boolean;
}

/** Says that it is done already (已完成): a state, not a deadline. */
export const doneWords =
  /(?<!未|没有|尚未)已(?:经)?(?:全部|基本|于|在|按期|按时|如期)?[^,;。()前]{0,12}?(?:完成|整改|办结|落实|销号|到位|解决|整治|修订|印发|制定|出台|结束|执行)[^,;。()]{0,4}|整改完毕|已办理|^(?:基本)?(?:完成|整改完成|完成整改|整改到位|办结|销号|完成销号|阶段性完成)$/u;

/** A weekday behind a day, in brackets or not. */
export const weekdayWords = /^\(?(?:周|星期|礼拜)([一二三四五六日天])\)?/u;

const gluedBefore = /(?:[\dA-Za-z]|第)$/u;
const gluedAfter = /^(?:[\d〇○零]|第|的第|[上中下]?旬|周|[一二三四五六七八九十]+(?:$|[前之以日,;)]))/u;

/** The day of the feedback itself: 2023年9月22日巡察反馈后2个月内. */
const feedbackDay = /^[^,;。()完成整改落实]{0,10}?反馈(?:之日|意见|后|会|起|[,;]|$)/u;

/** What may follow a bare year that is a deadline. */
const endsPhrase = /^(?:$|[,;)(、/]|[之以]?[前内]|止|完成|全[面部]|整改|基本|长期|持续|并|左右|前后)/u;

/** What the words around a mention make of it: a deadline, a start (起), the day it was done, or nothing readable. */
export function roleOf(mention: Mention | FestivalMention, next: Mention | undefined, where: Surroundings): Placed {
  const { words } = mention;
  const before = where.text.slice(0, mention.start);
  const tail = where.text.slice(mention.end);
  const after = tail.replace(weekdayWords, '');
  const unread: Placed = {
    role: 'unread',
    words: `${/(?:[\dA-Za-z年的]|第)*$/u.exec(before)?.[0] ?? ''}${words}${/^[^,;。()、]{0,6}/u.exec(after)?.[0] ?? ''}`,
  };
  const isEnd = /^(?:之|以)?[前内止]|^(?:之日)?(?:止|截止)|^以内/u.test(after) || /[底末前内]$/u.test(words);

  if ('place' in mention && mention.place === 'after') return { role: 'start', words };
  if (gluedBefore.test(before) || gluedAfter.test(after)) return unread;
  if (mention.year === undefined && /年的?$/u.test(before)) return unread; // a year that could not be read
  if (where.spans.some(({ start }) => start === mention.end)) return unread; // 国庆节前一周

  if (feedbackDay.test(after) && !isEnd) {
    return { role: mention.extent === 'day' ? 'start' : 'context', words };
  }
  const joined = /^(?:之日)?(?:起|开始)?(?:至|到|[-~])/u.exec(after)?.[0];
  if (joined !== undefined) {
    const meetsNext = next?.start === mention.end + tail.length - after.length + joined.length;
    const open = (where.longTerm && !/\d/.test(after)) || /^[^,;]*(?:至今|到今)/u.test(after);
    if (meetsNext || open) return { role: 'start', words };
    if (/^\d|^[^,;。()]*(?:[年月日旬周季]|整改|完成|为止)/u.test(after.slice(joined.length))) return unread;
  }
  if (/^(?:之日)?(?:份|左右)?(?:起|开始|启动|以后|之后|后(?!续)|以来)/u.test(after)) return { role: 'start', words };
  if (/(?:自|从|自从)$/u.test(before) && !isEnd) return { role: 'start', words };
  if (/^已/u.test(after) || /已(?:经)?(?:于|在)$/u.test(before)) return { role: 'finished', words };
  if (!isEnd && doneWords.test(before) && !/(?:截至|至|到|于)$/u.test(before)) return { role: 'finished', words };
  if (mention.extent === 'period' && /年度?$/u.test(words) && !endsPhrase.test(after))
    return { role: 'context', words };
  return { role: 'deadline', words };
}
