import { roleNames, weightNames } from '../../workflows/rules/names.ts';
import type { AssignRow } from '../assign-import.ts';
import { RefusedError } from '../refused-error.ts';
import type { ImportRefused } from '../rounds/import-refused.ts';
import { type DraftSheet, issueRoles, type SheetIssue, wholeRoles } from './draft-sheet.ts';

/** What somebody typed into the field of this name; undefined where the form has no such field. */
export type Typed = (field: string) => string | undefined;

/** The names of the fields of an issue's row: `handler-3`. */
export function issueField(
  what: (typeof issueRoles)[number] | 'unit' | 'deadline' | 'weight',
  { number }: SheetIssue,
): string {
  return `${what}-${String(number)}`;
}

/** The name of a whole round's field: `whole-office`. */
export function wholeField(role: (typeof wholeRoles)[number]): string {
  return `whole-${role}`;
}

/**
 * The rows of an assignment (责任分工) that the forms say: only what differs from what they showed, so that a field nobody touched
 * changes nothing. A role that was emptied is held by nobody for this issue any more.
 */
export function rowsTyped({ whole, issues }: DraftSheet, typed: Typed): AssignRow[] {
  const changed = (field: string, shown: string) => {
    const words = typed(field)?.trim();
    return words === undefined || words === shown ? undefined : words;
  };
  const ofWhole = wholeRoles.flatMap((role) => {
    const words = changed(wholeField(role), whole[role]);
    return words === undefined ? [] : [[role, words] as const];
  });
  const ofIssues = issues.map((issue): AssignRow => {
    const people = issueRoles.flatMap((role) => {
      const words = changed(issueField(role, issue), issue.people[role]);
      return words === undefined ? [] : [[role, words] as const];
    });
    const unit = changed(issueField('unit', issue), issue.unit);
    const deadline = changed(issueField('deadline', issue), issue.deadline);
    const weight = changed(issueField('weight', issue), weightNames[issue.weight]);
    return {
      ...{ line: issue.number, issues: issue.code, people: Object.fromEntries(people) },
      ...(unit !== undefined && { unit }),
      ...(deadline !== undefined && { deadline }),
      ...(weight !== undefined && { weight }),
    };
  });
  return [
    ...(ofWhole.length === 0 ? [] : [{ line: 0, issues: '*', people: Object.fromEntries(ofWhole) }]),
    ...ofIssues.filter(({ people, line: _line, issues: _issues, ...others }) =>
      [people, others].some((said) => Object.keys(said).length > 0),
    ),
  ];
}

/** What could not be resolved, named by issue instead of by line, and what to do about it. */
export function refusedInForm({ problems }: ImportRefused, { issues }: DraftSheet): RefusedError {
  const codes = new Map(issues.map(({ number, code }) => [number, code]));
  const unknown = problems.some(({ message }) => Object.values(roleNames).some((name) => message.startsWith(name)));
  return new RefusedError(
    'ImportProblems',
    [
      `有${String(problems.length)}处要改，什么都没有写入；填过的都还在表里：`,
      ...problems.map(({ line, message }) => `${codes.get(line) ?? '全轮'}：${message}`),
      ...(unknown ? ['通讯录里没有的人，先在“添加一个人”里加上再保存；写错了名字的，改过来就行。'] : []),
    ].join('\n'),
  );
}
