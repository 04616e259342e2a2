import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { hasEnded } from '../../workflows/rules/progress.ts';
import { mayAct } from '../acting/may-act.ts';
import type { Issues } from '../issues.ts';
import { heldAt } from '../reading/role-holders.ts';
import { storedIssue } from '../reading/stored.ts';
import { obligationWords } from '../reading/words.ts';
import { RefusedError } from '../refused-error.ts';
import { handoverWarnings } from './handover-warnings.ts';

export interface HandoverRequest {
  /** Person ids of one scope. */
  readonly from: string;
  readonly to: string;
  readonly role: Role;
  readonly roundId?: string | undefined;
  /** Only these issues; what is held for a body or a whole round stays then. */
  readonly issueIds?: readonly string[] | undefined;
  readonly reason: string;
  readonly by: string;
  readonly source: string;
  readonly mode: 'write' | 'preview';
}

/** One issue, or one measure of it, that changes hands (移交). */
export interface HandedIssue {
  readonly issueId: string;
  readonly code: string;
  readonly title: string;
  readonly measure: number | null;
  readonly obligations: readonly { readonly words: string; readonly dueOn: IsoDate }[];
  /** What the office should know, as when nobody else could review the new handler's work. */
  readonly warnings: readonly string[];
}

export interface HandedOver {
  readonly written: 'yes' | 'preview';
  readonly issues: readonly HandedIssue[];
  readonly warnings: readonly string[];
}

interface Held {
  readonly id: string;
  readonly roundId: string;
  readonly issueId: string | null;
  readonly bodyId: string | null;
  readonly measure: number | null;
}

/**
 * Hands all that one person holds in a role over to another: windows in the ledger, at the round's time, and a word to
 * each issue. Doing it again goes on where it was interrupted, and changes nothing that is done.
 *
 * @throws RefusedError `SamePerson`, `OtherScope`, `ReasonMissing`, `NothingToHandOver`, `NotYours`
 */
export async function handOver(
  { ledger, issues }: { ledger: Ledger; issues: Pick<Issues, 'ask'> },
  request: HandoverRequest,
): Promise<HandedOver> {
  const { from, to, role, reason, by, mode } = request;
  await requireFit(ledger, request);
  const held = await heldBy(ledger, request);
  const done = mode === 'write' ? await handedBefore(ledger, request) : [];
  const targets = await targetsOf(ledger, request, [...held, ...done]);
  if (targets.length === 0) throw new RefusedError('NothingToHandOver', '没有可以移交的问题');
  const handed = targets.map(({ handed: one }) => one);
  const answer = {
    issues: handed,
    warnings: handed.flatMap(({ code, warnings }) => warnings.map((w) => `${code}：${w}`)),
  };
  if (mode === 'preview') return { written: 'preview', ...answer };

  for (const { issueId, roundId, now } of targets) await mayAct(ledger, 'handOver', { issueId, roundId, now, by });
  await moveWindows(ledger, held, to, role);
  for (const { issueId, row, handed: one } of targets) {
    const { measure } = one;
    await issues.ask('handOver', issueId, {
      // From the window it ends, so that doing it again is the same request.
      requestId: requestIdOf(row.id, to, issueId),
      by,
      source: request.source,
      role,
      from: [from],
      to: [to],
      reason,
      ...(measure !== null && { measure }),
    });
  }
  return { written: 'yes', ...answer };
}

async function requireFit(ledger: Ledger, { from, to, reason }: HandoverRequest): Promise<void> {
  if (from === to) throw new RefusedError('SamePerson', '移交人和接手人是同一人');
  if (reason.trim() === '') throw new RefusedError('ReasonMissing', '移交须写明理由');
  const people = await ledger.person.findMany({ where: { id: { in: [from, to] } }, select: { scope: true } });
  if (new Set(people.map(({ scope }) => scope)).size !== 1)
    throw new RefusedError('OtherScope', '演练人员和实际人员之间不能移交');
}

async function heldBy(ledger: Ledger, { from, role, roundId, issueIds }: HandoverRequest): Promise<Held[]> {
  const clocks = await ledger.round.findMany({
    where: { state: 'launched', ...(roundId !== undefined && { id: roundId }) },
    select: { id: true, clockId: true },
  });
  const held = await Promise.all(
    clocks.map(async ({ id, clockId }) =>
      ledger.assignment.findMany({
        where: {
          roundId: id,
          role,
          personId: from,
          ...(issueIds !== undefined && { issueId: { in: [...issueIds] } }),
          ...heldAt(await businessNow(ledger, clockId)),
        },
        select: { id: true, roundId: true, issueId: true, bodyId: true, measure: true },
      }),
    ),
  );
  return held.flat();
}

/** Windows that an interrupted handover has moved already: the new one bears the old one's id in its own. */
async function handedBefore(ledger: Ledger, request: HandoverRequest): Promise<Held[]> {
  const { from, to, role, roundId, issueIds } = request;
  const where = {
    role,
    ...(roundId !== undefined && { roundId }),
    ...(issueIds !== undefined && { issueId: { in: [...issueIds] } }),
  };
  const [ended, begun] = await Promise.all([
    ledger.assignment.findMany({ where: { ...where, personId: from, untilAt: { not: null } } }),
    ledger.assignment.findMany({ where: { ...where, personId: to }, select: { id: true } }),
  ]);
  const ids = new Set(begun.map(({ id }) => id));
  return ended.filter((row) => ids.has(successorOf(row)));
}

function successorOf({ id }: { readonly id: string }): string {
  return `handed-${id}`;
}

interface Target {
  readonly issueId: string;
  readonly roundId: string;
  readonly now: IsoInstant;
  readonly row: Held;
  readonly handed: HandedIssue;
}

/** Every open issue that one of the windows is about and that has not been told yet. */
async function targetsOf(ledger: Ledger, request: HandoverRequest, rows: readonly Held[]): Promise<Target[]> {
  const issues = await ledger.issue.findMany({
    where: {
      step: { gt: 0 },
      OR: [
        { id: { in: rows.flatMap(({ issueId }) => issueId ?? []) } },
        { bodyId: { in: rows.flatMap(({ bodyId }) => bodyId ?? []) } },
        { roundId: { in: rows.filter(isWhole).map(({ roundId }) => roundId) } },
      ],
    },
    select: {
      id: true,
      code: true,
      title: true,
      roundId: true,
      bodyId: true,
      terms: true,
      progress: true,
      round: { select: { clockId: true } },
    },
    orderBy: [{ roundId: 'asc' }, { number: 'asc' }],
  });
  const told = await ledger.issueEvent.findMany({
    where: { type: 'handedOver', issueId: { in: issues.map(({ id }) => id) } },
    select: { requestId: true },
  });
  const known = new Set(told.map(({ requestId }) => requestId));
  const warnings = await handoverWarnings(ledger, request, issues);
  const targets: Target[] = [];
  for (const { id, code, title, roundId, bodyId, round, ...stored } of issues) {
    const progress = storedIssue(stored)?.progress;
    if (progress === undefined || hasEnded(progress)) continue;
    const now = await businessNow(ledger, round.clockId);
    for (const row of rows) {
      const isMeant =
        row.issueId === id || (bodyId !== null && row.bodyId === bodyId) || (isWhole(row) && row.roundId === roundId);
      if (!isMeant || known.has(requestIdOf(row.id, request.to, id))) continue;
      const owed = progress.obligations.filter(
        (one) => one.role === request.role && (row.measure === null || one.measure === row.measure),
      );
      const obligations = owed.map(({ kind, measure, dueOn }) => ({ words: obligationWords(kind, measure), dueOn }));
      const handed = { issueId: id, code, title, measure: row.measure, obligations, warnings: warnings.get(id) ?? [] };
      targets.push({ issueId: id, roundId, now, row, handed });
    }
  }
  return targets;
}

/** Held for the whole round. */
function isWhole({ issueId, bodyId }: Held): boolean {
  return issueId === null && bodyId === null;
}

/** Ends the old windows and begins the new ones at one moment of each round's clock; all in one transaction. */
async function moveWindows(ledger: Ledger, held: readonly Held[], to: string, role: Role): Promise<void> {
  const moments = new Map<string, string>();
  for (const { roundId } of held) {
    if (moments.has(roundId)) continue;
    const { clockId } = await ledger.round.findUniqueOrThrow({ where: { id: roundId }, select: { clockId: true } });
    moments.set(roundId, await businessNow(ledger, clockId));
  }
  await ledger.$transaction([
    ...held.map(({ id, roundId }) =>
      ledger.assignment.update({ where: { id }, data: { untilAt: moments.get(roundId)! }, select: { id: true } }),
    ),
    ledger.assignment.createMany({
      data: held.map(({ id, roundId, issueId, bodyId, measure }) => ({
        id: successorOf({ id }),
        roundId,
        issueId,
        bodyId,
        measure,
        role,
        personId: to,
        fromAt: moments.get(roundId)!,
      })),
    }),
  ]);
}

function requestIdOf(rowId: string, to: string, issueId: string): string {
  return `handover/${rowId}/${to}/${issueId}`;
}
