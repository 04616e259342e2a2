import type { Prisma } from '../../prisma/generated/client.ts';
import type { Ledger } from '../../prisma/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import { readDeadline } from '../../workflows/rules/deadline-words.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import type { IssueSecrecy } from '../../workflows/rules/secrecy.ts';
import type { IssueKind, IssueWeight } from '../../workflows/rules/terms.ts';
import type { AssignRow } from '../assign-import.ts';
import type { Nameable } from './issue-range.ts';

/** What an assignment says of an issue itself, beside who holds it. */
export interface IssueDetails {
  readonly units: Set<string>;
  readonly assistingUnits: Set<string>;
  weight?: IssueWeight;
  secrecy?: IssueSecrecy;
  deadline?: ReadDeadline;
}

/** A deadline as the words of a row are read. */
export interface ReadDeadline {
  readonly on: IsoDate;
  readonly phrase: string;
  readonly kind: IssueKind | undefined;
  readonly note: string;
  /** Of the row. */
  readonly line: number;
}

/** What the round says about how its rows are to be read. */
interface Known {
  readonly feedbackOn: IsoDate | undefined;
  readonly periodEnd: IsoDate | undefined;
  readonly isDraft: boolean;
}

/** Adds what a row says of these issues; gives what of it cannot be. */
export function addDetails(
  details: Map<string, IssueDetails>,
  row: AssignRow,
  issues: readonly Nameable[],
  known: Known,
): string[] {
  if (!saysOfIssue(row)) return [];
  const problems: string[] = [];
  const deadline = row.deadline === undefined ? undefined : deadlineOf(row, row.deadline, known);
  if (deadline !== undefined && 'problem' in deadline) problems.push(deadline.problem);
  const weight = row.weight === undefined ? undefined : weightOf(row.weight, known);
  if (weight !== undefined && typeof weight !== 'string') problems.push(weight.problem);
  const secrecy = row.secrecy === undefined ? undefined : secrecies[row.secrecy.trim()];
  if (row.secrecy !== undefined && secrecy === undefined) problems.push(`保密“${row.secrecy}”不认识，请写“是”或“否”`);
  for (const { id, code } of issues) {
    const one: IssueDetails = details.get(id) ?? { units: new Set(), assistingUnits: new Set() };
    details.set(id, one);
    if (row.unit !== undefined) one.units.add(row.unit);
    if (row.assistingUnits !== undefined) one.assistingUnits.add(row.assistingUnits);
    if (typeof weight === 'string') {
      if (one.weight !== undefined && one.weight !== weight) problems.push(`${code} 的重要程度写了两种`);
      one.weight ??= weight;
    }
    if (secrecy !== undefined) {
      if (one.secrecy !== undefined && one.secrecy !== secrecy) problems.push(`${code} 的保密写了两种`);
      one.secrecy ??= secrecy;
    }
    if (deadline === undefined || 'problem' in deadline) continue;
    if (one.deadline && one.deadline.on !== deadline.on) {
      problems.push(`${code} 的整改时限写了两个：${one.deadline.phrase}、${deadline.phrase}`);
    }
    one.deadline ??= deadline;
  }
  return problems;
}

/** Whether a row says something of its issues themselves, beside who holds them. */
export function saysOfIssue({ unit, assistingUnits, deadline, weight, secrecy }: AssignRow): boolean {
  return (unit ?? assistingUnits ?? deadline ?? weight ?? secrecy) !== undefined;
}

/** Neither a day nor a weight: it may be said of issues that were assigned already, too. */
const secrecies: Readonly<Record<string, IssueSecrecy | undefined>> = {
  ...{ 是: 'confidential', 保密: 'confidential', 保密问题: 'confidential', confidential: 'confidential' },
  ...{ 否: 'ordinary', 不保密: 'ordinary', ordinary: 'ordinary' },
};

const weights: Readonly<Record<string, IssueWeight>> = {
  ...{ 重大: 'major', 重大问题: 'major', 是: 'major', major: 'major' },
  ...{ 一般: 'ordinary', 一般问题: 'ordinary', 否: 'ordinary', ordinary: 'ordinary' },
};

function weightOf(words: string, { isDraft }: Known): IssueWeight | { readonly problem: string } {
  if (!isDraft) return { problem: `已经交办，不能在这里把重要程度改为“${words}”` };
  return weights[words.trim()] ?? { problem: `重要程度“${words}”不认识，请写“重大”或“一般”` };
}

/** The day that a row's words name. */
export function deadlineOf(
  { line }: AssignRow,
  phrase: string,
  { feedbackOn, periodEnd, isDraft }: Known,
): ReadDeadline | { readonly problem: string } {
  if (!isDraft) return { problem: `已经交办，不能在这里把整改时限改为“${phrase}”` };
  const { kind, on, longTerm, note } = readDeadline(phrase, { calendar: bundledCalendar, feedbackOn });
  if (kind === 'longTerm') {
    if (periodEnd === undefined) return { problem: `“${phrase}”没有写明到哪一天` };
    return { on: periodEnd, phrase, kind: 'longTerm', note, line };
  }
  if (on === null) return { problem: note };
  return { on, phrase, kind: kind === 'immediate' ? 'immediate' : longTerm ? 'longTerm' : undefined, note, line };
}

/** The statements that write it down. */
export function detailUpdates(
  ledger: Ledger,
  issueId: string,
  { units, assistingUnits, deadline, weight }: IssueDetails,
) {
  const updates: Prisma.PrismaPromise<unknown>[] = [
    ledger.issue.update({
      where: { id: issueId },
      data: {
        ...(units.size > 0 && { unit: [...units].join('、') }),
        ...(assistingUnits.size > 0 && { assistingUnits: [...assistingUnits].join('、') }),
        ...(deadline && { firstDeadline: fromIsoDate(deadline.on), deadlineNote: `台账写明：${deadline.phrase}` }),
        ...(deadline?.kind && { kind: deadline.kind }),
        ...(weight && { weight }),
      },
      select: { id: true },
    }),
  ];
  if (deadline) {
    const due = { deadline: fromIsoDate(deadline.on), deadlinePhrase: deadline.phrase };
    updates.push(ledger.measure.updateMany({ where: { issueId }, data: due }));
  }
  return updates;
}
