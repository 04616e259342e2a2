import type { Calendar } from './calendar.ts';
import { festivalsIn } from './deadline-festivals.ts';
import { mentionsIn, type Mention } from './deadline-mentions.ts';
import { howToWrite, together } from './deadline-notes.ts';
import { roleOf, weekdayWords, type Role } from './deadline-roles.ts';
import { lastDayOf, spansIn, type Span } from './deadline-spans.ts';
import { datedMentions, type DatedMention } from './deadline-years.ts';
import { weekdayOf, type IsoDate } from './instants.ts';

/** What a deadline depends on beside its words. */
export interface DeadlineContext {
  /** The day of the feedback (反馈日). */
  readonly feedbackOn?: IsoDate | undefined;
  /** The year taken where none is written; by default the first in which the day is not before the feedback. */
  readonly roundYear?: number | undefined;
  readonly calendar: Calendar;
  /** How many days after the feedback 立行立改 ends; 15 by default. */
  readonly immediateWithinDays?: number | undefined;
}

/** The day the words name; `problem` means that a part of them cannot be read, so that nothing is concluded. */
interface DayFound {
  readonly on: IsoDate | null;
  readonly problem: boolean;
  readonly notes: readonly string[];
}

/**
 * The day the words name, or undefined when they name none at all.
 *
 * @param text plain words, without what recurs
 * @param longTerm whether the phrase also asks for keeping up, which leaves a range open (10月至长期)
 */
export function lastDayNamed(text: string, longTerm: boolean, context: DeadlineContext): DayFound | undefined {
  const festivals = festivalsIn(text, context.calendar);
  const spans = spansIn(blanked(text, festivals));
  const mentions = [...festivals, ...mentionsIn(blanked(text, [...festivals, ...spans]))].sort(
    (a, b) => a.start - b.start,
  );
  const placed = mentions.map((mention, index) => ({
    mention,
    ...roleOf(mention, mentions[index + 1], { text, spans, longTerm }),
  }));
  const stranger = placed.find(({ role }) => role === 'unread');
  if (stranger) return refused(`没有读懂“${stranger.words}”,${howToWrite}`);

  // 2018年遗留问题 is no deadline beside one, but 2024年逐步完成 alone is
  const telling = placed.filter(({ role }) => role !== 'context');
  const used = telling.length > 0 || spans.length > 0 ? telling : placed;
  const dated = datedMentions(
    used.map(({ mention }) => mention),
    context,
  );
  const inRole = (...roles: Role[]) => dated.filter((_, index) => roles.includes(used[index]?.role ?? 'unread'));

  const deadlines = inRole('deadline', 'context');
  if (deadlines.length > 0) return lastOf(deadlines, spans, text, context);

  const start = inRole('start').at(-1);
  const [span] = spans;
  if (span) return spanFrom(span, start, text, context);
  if (start) {
    const problem = 'problem' in start ? [start.problem] : [];
    const advice = longTerm ? '' : ';请写明到哪一天为止';
    return {
      on: null,
      problem: problem.length > 0,
      notes: [...problem, `“${start.mention.words}”是开始时间,不是时限${advice}`],
    };
  }
  const finished = used.find(({ role }) => role === 'finished');
  if (finished) return { on: null, problem: false, notes: [`“${finished.words}”是完成的日期`] };
  return undefined;
}

function refused(note: string): DayFound {
  return { on: null, problem: true, notes: [note] };
}

/** Several deadlines in one cell are stages (分阶段): the last one ends it. */
function lastOf(
  deadlines: readonly DatedMention[],
  spans: readonly Span[],
  text: string,
  context: DeadlineContext,
): DayFound {
  const problems = deadlines.flatMap((dated) => ('problem' in dated ? [dated.problem] : []));
  if (problems.length > 0) return refused(together(problems));

  const found = deadlines.flatMap((dated) => ('on' in dated ? [dated] : []));
  const last = found.reduce((one, other) => (other.on >= one.on ? other : one));
  const stages = found.some(({ on }) => on !== last.on) ? [`写了 ${found.length} 个时限,取最后的 ${last.on}`] : [];
  const notes = [
    ...last.notes,
    ...stages,
    ...doubtsAround(last, text),
    ...doubtsFromFeedback(last.on, spans, text, context),
  ];
  return { on: last.on, problem: false, notes };
}

/** What the words behind the day leave open. */
function doubtsAround({ mention, on }: { readonly mention: Mention; readonly on: IsoDate }, text: string): string[] {
  const after = text.slice(mention.end);
  const doubts: string[] = [];
  if (mention.extent === 'period' && /^(?:之|以)?前/u.test(after)) {
    doubts.push(`“${mention.words}前”按到 ${on} 为止读;若指在此之前,请写明日期`);
  }
  const vague = /^(?:左右|前后|上下)/u.exec(after)?.[0];
  if (vague) doubts.push(`“${mention.words}${vague}”没有写准,按 ${on} 读`);
  const weekday = weekdayWords.exec(after)?.[1]?.replace('天', '日');
  const actual = '日一二三四五六'[weekdayOf(on)];
  if (weekday !== undefined && weekday !== actual) doubts.push(`${on} 是星期${actual},所写为星期${weekday},请核对`);
  return doubts;
}

/** Whether the day agrees with the feedback: not before it, and as far from it as the words say. */
function doubtsFromFeedback(on: IsoDate, spans: readonly Span[], text: string, context: DeadlineContext): string[] {
  const { feedbackOn, calendar } = context;
  if (feedbackOn === undefined) return [];
  const doubts: string[] = [];
  const [span] = spans;
  if (span && !span.problem && /反馈/u.test(text)) {
    const counted = lastDayOf(span, feedbackOn, calendar).on;
    if (counted !== on) doubts.push(`“${span.words}”从反馈日算是 ${counted},与所写日期不同,取所写日期`);
  }
  if (on < feedbackOn) doubts.push(`早于反馈日 ${feedbackOn},请核对`);
  return doubts;
}

/** A span is counted from the feedback unless another day is named: 2024年3月1日起3个月内, 方案印发后1个月内. */
function spanFrom(span: Span, start: DatedMention | undefined, text: string, context: DeadlineContext): DayFound {
  if (span.problem) return refused(span.problem);
  if (start) {
    if ('problem' in start) return refused(start.problem);
    const { words } = start.mention;
    if (!/[\d日号后]$/u.test(words)) return refused(`“${words}”没有写明从哪一天起,“${span.words}”无法推算,请写明日期`);
    const { on, doubts } = lastDayOf(span, start.on, context.calendar);
    return { on, problem: false, notes: [...start.notes, ...span.doubts, ...doubts] };
  }
  const rest = `${text.slice(0, span.start)};${text.slice(span.end)}`;
  const anchor = /([^,;。()]*?)(?:之日起?|之?后|以后|起|开始)[,(]?的?(?:[^;,]{0,4});/u.exec(rest)?.[1] ?? '';
  const otherDay =
    /印发|批复|批准|审批|审定|审议|通过|下发|报送|上报|报批|签订|开工|立项|验收|公示|公布|公开|移交|立案|会议|到位|中标|进驻|即日|即$|今日|本[月周日]|完成|方案/u;
  const fromFeedback = /反馈/u.test(rest) && !otherDay.test(anchor);
  if (!fromFeedback && anchor !== '') return refused(`“${anchor}”是哪一天没有写,“${span.words}”无法推算,请写明日期`);
  if (context.feedbackOn === undefined)
    return { on: null, problem: true, notes: [`“${span.words}”要从反馈日算起,但不知道反馈日,请写明日期`] };
  const { on, doubts } = lastDayOf(span, context.feedbackOn, context.calendar);
  const assumed = fromFeedback ? [] : [`没有写从哪一天算起,按反馈日 ${context.feedbackOn} 算`];
  return { on, problem: false, notes: [...assumed, ...span.doubts, ...doubts] };
}

function blanked(text: string, parts: readonly { readonly start: number; readonly end: number }[]): string {
  return parts.reduce((kept, { start, end }) => kept.slice(0, start) + ' '.repeat(end - start) + kept.slice(end), text);
}
