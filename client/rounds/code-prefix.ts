import { numberedIn } from './issue-range.ts';

const finals =
  'iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|üan|van|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|üe|ve|a|e|i|o|u|ü|v';
const syllable = `(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:${finals})`;
const pinyin = new RegExp(`^(?:${syllable}){2,4}$`, 'u');

/** Where a name says nothing: 问题. */
const plainPrefix = 'WT';

/**
 * What the issues of a notice are numbered with when the office names nothing: the initials of a name in pinyin
 * (`gaoming-2024.txt` → `GM`), else its first two letters, else `WT`.
 */
export function codePrefixOf(fileName: string): string {
  const name = fileName.replace(/^.*[\\/]/u, '').replace(/\.[^.]*$/u, '');
  const letters = /[a-zü]+/u.exec(name.toLowerCase())?.[0] ?? '';
  if (pinyin.test(letters)) return initialsOf(letters).toUpperCase();
  return letters.length >= 2 ? letters.slice(0, 2).toUpperCase() : plainPrefix;
}

/** Peels syllables off such that the rest is pinyin too: `henan` is he-nan, not hen-an. */
function initialsOf(letters: string): string {
  const groups = new RegExp(`^(${syllable})((?:${syllable})*)$`, 'u');
  let initials = '';
  for (let rest = letters; rest !== '';) {
    const [, first = '', remaining = ''] = groups.exec(rest) ?? [];
    initials += first.charAt(0);
    if (first === '') break;
    rest = remaining;
  }
  return initials;
}

/** `GM-07`; wide enough that the codes of a round sort as text. */
export function issueCode(prefix: string, number: number, issues: number): string {
  return `${prefix}-${String(number).padStart(Math.max(2, String(issues).length), '0')}`;
}

/** `GM-01 至 GM-11、DW-03，共 12 项`: codes in the order given, those that follow each other as a range. */
export function codeRanges(codes: readonly string[]): string {
  if (codes.length === 0) return '没有问题';
  const runs: [first: string, last: string][] = [];
  for (const code of codes) {
    const run = runs.at(-1);
    if (run !== undefined && isNext(run[1], code)) run[1] = code;
    else runs.push([code, code]);
  }
  const words = runs.map(([first, last]) => (first === last ? first : `${first} 至 ${last}`)).join('、');
  return codes.length === 1 ? words : `${words}，共 ${String(codes.length)} 项`;
}

function isNext(one: string, other: string): boolean {
  const [prefix, number] = numberedIn(one);
  const [otherPrefix, otherNumber] = numberedIn(other);
  return prefix === otherPrefix && number + 1 === otherNumber;
}
