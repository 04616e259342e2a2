import type { IsoDate } from '../../workflows/rules/instants.ts';
import { measureKindNames } from '../../workflows/rules/names.ts';
import type { MeasureKind } from '../../workflows/rules/terms.ts';
import type { AssignRow } from '../assign-import.ts';
import { measureKindOf } from './measure-kind.ts';
import type { MeasureNamed, NameableWithMeasures } from './measure-range.ts';

/** A deadline as words of a row name it. */
export interface RowDeadline {
  readonly on: IsoDate;
  readonly phrase: string;
}

/** A measure (整改措施) as it stands in the ledger. */
export interface KnownMeasure {
  readonly number: number;
  readonly kind: MeasureKind;
  readonly deadline: IsoDate;
}

export interface IssueWithMeasures extends NameableWithMeasures {
  readonly measures: readonly KnownMeasure[];
  /** 整改时限 of the issue as it stands. */
  readonly deadline: IsoDate;
}

/** What rows say of one measure beside its people. */
export interface MeasureDetails {
  readonly issueId: string;
  readonly number: number;
  /** The row that says it; a second one is a problem. */
  readonly line: number;
  readonly unit?: string | undefined;
  readonly deadline?: RowDeadline | undefined;
  readonly kind?: MeasureKind | undefined;
}

/** By `measureKey`. */
export type MeasuresSaid = ReadonlyMap<string, MeasureDetails>;

function measureKey(issueId: string, number: number): string {
  return `${issueId}/${String(number)}`;
}

/**
 * What one row says of the measures it names; added to `said`, unless another row has said it. Every problem at once.
 */
export function addMeasures(
  said: Map<string, MeasureDetails>,
  row: AssignRow,
  measures: readonly MeasureNamed<IssueWithMeasures>[],
  { deadline, isDraft }: { readonly deadline: RowDeadline | undefined; readonly isDraft: boolean },
): string[] {
  const problems: string[] = [];
  const { handler: _handler, ...others } = row.people;
  const tooMuch = [...Object.values(others), row.assistingUnits, row.weight];
  if (tooMuch.some((words) => words !== undefined))
    problems.push('措施的行（编号如 3.2）只写责任人、责任部门、整改时限、措施类别，其他请写在问题的行');
  const kind = row.measureKind === undefined ? undefined : measureKindOf(row.measureKind);
  if (typeof kind === 'object') problems.push(kind.problem);
  for (const { issue, number } of measures) {
    const key = measureKey(issue.id, number);
    const before = said.get(key);
    if (before !== undefined) {
      problems.push(`${issue.code} 措施${String(number)}写了两次${twice(before.line, issue)}`);
      continue;
    }
    const present = issue.measures.find((one) => one.number === number)?.kind;
    if (!isDraft && typeof kind === 'string' && kind !== present)
      problems.push(`${issue.code} 已经交办，不能在这里改措施${String(number)}的类别`);
    const details = { issueId: issue.id, number, line: row.line, unit: row.unit, deadline };
    said.set(key, { ...details, kind: typeof kind === 'string' ? kind : undefined });
  }
  return problems;
}

/** Excel takes 3.10 for a number and keeps 3.1. */
function twice(line: number, { code, measures }: IssueWithMeasures): string {
  const where = line > 0 ? `，第 ${String(line)} 行已有` : '';
  const excel = measures.length < 10 ? '' : `；表格软件会把 3.10 存成 3.1，请写全，如 ${code}措施10`;
  return `${where}${excel}`;
}

/** What an issue's deadlines become: each measure's own, else what the issue's row says, else what stood. */
export interface DeadlinesOf {
  /** Of the issue: the latest of its measures. */
  readonly on: IsoDate;
  /** The measure that moves the issue's, or what is left of them; undefined where no measure's row moves it. */
  readonly from: { readonly number: number; readonly phrase: string } | 'measures' | undefined;
  readonly measures: ReadonlyMap<number, IsoDate>;
}

/** The deadlines of an issue after the rows, or why they do not fit together. */
export function deadlinesAfter(
  issue: IssueWithMeasures,
  said: MeasuresSaid,
  ofIssue: RowDeadline | undefined,
): DeadlinesOf | { readonly problem: string } {
  const own = (number: number) => said.get(measureKey(issue.id, number))?.deadline;
  const measures = new Map(
    issue.measures.map(({ number, deadline }) => [number, own(number)?.on ?? ofIssue?.on ?? deadline]),
  );
  if (issue.measures.every(({ number }) => own(number) === undefined))
    return { on: ofIssue?.on ?? issue.deadline, from: undefined, measures };
  const latest = [...measures.values()].reduce((one, other) => (one > other ? one : other));
  if (ofIssue !== undefined && latest !== ofIssue.on) {
    return {
      problem: `${issue.code} 的整改时限写的是 ${ofIssue.on}（${ofIssue.phrase}），各条措施最迟的却是 ${latest}，请改成一致`,
    };
  }
  if (latest === issue.deadline || ofIssue !== undefined) return { on: latest, from: undefined, measures };
  const number = issue.measures.find((one) => own(one.number)?.on === latest)?.number;
  const from = number === undefined ? ('measures' as const) : { number, phrase: own(number)?.phrase ?? '' };
  return { on: latest, from, measures };
}

/** What changes of an issue's measures and deadline, in a sentence each; a measure that goes with its issue is not told. */
export function measureChanges(issue: IssueWithMeasures, said: MeasuresSaid, after: DeadlinesOf): string[] {
  const changed = after.on === issue.deadline ? [] : [`${issue.code}：整改时限 ${issue.deadline} → ${after.on}`];
  for (const { number, kind, deadline } of issue.measures) {
    const name = `${issue.code} 措施${String(number)}`;
    const on = after.measures.get(number) ?? deadline;
    const isApart = deadline !== issue.deadline || on !== after.on;
    if (isApart && on !== deadline) changed.push(`${name}：整改时限 ${deadline} → ${on}`);
    const wanted = said.get(measureKey(issue.id, number))?.kind ?? kind;
    if (wanted !== kind) changed.push(`${name}：类别 ${measureKindNames[kind]} → ${measureKindNames[wanted]}`);
  }
  return changed;
}
