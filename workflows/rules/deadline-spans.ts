import { addWorkdays, isProvisional, type Calendar } from './calendar.ts';
import { addDays, addMonths, type IsoDate } from './instants.ts';

/** A length of time inside a phrase: 2个月内, 15个工作日内, 半年. */
export interface Span {
  /** Where it stands in the plain words; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly words: string;
  readonly months: number;
  readonly days: number;
  readonly workdays: number;
  /** What keeps it from being counted, or the doubt it leaves. */
  readonly problem: string | undefined;
  readonly doubts: readonly string[];
}

const unit = '(?<unit>工作日|自然日|日历日|小时|月|天|日|周|星期|礼拜|季度|年)';
const lengths = new RegExp(
  // A bare 月 or 日 names a day unless 个, 内 or a starting point makes it a length: see `isLength`.
  `(?<![\\d第.])(?:(?<least>\\d{1,3})(?:[-~至到]|或者?))?(?<number>\\d{1,4}(?:\\.5)?|半|几|数|若干)(?<counted>个)?(?<half>半)?(?:多|来)?${unit}(?<andHalf>半)?(?:的?时间)?(?<within>之内|以内|内)?(?<about>左右)?(?<place>之前|以前|前|之后|以后|后)?`,
  'gu',
);

/** The lengths of time in the plain words. */
export function spansIn(text: string): Span[] {
  return [...text.matchAll(lengths)].filter((match) => isLength(match, text)).map(spanOf);
}

function isLength(match: RegExpExecArray, text: string): boolean {
  const group: Readonly<Record<string, string | undefined>> = match.groups ?? {};
  const before = text.slice(0, match.index);
  const within = group['within'] !== undefined;
  if (/[上下全月]$/u.test(before) && group['number'] === '半') return false; // 上半年, 下半月
  if (/[年月]$/u.test(before) && group['unit'] === '日') return false; // the 31日 of 3月31日
  if (/\d[-/.]$/.test(before)) return false;
  if (group['counted'] || group['number'] === '半' || /^[几数若]/u.test(group['number'] ?? '')) return true;
  const counted = /(?:后|起|以来|给予|期限为?|时限为?)[,:]?$/u.test(before);
  switch (group['unit']) {
    case '季度': // 四季度 is a quarter, 四个季度 is a length
      return false;
    case '月':
      return counted && within;
    case '日':
      return within || (counted && before.endsWith('后'));
    case '年':
      return Number(group['number']) <= 10 && (within || group['andHalf'] !== undefined || match[0] === text);
    default:
      return true;
  }
}

function spanOf(match: RegExpExecArray): Span {
  const group: Readonly<Record<string, string | undefined>> = match.groups ?? {};
  const words = match[0];
  const half =
    group['half'] !== undefined || group['andHalf'] !== undefined || group['number']?.endsWith('.5') === true;
  const whole = group['number'] === '半' ? 0 : Math.floor(Number(group['number']));
  const halves = whole * 2 + (half || group['number'] === '半' ? 1 : 0);
  const doubts = [
    ...(group['least'] ? [`“${words}”取较长的`] : []),
    ...(group['about'] ? [`“${words}”没有写准,按足数读`] : []),
  ];
  const length = lengthOf(group['unit'] ?? '', halves);
  return {
    start: match.index,
    end: match.index + words.length,
    words,
    doubts,
    problem: problemOf(words, group['place'], length),
    ...length,
  };
}

interface Length {
  readonly months: number;
  readonly days: number;
  readonly workdays: number;
}

function lengthOf(unit: string, halves: number): Length {
  const none = { months: 0, days: 0, workdays: 0 };
  const whole = Math.floor(halves / 2);
  const odd = halves % 2;
  switch (unit) {
    case '年':
      return { ...none, months: halves * 6 };
    case '季度':
      return { ...none, months: whole * 3, days: odd * 45 };
    case '月':
      return { ...none, months: whole, days: odd * 15 };
    case '周':
    case '星期':
    case '礼拜':
      return { ...none, days: whole * 7 + odd * 4 };
    case '工作日':
      return { ...none, workdays: Math.ceil(halves / 2) };
    case '小时':
      return { ...none, days: Math.ceil(halves / 48) };
    default:
      return { ...none, days: Math.ceil(halves / 2) };
  }
}

function problemOf(words: string, place: string | undefined, { months, days, workdays }: Length): string | undefined {
  const sum = months + days + workdays;
  if (Number.isNaN(sum)) return `“${words}”没有写明多长,请写明日期`;
  if (sum === 0 || months > 120 || days > 3660 || workdays > 2600) return `“${words}”不像是整改时限,请核对`;
  if (place?.includes('后')) return `“${words}”是开始时间,不是时限,请写明到哪一天为止`;
  if (place) return `“${words}”没有写明从哪一天往前算,请写明日期`;
  return undefined;
}

/**
 * The last day of the span when it is counted from the day: the day itself does not count, and months end on the same
 * day of the month (民法典 第二百零一、二百零二条).
 */
export function lastDayOf(span: Span, from: IsoDate, calendar: Calendar): { on: IsoDate; doubts: string[] } {
  const afterDays = addDays(addMonths(from, span.months), span.days);
  if (span.workdays === 0) return { on: afterDays, doubts: [] };
  const on = addWorkdays(calendar, afterDays, span.workdays);
  const provisional = isProvisional(calendar, on) || isProvisional(calendar, from);
  return { on, doubts: provisional ? [`${on.slice(0, 4)} 年的放假安排不全,工作日只按周末推算`] : [] };
}
