import { lastDayNamed, type DeadlineContext } from './deadline-day.ts';
import { howToWrite, together } from './deadline-notes.ts';
import { doneWords } from './deadline-roles.ts';
import { plainWords } from './deadline-text.ts';
import { addDays, isIsoDate, type IsoDate } from './instants.ts';

export type { DeadlineContext } from './deadline-day.ts';

/** What a deadline cell (整改时限) says. */
export interface DeadlineReading {
  readonly kind: 'date' | 'immediate' | 'longTerm' | 'unknown';
  /** The last day on which it is in time, or null when the words name none. */
  readonly on: IsoDate | null;
  /** Whether it is kept up (长期坚持), after `on` where there is a day. */
  readonly longTerm: boolean;
  /** What a person should know or check, in Chinese; empty where the words are plain. */
  readonly note: string;
}

/** 立行立改, 即知即改, 边查边改, 随查随改 … */
const immediateWords =
  /([立即边随]).\1[改行办纠]|立即|立刻|即刻|马上|当即|(?:当[天日场]|现场|即时|第一时间)(?:整改|完成|办结)|^即改/u;
const longTermWords =
  /(?<!中|非|不属于)长期(?!未|以来)|持续(?!到|至)|常态|常抓|长抓|坚持|经常|日常|不断|久久为功|不间断|始终|贯穿|永久|永远|常年|一以贯之|动态|滚动|长效(?!机制|制度)/u;
const recurring =
  /(?:每(?:个|隔|半)?\d*个?(?:年度?|月|季度?|周|星期|日|天|学期|次|旬)|[按逐](?:年|月|季度?|周)(?!底|末)|不?定期)[^,;。、()]*/gu;
const undecided =
  /^(?:n\/?a|tbd|tbc|[-~/\\.*?？无]+|暂无|待定|未定|没有|未明确|不详|另定|另行(?:通知|确定|明确)|视情况.*|根据.*(?:情况|安排).*|按(?:要求|规定|计划|时限).*|按[期时]完成?)$/iu;

/**
 * Reads a deadline as people write it: the last day of the period named (上旬 10th, 中旬 20th, 下旬 and 底 month end).
 * Never throws; what it cannot read is `unknown` with a note that says why and how to write it.
 */
export function readDeadline(phrase: string, context: DeadlineContext): DeadlineReading {
  try {
    return readPlainWords(phrase, plainWords(phrase.slice(0, longestPhrase)), {
      ...context,
      feedbackOn: context.feedbackOn !== undefined && isIsoDate(context.feedbackOn) ? context.feedbackOn : undefined,
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unknown(`没有读懂“${shown(phrase)}”:日期超出了范围,${howToWrite}`);
  }
}

/** Longer text is no deadline cell; it would only cost time. */
const longestPhrase = 1000;
function readPlainWords(phrase: string, text: string, context: DeadlineContext): DeadlineReading {
  if (phrase.length > longestPhrase) return unknown(`整改时限写了 ${phrase.length} 个字,没有读;${howToWrite}`);
  if (text === '') return unknown(`没有写整改时限,${howToWrite}`);
  if (undecided.test(text)) return unknown(`“${shown(phrase)}”没有定下时限,${howToWrite}`);

  const notes = recurringNotes(text);
  const longTerm = longTermWords.test(text) || notes.length > 0;
  const once = text.replace(recurring, (words) => ';'.repeat(words.length));

  const day = lastDayNamed(once, longTerm, context);
  if (day?.on) {
    return { kind: 'date', on: day.on, longTerm, note: together([...day.notes, ...notes, ...alsoWritten(once)]) };
  }
  if (day) notes.unshift(...day.notes);
  if (day?.problem) return unknown(together(notes), longTerm);

  if (immediateWords.test(once)) return immediate(context, longTerm, notes);
  if (doneWords.test(once)) notes.push('写的是完成情况,不是时限;请写原定的整改时限');
  if (longTerm) return { kind: 'longTerm', on: null, longTerm, note: together(notes) };
  return unknown(notes.length > 0 ? together(notes) : unreadable(phrase, once));
}

function immediate(context: DeadlineContext, longTerm: boolean, notes: readonly string[]): DeadlineReading {
  const { feedbackOn, immediateWithinDays = 15 } = context;
  if (feedbackOn === undefined) {
    return {
      kind: 'immediate',
      on: null,
      longTerm,
      note: together([...notes, `立行立改:反馈后 ${immediateWithinDays} 天内,但不知道反馈日`]),
    };
  }
  const note = together([...notes, `立行立改:按反馈后 ${immediateWithinDays} 天内读`]);
  return { kind: 'immediate', on: addDays(feedbackOn, immediateWithinDays), longTerm, note };
}

function recurringNotes(text: string): string[] {
  return [...text.matchAll(recurring)].map(([words]) => `“${words}”是经常性要求,按长期坚持读`);
}

/** What stands beside a day and is not in the reading. */
function alsoWritten(text: string): string[] {
  const immediately = immediateWords.exec(text)?.[0];
  return [
    ...(immediately ? [`另写有“${immediately}”,按所写日期读`] : []),
    ...(doneWords.test(text) ? ['另写有完成情况'] : []),
    ...(/除外/u.test(text) ? ['写有除外的情形,请核对'] : []),
  ];
}

function unreadable(phrase: string, text: string): string {
  const relative = /[本当下次上]个?(?:月|季度?|周|旬|学期)|即日|月[底末]|季度?[底末]|近期|年关|年前|节前/u.exec(
    text,
  )?.[0];
  if (relative) return `“${shown(phrase)}”要看是哪一天写的,无法确定是哪一天,请写明年月日`;
  if (/集中整改|整改期/u.test(text)) return `“${shown(phrase)}”要看本轮集中整改期到哪一天,请写明日期`;
  return `没有读懂“${shown(phrase)}”,${howToWrite}`;
}

function unknown(note: string, longTerm = false): DeadlineReading {
  return { kind: 'unknown', on: null, longTerm, note };
}

function shown(phrase: string): string {
  const text = phrase.trim().replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
