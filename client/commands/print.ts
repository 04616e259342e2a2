import type { PrintReading } from '../prints/read-prints.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';

export interface PrintListOptions {
  readonly clock?: string;
  readonly all?: true;
}

const stateWords: Readonly<Record<PrintReading['state'], string>> = {
  waiting: '待送达',
  overdue: '逾期未送达',
  delivered: '已送达',
  lapsed: '已办结，无须送达',
};

/** `print list`. */
export async function printList(output: Output, instance: Instance, { clock, all }: PrintListOptions): Promise<void> {
  const prints = await instance.get<PrintReading[]>(['prints'], { clock, which: all ? 'all' : 'waiting' });
  output.answer(prints, () =>
    prints.length === 0
      ? '没有待打印送达的'
      : columns(
          prints.map(({ number, person, unit, codes, deliverBy, state, deliveredOn, deliveredBy }) => [
            number,
            stateWords[state],
            unit === '' ? person : `${person}（${unit}）`,
            codes.join('、'),
            deliveredOn === null ? `最迟 ${deliverBy}` : `${deliveredOn} ${deliveredBy ?? ''}`,
          ]),
        ),
  );
}

/** `print show ID`: the page itself, as it is to be printed. */
export async function printShow(output: Output, instance: Instance, id: string): Promise<void> {
  const page = await instance.get<{ html: string }>(['prints', id]);
  output.answer(page, () => page.html);
}

/** `print delivered ID`. */
export async function printDelivered(
  output: Output,
  instance: Instance,
  id: string,
  { by, on }: { by: string; on?: string },
): Promise<void> {
  const done = await instance.put<{ delivered: 'now' | 'before' }>(['prints', id, 'delivery'], {
    json: { by, ...(on !== undefined && { on }) },
  });
  output.answer(done, () => (done.delivered === 'now' ? '已登记送达' : '早已登记送达，以先登记的为准'));
}
