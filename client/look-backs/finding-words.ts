import { measureName } from '../reading/words.ts';
import { RefusedError } from '../refused-error.ts';

/** How a measure stands when it is looked back at (回头看). */
export const standings = { kept: '仍在落实', partly: '部分落实', gone: '没有落实' } as const;
export type MeasureStanding = keyof typeof standings;

/** What was found of one measure. */
export interface SheetLine {
  readonly measure: number;
  readonly standing: MeasureStanding | undefined;
  readonly note: string;
}

export const outcomes = { holds: '没有反弹', partly: '部分巩固', rebound: '反弹' } as const;
export type LookBackOutcome = keyof typeof outcomes;

/** A look-back sheet (回头看检查单) as it was filled in. */
export interface Sheet {
  readonly lines: readonly SheetLine[];
  /** What was found of the issue as a whole. */
  readonly words: string;
  readonly outcome: LookBackOutcome | undefined;
}

/**
 * The finding as the record keeps it: a line for each measure, what was found on the whole, and how many photos there are.
 *
 * @throws RefusedError `FormIncomplete` with a sentence for everything that is amiss, or that contradicts the outcome
 */
export function findingOf({ lines, words, outcome }: Sheet, photos: number): string {
  const amiss = [
    ...lines.flatMap(({ measure, standing, note }) => {
      if (standing === undefined) return [`${lineName(measure)}：请选择仍在落实、部分落实还是没有落实`];
      return standing !== 'kept' && note === '' ? [`${lineName(measure)}：不是仍在落实的，请写明看到的情况`] : [];
    }),
    ...(words === '' ? ['请写明总的情况：看了什么、结果如何'] : []),
    ...(outcome === undefined ? ['请选择没有反弹、部分巩固还是反弹'] : []),
    ...(outcome === 'holds' && lines.some(({ standing }) => standing === 'partly' || standing === 'gone')
      ? ['有措施不是仍在落实，不能登记为没有反弹；请选部分巩固或反弹']
      : []),
  ];
  if (amiss.length > 0) throw new RefusedError('FormIncomplete', amiss.join('\n'));
  return [
    ...lines.flatMap(({ measure, standing, note }) =>
      standing === undefined ? [] : [`${lineName(measure)}：${standings[standing]}。${note}`],
    ),
    `总的情况：${words}`,
    ...(photos === 0 ? [] : [`照片${String(photos)}张，留底。`]),
  ].join('\n');
}

/** What a line of the sheet is called. */
export function lineName(measure: number): string {
  return measure === 0 ? '整改成果' : measureName(measure);
}
