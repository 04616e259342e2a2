import { inChinese } from '../../workflows/rules/instants.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import { MisuseError } from '../misuse-error.ts';
import { RefusedError } from '../refused-error.ts';
import { calendarWorkdays } from './calendar.ts';
import { deadlineRead, deadlineReadBatch } from './deadline.ts';
import { fileGiven } from './files.ts';
import type { Instance } from './instance.ts';
import type { Output } from './output.ts';

/**
 * `calendar workdays FROM TO`: by the calendar that the office has published last, where an instance runs; by the bundled
 * one otherwise. Which of them is said beside the answer.
 *
 * @throws MisuseError
 */
export async function workdays(
  output: Output,
  instance: () => Promise<Instance>,
  from: string,
  to: string,
): Promise<void> {
  calendarWorkdays(from, to); // a misuse is told at once
  const found = calendarWorkdays(from, to, await calendarHere(output, instance));
  output.answer(found, () =>
    [
      ...found.workdays.map(inChinese),
      `共 ${String(found.workdays.length)} 个工作日${found.provisional ? '（有的年份尚无放假安排，暂按周末休息计）' : ''}`,
    ].join('\n'),
  );
}

/** The calendar that is published where an instance runs, else the bundled one; which of them is noted. */
async function calendarHere(output: Output, instance: () => Promise<Instance>): Promise<Calendar> {
  const published = await publishedCalendar(instance);
  output.note(
    published === undefined
      ? '按自带的放假安排（没有正在运行的回头看）'
      : `按已公布的日历第${String(published.version)}版`,
  );
  return published ?? bundledCalendar;
}

async function publishedCalendar(instance: () => Promise<Instance>): Promise<Calendar | undefined> {
  try {
    return await (await instance()).get<Calendar>(['calendar']);
  } catch (error) {
    if (error instanceof RefusedError) return undefined; // nothing runs here, or something older
    throw error;
  }
}

/**
 * `deadline read PHRASE`, or `--batch FILE`, whose answers are JSON lines in any case: by the same calendar as `workdays`,
 * which is said beside the answer.
 *
 * @throws MisuseError
 */
export async function deadline(
  output: Output,
  instance: () => Promise<Instance>,
  phrase: string | undefined,
  { feedback, batch }: { readonly feedback?: string; readonly batch?: string },
): Promise<void> {
  if (batch !== undefined) {
    if (phrase !== undefined) throw new MisuseError('--batch 与文字只能写一个');
    const lines = new TextDecoder().decode(fileGiven(batch).bytes);
    output.raw(deadlineReadBatch(lines, await calendarHere(output, instance)));
    return;
  }
  if (phrase === undefined) throw new MisuseError('没有写要读的文字，如 deadline read "2024年3月底前"');
  deadlineRead(phrase, feedback); // a misuse is told at once
  const reading = deadlineRead(phrase, feedback, await calendarHere(output, instance));
  const kinds = { date: '到期日', immediate: '立行立改', longTerm: '长期坚持', unknown: '读不出' } as const;
  output.answer(reading, () =>
    [
      `${kinds[reading.kind]}${reading.on === null ? '' : `：${inChinese(reading.on)}`}${reading.longTerm && reading.kind !== 'longTerm' ? '，并长期坚持' : ''}`,
      ...(reading.note === '' ? [] : [`  ${reading.note}`]),
    ].join('\n'),
  );
}
