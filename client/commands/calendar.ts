import { type Calendar, isProvisional, workdays } from '../../workflows/rules/calendar.ts';
import { daysBetween, inChinese, isIsoDate, type IsoDate } from '../../workflows/rules/instants.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import { MisuseError } from '../misuse-error.ts';

/** The answer of `calendar workdays`, as it stands in the JSON. */
export interface CalendarWorkdays {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly workdays: readonly IsoDate[];
  /** Whether any day of the span lies outside the published data, where only weekends count as days off. */
  readonly provisional: boolean;
}

const longestSpanDays = 36_600; // a century; a slip of the key must not fill the memory

/**
 * The workdays from one day to the other, both inclusive.
 *
 * @param calendar the bundled one where the office has published none
 * @throws MisuseError when an argument is no day, the end comes before the start, or the span is over a century
 */
export function calendarWorkdays(from: string, to: string, calendar: Calendar = bundledCalendar): CalendarWorkdays {
  requireDay('开始日期', from);
  requireDay('结束日期', to);
  if (to < from) throw new MisuseError(`结束日期 ${inChinese(to)} 早于开始日期 ${inChinese(from)},请调换后重试`);
  if (daysBetween(from, to) > longestSpanDays) throw new MisuseError(`从 ${from} 到 ${to} 超过一百年,请缩短后重试`);
  return {
    from,
    to,
    workdays: workdays(calendar, from, to),
    provisional: isProvisional(calendar, from) || isProvisional(calendar, to),
  };
}

function requireDay(label: string, text: string): void {
  if (!isIsoDate(text)) throw new MisuseError(`${label}“${text}”不是有效日期(应为 2024-03-29 之类)`);
}
