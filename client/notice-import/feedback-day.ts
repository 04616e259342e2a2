import { daysIn, spansIn } from './dates.ts';
import type { Ask } from './notice-reading.ts';

/** The last day before 反馈 in its sentence; a day without a year takes that of the day before it in the text. */
export function readFeedback(intro: string, inspectedTo: string | null, line: number, ask: Ask): string | null {
  const spans = spansIn(intro);
  const days = daysIn(intro).filter(
    ({ from, to }) =>
      !spans.some((span) => from >= span.from && from < span.to) && !/^ ?(?:起|开始|至|到|[-~])/u.test(intro.slice(to)),
  );
  const found = new Set<string>();
  let unread = '';
  for (const match of intro.matchAll(/反馈/gu)) {
    const start = Math.max(intro.lastIndexOf('。', match.index), intro.lastIndexOf('\n', match.index)) + 1;
    const near =
      days.filter(({ from, to }) => from >= start && to <= match.index).at(-1) ?? meetingDay(intro, match.index, days);
    // A day that stands nearer, but is none of the calendar's or not a whole one, must not make way for another.
    const read = [
      start,
      near !== undefined && near.to <= match.index ? near.to : 0,
      ...spans.filter(({ to }) => to <= match.index).map(({ to }) => to),
    ];
    const vague = vagueDay(intro.slice(Math.max(...read), match.index));
    if (near === undefined || vague !== '') {
      unread = unread === '' ? vague : unread;
      continue;
    }
    const day = near.day ?? yearless(intro, near, inspectedTo);
    if (day === null) unread = intro.slice(near.from, near.to);
    else if (inspectedTo !== null && day < inspectedTo) unread = intro.slice(near.from, near.to);
    else found.add(day);
  }
  const [first = null] = found;
  if (found.size > 1)
    ask('several-feedbacks', line, `前言有不止一个反馈日期(${[...found].join('、')})，暂用${first ?? ''}，请确认。`);
  if (first === null) {
    ask(
      'missing-feedback',
      line,
      unread === ''
        ? '没有读到反馈日期，请在轮次信息中填写。'
        : `反馈日期写作“${unread}”，不能确定是哪一天，请在轮次信息中填写。`,
    );
  }
  return first;
}

/** 反馈会于…召开: the day may also follow. */
const meetingDay = (
  intro: string,
  index: number,
  days: ReturnType<typeof daysIn>,
): ReturnType<typeof daysIn>[number] | undefined =>
  days.find(
    ({ from }) =>
      from > index &&
      from - index <= 14 &&
      !/[。;\n]/u.test(intro.slice(index, from)) &&
      /反馈(?:会|时间|日期|大会|会议)/u.test(intro.slice(index, from)),
  );

const vagueDay = (text: string): string =>
  /(?:(?:19|20)\d\d ?年)? ?\d{1,2} ?月(?: ?\d{1,2} ?[日号]|[上中下]旬|底|初|末)?|(?<![\d月])\d{1,2} ?日/u
    .exec(text.slice(-40))?.[0]
    .trim() ?? '';

function yearless(
  intro: string,
  near: { from: number; month: number; dayOfMonth: number },
  inspectedTo: string | null,
): string | null {
  const before = intro.slice(0, near.from);
  const year = inspectedTo?.slice(0, 4) ?? [...before.matchAll(/((?:19|20)\d\d) ?年/gu)].at(-1)?.[1];
  if (year === undefined) return null;
  const shift = /(?:次|翌|第二)年 ?$/u.test(before) ? 1 : 0;
  const day = `${Number(year) + shift}-${String(near.month).padStart(2, '0')}-${String(near.dayOfMonth).padStart(2, '0')}`;
  return day;
}
