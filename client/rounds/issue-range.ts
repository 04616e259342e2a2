/** An issue as far as it can be named. */
export interface Nameable {
  readonly id: string;
  readonly number: number;
  readonly code: string;
  readonly title: string;
}

export interface RangeRead<Issue extends Nameable = Nameable> {
  readonly issues: readonly Issue[];
  /** What names none of them, in a sentence each. */
  readonly problems: readonly string[];
}

const between = '\\s*(?:-|－|—|–|~|～|至|到)\\s*';

/**
 * The issues that words name: numbers (`3`), codes (`GM-03`), ranges (`1-5`, `GM-01至GM-05`), several of them, an
 * issue's whole title, or `全部`. Where a round numbers with several prefixes (GM、DW), a number alone names nothing.
 */
export function issuesNamed<Issue extends Nameable>(words: string, issues: readonly Issue[]): RangeRead<Issue> {
  const wanted = words.normalize('NFKC').trim();
  if (wanted === '') return { issues: [], problems: ['没有写问题编号'] };
  if (wanted === '全部' || wanted.toLowerCase() === 'all') return { issues, problems: [] };
  const titled = issues.filter(({ title }) => plain(title) === plain(wanted));
  if (titled.length === 1) return { issues: titled, problems: [] };

  const prefixes = prefixesOf(issues);
  const code = `(?:(${prefixes.map(escaped).join('|')})\\s*-?\\s*)?`;
  const pattern = new RegExp(`^(?:第)?${code}0*(\\d+)(?:${between}${code}0*(\\d+))?(?:号|项|条)?$`, 'iu');
  const byCode = new Map(issues.map((issue) => [numberedIn(issue.code).join('-'), issue]));
  const found: Issue[] = [];
  const problems: string[] = [];
  for (const part of wanted
    .split(/[、,;，；]|\s+(?![-~至到—])(?<![-~至到—]\s+)/u)
    .filter((text) => text.trim() !== '')) {
    const [, firstOf, first, lastOf = firstOf, last = first] = pattern.exec(part.trim()) ?? [];
    if (first === undefined) {
      problems.push(`没有问题“${shortened(part.trim())}”`);
      continue;
    }
    const prefix = (firstOf ?? (prefixes.length === 1 ? prefixes[0] : undefined))?.toUpperCase();
    if (prefix === undefined) {
      problems.push(`本轮有几种编号（${prefixes.join('、')}），“${part.trim()}”请写完整，如 ${issues[0]?.code ?? ''}`);
      continue;
    }
    if (lastOf !== undefined && lastOf.toUpperCase() !== prefix) {
      problems.push(`“${part.trim()}”跨了两种编号，请分开写`);
      continue;
    }
    const [from, to] = [Number(first), Number(last)];
    if (from > to || to - from > 10_000) {
      problems.push(`“${part.trim()}”前大后小，不是范围`);
      continue;
    }
    for (let number = from; number <= to; number += 1) {
      const issue = byCode.get(`${prefix}-${String(number)}`);
      if (!issue) {
        const known = issues.filter((one) => numberedIn(one.code)[0] === prefix).length;
        const where = prefixes.length === 1 ? '本轮' : `编号 ${prefix} 的`;
        problems.push(`没有第 ${String(number)} 个问题，${where}共 ${String(known)} 个`);
        break;
      }
      if (!found.includes(issue)) found.push(issue);
    }
  }
  return { issues: found, problems };
}

/** `GM` and 7 of `GM-07`. */
export function numberedIn(code: string): [prefix: string, number: number] {
  const [, prefix = '', number = '0'] = /^(.*)-(\d+)$/u.exec(code) ?? [];
  return [prefix.toUpperCase(), Number(number)];
}

/** The prefixes that issues are numbered with, in the order in which they come. */
export function prefixesOf(issues: readonly { readonly code: string }[]): string[] {
  return [...new Set(issues.map(({ code }) => numberedIn(code)[0]))];
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
