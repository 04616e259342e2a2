import type { NoticeProblem } from '../notice-import/notice-reading.ts';
import { forMatching, numberOf } from '../notice-import/text-forms.ts';
import { daysInMonth, isIsoDate, type IsoDate } from '../../workflows/rules/instants.ts';
import type { Phase } from './mechanism.ts';
import type { Passage } from './passages.ts';

export interface ReadPhases {
  readonly phases: readonly Phase[];
  readonly problems: readonly NoticeProblem[];
}

/** A phase with its time right behind it: 第一阶段（从2018年6月至8月）, 集中整改阶段：2023年9月上旬—12月底. */
const phaseWithTime =
  /(第[一二三四五六七八九\d]阶段(?:[,:(、]?[\p{Script=Han}“”]{2,12}?)??|[\p{Script=Han}]{2,10}阶段)(?:为|[(:,]{1,2}|)(?:时间)?:?((?:[从自])?(?:(?:19|20)\d\d|\d{1,2}月|[今明次翌]年)[^()。;,]{0,40})/gu;
const half = (name: string): string =>
  `(?:(?<y${name}>(?:19|20)\\d\\d)年)?(?:(?<m${name}>\\d{1,2})月)?(?:(?<d${name}>\\d{1,2})[日号]|(?<p${name}>[上中下]旬|底|末|初))?`;
const span = new RegExp(`^[从自]?${half('1')}(?:起|开始)?(?:(?:至|到|-{1,2}|~)${half('2')})?(?:止|结束|前)?$`, 'u');

/** The phases a notice divides the whole rectification into; what is no span of days is named, never guessed. */
export function readPhases(passages: readonly Passage[]): ReadPhases {
  const phases: Phase[] = [];
  const problems: NoticeProblem[] = [];
  const claims: { count: number; line: number }[] = [];
  let unread = 0;
  for (const { plain, line, issue } of passages) {
    if (issue !== null) continue;
    const claimed = /分(?:为|成|)([一二两三四五六七八九\d])个阶段/u.exec(plain)?.[1];
    if (claimed !== undefined) claims.push({ count: numberOf(claimed) ?? 0, line });
    for (const [, name = '', time = ''] of plain.matchAll(phaseWithTime)) {
      const title = name.replace(/^(?:即|是|为|在|将|把)/u, '').replace(/[(:]/u, '：');
      const read = readSpan(time, phases.at(-1)?.to);
      if (read !== null) phases.push({ title, ...read, line });
      else {
        unread += 1;
        problems.push(unreadable(title, time, line));
      }
    }
  }
  for (const { count, line } of claims)
    if (phases.length + unread > 0 && count !== phases.length + unread)
      problems.push({
        code: 'phases-differ',
        line,
        message: `原文称分${count}个阶段，读到起止时间的有${phases.length + unread}个，请核对原文。`,
      });
  return { phases, problems };
}

/** Both ends as days; a missing year is that of the phase before, and one month alone is the whole month. */
function readSpan(time: string, before: IsoDate | undefined): { from: IsoDate; to: IsoDate } | null {
  const groups = span.exec(forMatching(time))?.groups;
  if (groups === undefined || groups['m1'] === undefined) return null;
  const hasEnd = /至|到|-|~/u.test(time);
  if (!hasEnd && (groups['d1'] ?? groups['p1']) !== undefined) return null;
  const year = groups['y1'] ?? before?.slice(0, 4);
  if (year === undefined) return null;
  const from = dayOf(year, groups['m1'], groups['d1'], groups['p1'], 'first');
  const to = hasEnd
    ? dayOf(groups['y2'] ?? year, groups['m2'] ?? groups['m1'], groups['d2'], groups['p2'], 'last')
    : dayOf(year, groups['m1'], undefined, undefined, 'last');
  if (from === null || to === null || to < from) return null;
  if (groups['y1'] === undefined && before !== undefined && from.slice(0, 7) < before.slice(0, 7)) return null;
  return { from, to };
}

const thirds: Readonly<Record<string, readonly [number, number]>> = {
  上旬: [1, 10],
  初: [1, 10],
  中旬: [11, 20],
  下旬: [21, 31],
};

function dayOf(
  year: string,
  month: string,
  day: string | undefined,
  part: string | undefined,
  end: 'first' | 'last',
): IsoDate | null {
  const length = daysInMonth(Number(year), Number(month));
  const [first, last] = thirds[part ?? ''] ?? (part === undefined ? [1, length] : [length, length]);
  const number = day === undefined ? Math.min(end === 'first' ? first : last, length) : Number(day);
  const iso = `${year}-${month.padStart(2, '0')}-${String(number).padStart(2, '0')}`;
  return isIsoDate(iso) ? iso : null;
}

const unreadable = (title: string, time: string, line: number): NoticeProblem => ({
  code: 'phase-span-unreadable',
  line,
  message: `“${title}”的时间写作“${time}”，不能确定起止日期，请在办法中填写。`,
});
