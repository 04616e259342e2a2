import type { IsoDate } from '../../workflows/rules/instants.ts';
import { roleNames, weightNames } from '../../workflows/rules/names.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { IssueSecrecy } from '../../workflows/rules/secrecy.ts';
import type { IssueWeight } from '../../workflows/rules/terms.ts';
import type { AssignRow } from '../assign-import.ts';
import { RefusedError } from '../refused-error.ts';
import { bodyNamed, type NamedBody, sameName } from './body-names.ts';
import type { Directory } from './directory.ts';
import { type ImportProblem, ImportRefused } from './import-refused.ts';
import { addDetails, deadlineOf, type IssueDetails, type ReadDeadline, saysOfIssue } from './issue-details.ts';
import { issuesNamed } from './issue-range.ts';
import { type MeasureNamed, measuresNamed } from './measure-range.ts';
import {
  addMeasures,
  deadlinesAfter,
  type DeadlinesOf,
  type IssueWithMeasures,
  measureChanges,
  type MeasureDetails,
  type MeasuresSaid,
} from './measure-rows.ts';

/** The words of the rows, resolved: nothing is left to guess. */
export interface Resolved {
  /** Person ids by subject and role, the subject an issue, a body or the round. */
  readonly holders: ReadonlyMap<string, Holders>;
  readonly details: ReadonlyMap<string, IssueDetails>;
  readonly measures: MeasuresSaid;
  /** The deadlines that issues and their measures come to, where rows speak of measures. */
  readonly deadlines: ReadonlyMap<string, DeadlinesOf>;
  readonly changes: readonly string[];
  readonly notes: readonly string[];
}

/** What a role is held for: one issue or one measure of it, one body's issues, or (all null) the whole round. */
export interface Subject {
  readonly issueId: string | null;
  readonly bodyId: string | null;
  readonly measure: number | null;
}

/** Whether both are about the same role for the same issue, measure, body or round. */
export function isSameHolding(
  one: Subject & { readonly role: Role },
  { issueId, bodyId, measure, role }: Subject & { readonly role: Role },
): boolean {
  return one.issueId === issueId && one.bodyId === bodyId && one.measure === measure && one.role === role;
}

export interface Holders extends Subject {
  readonly role: Role;
  readonly personIds: Set<string>;
}

/** An issue as it stands in the ledger. */
export interface KnownIssue extends IssueWithMeasures {
  readonly weight: IssueWeight;
  readonly secrecy: IssueSecrecy;
}

export interface Known {
  readonly directory: Directory;
  readonly issues: readonly KnownIssue[];
  readonly bodies: readonly NamedBody[];
  readonly feedbackOn: IsoDate | undefined;
  readonly periodEnd: IsoDate | undefined;
  readonly isDraft: boolean;
}

/** Resolves the words of rows. @throws ImportRefused with every problem of all of them */
export function resolve(rows: readonly AssignRow[], fileName: string, known: Known): Resolved {
  const problems: ImportProblem[] = [];
  const holders = new Map<string, Holders>();
  const details = new Map<string, IssueDetails>();
  const measures = new Map<string, MeasureDetails>();
  const doubts: string[] = [];
  for (const row of rows) {
    const complain = (message: string) => problems.push({ line: row.line, message });
    const { subjects, issues, measures: named, problems: unnamed } = subjectsOf(row, known);
    unnamed.forEach(complain);
    for (const role of Object.keys(roleNames) as Role[]) {
      const cell = row.people[role];
      if (cell === undefined) continue;
      const names = known.directory.named(cell);
      names.problems.forEach((problem) => complain(`${roleNames[role]}${problem}`));
      for (const subject of subjects) {
        const key = `${subject.issueId ?? subject.bodyId ?? ''}/${String(subject.measure ?? '')}/${role}`;
        const holding = holders.get(key) ?? { ...subject, role, personIds: new Set<string>() };
        names.people.forEach(({ id }) => holding.personIds.add(id));
        holders.set(key, holding);
      }
    }
    if (named !== undefined) {
      const deadline = row.deadline === undefined ? undefined : deadlineOf(row, row.deadline, known);
      if (deadline !== undefined && 'problem' in deadline) complain(deadline.problem);
      const read = deadline === undefined || 'problem' in deadline ? undefined : deadline;
      if (read !== undefined) doubts.push(...doubtsOf(read, row));
      addMeasures(measures, row, named, { deadline: read, isDraft: known.isDraft }).forEach(complain);
      continue;
    }
    if (issues === 'none') {
      if (saysOfIssue(row) || row.measureKind !== undefined)
        complain(
          '全轮的行（编号为 *）和全单位的行（编号为单位名称）不写部门、整改时限、重要程度、保密和措施类别，请逐项写明',
        );
      continue;
    }
    if (row.measureKind !== undefined) complain('措施类别写在措施的行，编号写如 3.2');
    for (const problem of addDetails(details, row, issues, known)) complain(problem);
  }
  const deadlines = new Map<string, DeadlinesOf>();
  for (const issue of known.issues) {
    const ofIssue = details.get(issue.id)?.deadline;
    const after = deadlinesAfter(issue, measures, ofIssue);
    if ('problem' in after) problems.push({ line: ofIssue?.line ?? 0, message: after.problem });
    else deadlines.set(issue.id, after);
  }
  if (problems.length > 0) throw new ImportRefused(fileName, problems);
  const notes = [...details.values()].flatMap(({ deadline }) => (deadline?.note ? [deadline.note] : []));
  const changes = known.issues.flatMap((issue) => {
    const { id, code, weight, secrecy } = issue;
    const told = details.get(id)?.secrecy ?? secrecy;
    const wanted = details.get(id)?.weight ?? weight;
    const after = deadlines.get(id);
    return [
      ...(wanted === weight ? [] : [`${code}：重要程度 ${weightNames[weight]} → ${weightNames[wanted]}`]),
      ...(told === secrecy ? [] : [`${code}：${told === 'confidential' ? '设为保密' : '解除保密'}`]),
      ...(after ? measureChanges(issue, measures, after) : []),
    ];
  });
  return { holders, details, measures, deadlines, changes, notes: [...new Set([...notes, ...doubts])] };
}

/** A measure's deadline is never taken for its kind: what is kept up has to be said. */
function doubtsOf({ kind, on, note }: ReadDeadline, { issues, measureKind, deadline = '' }: AssignRow): string[] {
  const isKeptUp = kind === 'longTerm' && measureKind === undefined;
  return [
    ...(note === '' ? [] : [note]),
    ...(isKeptUp ? [`${issues} 的时限写“${deadline}”，按 ${on} 算；要算长期坚持的，措施类别写“长期坚持”`] : []),
  ];
}

/** What a row is about; `none` of the issues one by one where it is the round or a body. */
function subjectsOf(
  { issues: words, body: wanted }: AssignRow,
  { bodies, issues: all }: Known,
): {
  subjects: readonly Subject[];
  issues: readonly KnownIssue[] | 'none';
  /** Given when the row is about measures; then it is not about the issues. */
  measures?: readonly MeasureNamed<KnownIssue>[];
  problems: readonly string[];
} {
  const whole = { issues: 'none', problems: [] } as const;
  if (['*', '＊'].includes(words.trim()))
    return { ...whole, subjects: [{ issueId: null, bodyId: null, measure: null }] };
  try {
    const named = wanted === undefined ? undefined : bodyNamed(wanted, bodies);
    const body = named ?? bodies.find(({ name }) => sameName(name, words));
    if (body) return { ...whole, subjects: [{ issueId: null, bodyId: body.id, measure: null }] };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { ...whole, subjects: [], problems: [error.message] };
  }
  const named = measuresNamed(words, all);
  if (named) {
    const subjects = named.measures.map(({ issue, number }) => ({ issueId: issue.id, bodyId: null, measure: number }));
    return { subjects, issues: [], ...named };
  }
  const { issues, problems } = issuesNamed(words, all);
  return { subjects: issues.map(({ id }) => ({ issueId: id, bodyId: null, measure: null })), issues, problems };
}
