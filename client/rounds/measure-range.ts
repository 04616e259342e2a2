import { issuesNamed, type Nameable } from './issue-range.ts';

/** An issue whose measures can be named too. */
export interface NameableWithMeasures extends Nameable {
  readonly measures: readonly { readonly number: number }[];
}

/** One measure (整改措施) of an issue. */
export interface MeasureNamed<Issue extends NameableWithMeasures> {
  readonly issue: Issue;
  readonly number: number;
}

const one = /^(.+?)(?:\.|的?措施)(\d+)$/u;
/** `GM-03.1-GM-03.3`: the hyphens of the codes make no range. */
const range = /^(.+?(?:\.|措施)\d+)\s*[-—–~至到]\s*(.+)$/u;

/**
 * The measures that words name: `3.2` is the second measure of issue 3; `GM-03.2`, `3措施2`, several (`3.1、3.2`) and
 * ranges within an issue (`3.1-3.3`). Undefined when no measure is named, so that issues may be.
 */
export function measuresNamed<Issue extends NameableWithMeasures>(
  words: string,
  issues: readonly Issue[],
): { readonly measures: readonly MeasureNamed<Issue>[]; readonly problems: readonly string[] } | undefined {
  const parts = words
    .normalize('NFKC')
    .split(/[、,;，；]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (!parts.some((part) => one.test(part))) return undefined;
  if (issuesNamed(words, issues).problems.length === 0) return undefined;
  const measures: MeasureNamed<Issue>[] = [];
  const problems: string[] = [];
  for (const part of parts) {
    const read = measuresIn(part, issues);
    if ('problem' in read) problems.push(read.problem);
    else measures.push(...read.measures.filter((found) => !measures.some((have) => isSame(have, found))));
  }
  return { measures, problems };
}

function measuresIn<Issue extends NameableWithMeasures>(
  part: string,
  issues: readonly Issue[],
): { readonly measures: readonly MeasureNamed<Issue>[] } | { readonly problem: string } {
  if (!one.test(part)) return { problem: `“${part}”不是措施；问题和措施请分行写，措施如 3.2` };
  const [, first = part, last = part] = range.exec(part) ?? [];
  const [from, to] = [measureIn(first, issues), measureIn(last, issues)];
  if ('problem' in from) return from;
  if ('problem' in to) return to;
  if (from.issue.id !== to.issue.id) return { problem: `“${part}”跨了两个问题，措施请分开写` };
  if (from.number > to.number) return { problem: `“${part}”前大后小，不是范围` };
  const numbers = Array.from({ length: to.number - from.number + 1 }, (_, index) => from.number + index);
  return { measures: numbers.map((number) => ({ issue: from.issue, number })) };
}

function measureIn<Issue extends NameableWithMeasures>(
  words: string,
  issues: readonly Issue[],
): MeasureNamed<Issue> | { readonly problem: string } {
  const [, of = '', digits = ''] = one.exec(words.trim()) ?? [];
  if (of === '') return { problem: `“${words}”不是措施，请写如 3.2` };
  const named = issuesNamed(of, issues);
  const [issue] = named.issues;
  if (named.problems[0] !== undefined) return { problem: named.problems[0] };
  if (issue === undefined || named.issues.length > 1) return { problem: `“${words}”不止一个问题，措施请分开写` };
  const number = Number(digits);
  if (issue.measures.some((measure) => measure.number === number)) return { issue, number };
  const count = issue.measures.length;
  return {
    problem:
      count === 0
        ? `${issue.code} 没有单列措施，请按问题分派`
        : `${issue.code} 没有第 ${String(number)} 条措施，共 ${String(count)} 条`,
  };
}

function isSame<Issue extends NameableWithMeasures>(a: MeasureNamed<Issue>, b: MeasureNamed<Issue>): boolean {
  return a.issue.id === b.issue.id && a.number === b.number;
}
