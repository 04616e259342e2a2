import { inChinese } from '../../workflows/rules/instants.ts';
import { MisuseError } from '../misuse-error.ts';
import { calendarWorkdays } from './calendar.ts';
import { deadlineRead, deadlineReadBatch } from './deadline.ts';
import { fileGiven } from './files.ts';
import type { Output } from './output.ts';

/** `calendar workdays FROM TO`. @throws MisuseError */
export function workdays(output: Output, from: string, to: string): void {
  const found = calendarWorkdays(from, to);
  output.answer(found, () =>
    [
      ...found.workdays.map(inChinese),
      `共 ${String(found.workdays.length)} 个工作日${found.provisional ? '（有的年份尚无放假安排，暂按周末休息计）' : ''}`,
    ].join('\n'),
  );
}

/** `deadline read PHRASE`, or `--batch FILE`, whose answers are JSON lines in any case. @throws MisuseError */
export function deadline(
  output: Output,
  phrase: string | undefined,
  { feedback, batch }: { readonly feedback?: string; readonly batch?: string },
): void {
  if (batch !== undefined) {
    if (phrase !== undefined) throw new MisuseError('--batch 与文字只能写一个');
    output.raw(deadlineReadBatch(new TextDecoder().decode(fileGiven(batch).bytes)));
    return;
  }
  if (phrase === undefined) throw new MisuseError('没有写要读的文字，如 deadline read "2024年3月底前"');
  const reading = deadlineRead(phrase, feedback);
  const kinds = { date: '到期日', immediate: '立行立改', longTerm: '长期坚持', unknown: '读不出' } as const;
  output.answer(reading, () =>
    [
      `${kinds[reading.kind]}${reading.on === null ? '' : `：${inChinese(reading.on)}`}${reading.longTerm && reading.kind !== 'longTerm' ? '，并长期坚持' : ''}`,
      ...(reading.note === '' ? [] : [`  ${reading.note}`]),
    ].join('\n'),
  );
}
