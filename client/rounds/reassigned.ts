import type { Ledger } from '../../prisma/client.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { mayAct } from '../acting/may-act.ts';
import type { Issues } from '../issues.ts';
import { holdsAt } from '../reading/role-holders.ts';
import { isSameHolding, type Subject } from './assign-rows.ts';
import { concernedIssues } from './concerned-issues.ts';
import { isAssignedWindow, isHandedWindow, reassignmentId } from './handed-windows.ts';
import { mayChangeRole } from './may-change-role.ts';

/** A role that an assignment after the launch named, for an issue, a measure, a body or the round. */
type Named = Subject & { readonly role: Role };

/** Who answers for a change of people after the launch. */
export interface Reassigning {
  /** Person id. */
  readonly by: string;
  readonly reason: string;
  readonly source: string;
}

/** For whom the author stands in, issue by issue; undefined where he acts for himself. */
export type StandsInFor = ReadonlyMap<string, string | undefined>;

/** Asks whether the author may change people, of every issue that a change would concern. @throws RefusedError `NotYours` */
export async function mayReassign(
  ledger: Ledger,
  roundId: string,
  named: readonly Named[],
  { by }: Reassigning,
): Promise<StandsInFor> {
  const standsInFor = new Map<string, string | undefined>();
  for (const subject of named) {
    if (subject.issueId === null) await mayChangeRole(ledger, { roundId, bodyId: subject.bodyId }, by);
    for (const { id, now } of await concernedIssues(ledger, subject.role, [{ ...subject, roundId }])) {
      if (standsInFor.has(id)) continue;
      standsInFor.set(id, await mayAct(ledger, 'handOver', { issueId: id, roundId, now, by }));
    }
  }
  return standsInFor;
}

/**
 * Tells every issue under way whose people an assignment after the launch has changed, as a handover (移交) does: with
 * reason and author, and whoever is responsible now takes it on. Windows that a handover or a correction moved were told
 * by these. Doing it again tells those alone that have not been told.
 */
export async function tellReassigned(
  { ledger, issues }: { ledger: Ledger; issues: Pick<Issues, 'askPermitted'> },
  roundId: string,
  named: readonly Named[],
  { by, reason, source, standsInFor }: Reassigning & { readonly standsInFor: StandsInFor },
): Promise<void> {
  const windows = await ledger.assignment.findMany({ where: { roundId } });
  for (const subject of named) {
    const { role } = subject;
    const ofIt = windows.filter((one) => isSameHolding(one, subject));
    const begun = ofIt.flatMap(({ fromAt, untilAt }) => [fromAt, untilAt].filter((at) => at !== null));
    const last = begun
      .map((at) => at.toISOString())
      .sort()
      .at(-1);
    if (last === undefined) continue;
    const started = ofIt.filter(({ fromAt }) => fromAt?.toISOString() === last);
    // Others' windows were told by what moved them; those of before assignments were told of stay untold.
    if (started.some((one) => isHandedWindow(one) || !isAssignedWindow(one))) continue;
    const ended = ofIt.filter(({ untilAt }) => untilAt?.toISOString() === last);
    const to = started.length > 0 ? started : ofIt.filter((one) => holdsAt(one, last));
    // A measure that had nobody of its own was the issue's handlers'.
    const before = ended.length > 0 || subject.measure === null ? ended : ofIssue(windows, subject, last);
    for (const { id } of await concernedIssues(ledger, role, [{ ...subject, roundId }])) {
      const requestId = reassignmentId(id, { ...subject, at: last });
      if (await isTold(ledger, id, requestId)) continue;
      const said = {
        ...{ requestId, by, source, role, reason },
        from: before.map(({ personId }) => personId),
        to: to.map(({ personId }) => personId),
        ...(subject.measure !== null && { measure: subject.measure }),
        ...(role === 'handler' && { acknowledgement: 'anew' as const }),
      };
      await issues.askPermitted('handOver', id, said, standsInFor.get(id));
    }
  }
}

function ofIssue<Window extends Named & { readonly fromAt: Date | null; readonly untilAt: Date | null }>(
  windows: readonly Window[],
  subject: Named,
  at: string,
): Window[] {
  return windows.filter((one) => isSameHolding(one, { ...subject, measure: null }) && holdsAt(one, at));
}

async function isTold(ledger: Ledger, issueId: string, requestId: string): Promise<boolean> {
  return (await ledger.issueEvent.findFirst({ where: { issueId, requestId }, select: { sequence: true } })) !== null;
}
