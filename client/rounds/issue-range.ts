/** An issue as far as it can be named. */
export interface Nameable {
  readonly id: string;
  readonly number: number;
  readonly code: string;
  readonly title: string;
}

export interface RangeRead {
  readonly issues: readonly Nameable[];
  /** What names none of them, in a sentence each. */
  readonly problems: readonly string[];
}

const between = '\\s*(?:-|－|—|–|~|～|至|到)\\s*';

/**
 * The issues that words name: numbers (`3`), codes (`GM-03`), ranges (`1-5`, `GM-01至GM-05`), several of them, an
 * issue's whole title, or `全部`.
 */
export function issuesNamed(words: string, issues: readonly Nameable[]): RangeRead {
  const wanted = words.normalize('NFKC').trim();
  if (wanted === '') return { issues: [], problems: ['没有写问题编号'] };
  if (wanted === '全部' || wanted.toLowerCase() === 'all') return { issues, problems: [] };
  const titled = issues.filter(({ title }) => plain(title) === plain(wanted));
  if (titled.length === 1) return { issues: titled, problems: [] };

  const prefix = /^(.*)-\d+$/u.exec(issues[0]?.code ?? '')?.[1] ?? '';
  const code = `(?:${escaped(prefix)}\\s*-?\\s*)?`;
  const pattern = new RegExp(`^(?:第)?${code}0*(\\d+)(?:${between}${code}0*(\\d+))?(?:号|项|条)?$`, 'iu');
  const byNumber = new Map(issues.map((issue) => [issue.number, issue]));
  const found: Nameable[] = [];
  const problems: string[] = [];
  for (const part of wanted
    .split(/[、,;，；]|\s+(?![-~至到—])(?<![-~至到—]\s+)/u)
    .filter((text) => text.trim() !== '')) {
    const [, first, last = first] = pattern.exec(part.trim()) ?? [];
    if (first === undefined) {
      problems.push(`没有问题“${shortened(part.trim())}”`);
      continue;
    }
    const [from, to] = [Number(first), Number(last)];
    if (from > to || to - from > 10_000) {
      problems.push(`“${part.trim()}”前大后小，不是范围`);
      continue;
    }
    for (let number = from; number <= to; number += 1) {
      const issue = byNumber.get(number);
      if (!issue) {
        problems.push(`没有第 ${String(number)} 个问题，本轮共 ${String(issues.length)} 个`);
        break;
      }
      if (!found.includes(issue)) found.push(issue);
    }
  }
  return { issues: found, problems };
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\s。.;,:]/gu, '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}

function shortened(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text;
}
