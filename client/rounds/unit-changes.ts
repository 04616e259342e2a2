import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { FactOf } from '../../workflows/rules/events.ts';
import { hasEnded, type IssueProgress } from '../../workflows/rules/progress.ts';
import { mayAct } from '../acting/may-act.ts';
import type { Issues } from '../issues.ts';
import type { Resolved } from './assign-rows.ts';
import type { Reassigning, StandsInFor } from './reassigned.ts';

/** A unit (责任部门、配合部门) of an issue or a measure that becomes another. */
export interface UnitChange extends Omit<FactOf<'unitChanged'>, 'type' | 'reason'> {
  readonly issueId: string;
  readonly code: string;
}

interface UnitIssue {
  readonly id: string;
  readonly code: string;
  readonly unit: string;
  readonly assistingUnits: string;
  readonly measures: readonly { readonly number: number; readonly unit: string }[];
}

/** What rows change of the units of these issues and their measures, issue by issue. */
export function unitChanges({ details, measures }: Resolved, issues: readonly UnitIssue[]): UnitChange[] {
  return issues.flatMap((issue) => {
    const { id: issueId, code } = issue;
    const said = details.get(issueId);
    const own = [...measures.values()].filter((one) => one.issueId === issueId && one.unit !== undefined);
    const all: UnitChange[] = [
      ...(['unit', 'assistingUnits'] as const).flatMap((what) => {
        const named = said?.[what === 'unit' ? 'units' : 'assistingUnits'] ?? new Set();
        return named.size === 0 ? [] : [{ issueId, code, what, from: issue[what], to: [...named].join('、') }];
      }),
      ...own.map(({ number, unit = '' }) => {
        const from = issue.measures.find((one) => one.number === number)?.unit ?? '';
        return { issueId, code, what: 'unit' as const, measure: number, from, to: unit };
      }),
    ];
    return all.filter(({ from, to }) => from !== to);
  });
}

/** `GM-03 措施2 责任部门：一科 → 二科` */
export function unitChangeWords({ code, what, measure, from, to }: UnitChange): string {
  const whose = measure === undefined ? code : `${code} 措施${String(measure)}`;
  return `${whose} ${what === 'unit' ? '责任部门' : '配合部门'}：${from || '无'} → ${to || '无'}`;
}

/** Asks whether the author may change the units of all these issues, before any is told. @throws RefusedError `NotYours` */
export async function mayChangeUnits(
  ledger: Ledger,
  roundId: string,
  changes: readonly UnitChange[],
  { by }: Reassigning,
): Promise<StandsInFor> {
  const { clockId } = await ledger.round.findUniqueOrThrow({ where: { id: roundId }, select: { clockId: true } });
  const now = await businessNow(ledger, clockId);
  const standsInFor = new Map<string, string | undefined>();
  for (const { issueId } of changes) {
    if (!standsInFor.has(issueId))
      standsInFor.set(issueId, await mayAct(ledger, 'changeUnit', { issueId, roundId, now, by }));
  }
  return standsInFor;
}

/**
 * Tells the issues under way of their new units, before these are written: an interrupted change is made again, and an
 * issue whose last word on it is this change has been told.
 */
export async function tellUnits(
  { ledger, issues }: { ledger: Ledger; issues: Pick<Issues, 'askPermitted'> },
  changes: readonly UnitChange[],
  { by, reason, source, standsInFor }: Reassigning & { readonly standsInFor: StandsInFor },
): Promise<void> {
  for (const { issueId, code: _code, ...change } of changes) {
    const { step, progress } = await ledger.issue.findUniqueOrThrow({
      where: { id: issueId },
      select: { step: true, progress: true },
    });
    if (step === 0 || progress === null || hasEnded(progress as unknown as IssueProgress)) continue;
    const last = await lastChange(ledger, issueId, change);
    if (last?.to === change.to) continue;
    const requestId = `unit/${issueId}/${change.what}/${String(change.measure ?? 'all')}/${String(last?.sequence ?? 0)}`;
    const said = { requestId, by, source, reason, ...change };
    await issues.askPermitted('changeUnit', issueId, said, standsInFor.get(issueId));
  }
}

async function lastChange(ledger: Ledger, issueId: string, { what, measure }: Pick<UnitChange, 'what' | 'measure'>) {
  const events = await ledger.issueEvent.findMany({
    where: { issueId, type: 'unitChanged' },
    select: { sequence: true, detail: true },
    orderBy: { sequence: 'desc' },
  });
  return events
    .map(({ sequence, detail }) => ({ ...(detail as unknown as FactOf<'unitChanged'>), sequence }))
    .find((one) => one.what === what && one.measure === measure);
}
