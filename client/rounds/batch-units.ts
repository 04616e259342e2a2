import type { Ledger } from '../../prisma/client.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import type { IssuePhase } from '../../workflows/rules/events.ts';
import { hasEnded, type IssueProgress } from '../../workflows/rules/progress.ts';
import type { BatchUnit } from '../../workflows/rules/round/events.ts';
import { measuresOfOthers, type WithUnits } from '../reading/units.ts';
import { RefusedError } from '../refused-error.ts';

/** An issue as far as a supervision batch (督办批次) needs it. */
export interface BatchIssue extends WithUnits {
  readonly id: string;
  readonly roundId: string;
  readonly code: string;
  readonly phase: IssuePhase;
  /** `IssueProgress`; null before the launch. */
  readonly progress: unknown;
}

/** A supervision batch (督办批次) as the office puts it: which unit owes what, the ledger says. */
export interface BatchOrder {
  readonly title: string;
  readonly task: string;
  /** Inclusive; by the policy where nobody names a day. */
  readonly dueOn?: IsoDate;
  readonly issueIds: readonly string[];
}

const batchIssueFields = {
  ...{ id: true, roundId: true, code: true, unit: true, phase: true, progress: true },
  measures: { select: { number: true, unit: true }, orderBy: { number: 'asc' } },
} as const;

/** The issues that a batch names. @throws RefusedError `UnknownIssue` when any is of another round */
export async function batchIssues(ledger: Ledger, roundId: string, issueIds: readonly string[]): Promise<BatchIssue[]> {
  const those = await ledger.issue.findMany({
    where: { id: { in: [...issueIds] }, roundId },
    select: batchIssueFields,
    orderBy: { number: 'asc' },
  });
  if (those.length < new Set(issueIds).size) throw new RefusedError('UnknownIssue', '所列问题有的不在本轮');
  return those;
}

/** Nobody is sent a letter about what is over: whoever had it owes nothing. @throws RefusedError `IssueEnded` */
export function requireFollowed(issues: readonly BatchIssue[]): void {
  const codes = issues.filter(hasEnded).map(({ code }) => code);
  if (codes.length > 0) throw new RefusedError('IssueEnded', `${codes.join('、')}已归档、撤销或并入，不能列入督办批次`);
}

/**
 * Who owes an answer about these issues: each issue's unit for the issue, and a measure's own unit for the measure, unless
 * accepted evidence is in for it. Units stand in the order in which they come, those of issues before those of measures.
 */
export function batchUnits(issues: readonly BatchIssue[]): BatchUnit[] {
  const units = new Map<string, { issueIds: string[]; measures: Record<string, readonly number[]> }>();
  const partOf = (unit: string) => {
    const part = units.get(unit) ?? { issueIds: [], measures: {} };
    units.set(unit, part);
    return part;
  };
  for (const { id, unit } of issues) partOf(unit).issueIds.push(id);
  for (const issue of issues) {
    for (const [unit, numbers] of measuresOfOthers(issue)) {
      const unproven = numbers.filter((number) => !isProven(issue, number));
      if (unproven.length === 0) continue;
      const { issueIds, measures } = partOf(unit);
      if (!issueIds.includes(issue.id)) {
        issueIds.push(issue.id);
        measures[issue.id] = unproven;
      }
    }
  }
  return [...units].map(([unit, { issueIds, measures }]) => ({
    unit,
    issueIds,
    ...(Object.keys(measures).length > 0 && { measures }),
  }));
}

function isProven({ progress }: BatchIssue, number: number): boolean {
  const { measures = [] } = (progress ?? {}) as Partial<IssueProgress>;
  const evidence = measures.find((measure) => measure.number === number)?.evidence ?? [];
  return evidence.some(({ state }) => state === 'accepted');
}
