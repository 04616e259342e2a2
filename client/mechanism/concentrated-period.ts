import type { NoticeProblem } from '../notice-import/notice-reading.ts';
import { numberOf } from '../notice-import/text-forms.ts';
import type { Passage } from './passages.ts';

const months = '(?<!\\d)(\\d{1,2}|[一二两三四五六七八九十]{1,2})个月';
const forms = [
  new RegExp(`集中整改(?:期限|时限|时间|阶段|期|工作)?(?:内|共|为期|为|是|的)*[(:,]?(?:为期)?${months}`, 'u'),
  new RegExp(`${months}(?:的|为期的)?(?:巡察|巡视)?集中整改`, 'u'),
  new RegExp(`${months}(?:的|为期的)?整改(?:期|时限|期限)`, 'u'),
  new RegExp(`(?<![近前最])${months}(?:以来|来)[^。;]{0,120}整改`, 'u'),
];

/** How many months the concentrated rectification (集中整改) lasts; two different numbers are asked about. */
export function readConcentratedMonths(passages: readonly Passage[]): {
  readonly months: number | null;
  readonly problems: readonly NoticeProblem[];
} {
  const found = passages.flatMap(({ plain, line, issue }) => {
    if (issue !== null) return [];
    return forms.flatMap((form) => {
      const number = numberOf(form.exec(plain)?.[1] ?? '');
      return number === null || number < 1 || number > 12 ? [] : [{ number, line }];
    });
  });
  const numbers = [...new Set(found.map(({ number }) => number))];
  const [first = null, second] = numbers;
  if (second === undefined) return { months: first, problems: [] };
  const line = found.find(({ number }) => number === second)?.line ?? 1;
  const message = `集中整改的期限有不止一种写法(${numbers.join('个月、')}个月)，请确认后填写。`;
  return { months: null, problems: [{ code: 'concentrated-months-differ', line, message }] };
}
