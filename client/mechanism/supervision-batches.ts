import { numberOf } from '../notice-import/text-forms.ts';
import type { SupervisionBatches } from './mechanism.ts';
import type { Passage } from './passages.ts';

const number = '(?<![第\\d])(\\d{1,3}|[一二两三四五六七八九十]{1,3})';
const forms = [
  new RegExp(`(?:督办|催办|督查督办|督办函|督办单)[^。;,]{0,24}?${number}批次?(?!人)`, 'u'),
  new RegExp(`分?${number}批次?(?!人)[^。;,]{0,14}(?:督办|催办)`, 'u'),
];

/** How many supervision batches (督办批次) the notice speaks of; a 第一批 has an order, not a count. */
export function readSupervisionBatches(passages: readonly Passage[]): SupervisionBatches[] {
  return passages.flatMap(({ plain, line, issue }) => {
    if (issue !== null) return [];
    const words = forms.map((form) => form.exec(plain)?.[1]).find((each) => each !== undefined);
    const count = numberOf(words ?? '');
    return count === null ? [] : [{ count, line }];
  });
}
