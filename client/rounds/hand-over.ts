import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import { hasEnded } from '../../workflows/rules/progress.ts';
import { mayAct } from '../acting/may-act.ts';
import type { Issues } from '../issues.ts';
import { storedIssue } from '../reading/stored.ts';
import { obligationWords } from '../reading/words.ts';
import { RefusedError } from '../refused-error.ts';
import {
  handedBefore,
  type Handing,
  type Held,
  heldBy,
  moveWindows,
  requestIdOf,
  wrongEvent,
} from './handed-windows.ts';
import { handoverWarnings } from './handover-warnings.ts';

export interface HandoverRequest extends Handing {
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

/**
 * Hands all that one person holds in a role over to another: windows in the ledger, at the round's time, and a word to
 * each issue. What was given to the wrong one (更正) has been the right one's since it was given, and the word names the
 * event that was wrong; whatever has gone to the wrong one stays on record. Doing it again goes on where it was interrupted, and changes nothing that is done.
 *
 * @throws RefusedError `SamePerson`, `OtherScope`, `ReasonMissing`, `NothingToHandOver`, `NotYours`
 */
export async function handOver(
  { ledger, issues }: { ledger: Ledger; issues: Pick<Issues, 'ask'> },
  request: HandoverRequest,
): Promise<HandedOver> {
  const { from, to, role, reason, by, mode, kind } = request;
  await requireFit(ledger, request);
  const held = await heldBy(ledger, request);
  const done = mode === 'write' ? await handedBefore(ledger, request) : [];
  const targets = await targetsOf(ledger, request, [...held, ...done]);
  if (targets.length === 0)
    throw new RefusedError('NothingToHandOver', kind === 'handover' ? '没有可以移交的问题' : '没有可以更正的问题');
  const handed = targets.map(({ handed: one }) => one);
  const answer = {
    issues: handed,
    warnings: handed.flatMap(({ code, warnings }) => warnings.map((w) => `${code}：${w}`)),
  };
  if (mode === 'preview') return { written: 'preview', ...answer };

  for (const { issueId, roundId, now } of targets) await mayAct(ledger, 'handOver', { issueId, roundId, now, by });
  await moveWindows(ledger, held, request);
  for (const { issueId, row, handed: one } of targets) {
    const { measure } = one;
    const corrects = kind === 'correction' ? await wrongEvent(ledger, issueId, row) : undefined;
    await issues.ask('handOver', issueId, {
      // From the window it ends, so that doing it again is the same request.
      requestId: requestIdOf(row.id, request, issueId),
      by,
      source: request.source,
      role,
      from: [from],
      to: [to],
      reason,
      ...(measure !== null && { measure }),
      ...(corrects !== undefined && { corrects }),
    });
  }
  return { written: 'yes', ...answer };
}

async function requireFit(ledger: Ledger, { from, to, reason, kind }: HandoverRequest): Promise<void> {
  const act = kind === 'handover' ? '移交' : '更正';
  if (from === to)
    throw new RefusedError(
      'SamePerson',
      kind === 'handover' ? '移交人和接手人是同一人' : '写错的人和应为的人是同一人；同名的请写内部编号或邮箱',
    );
  if (reason.trim() === '') throw new RefusedError('ReasonMissing', `${act}须写明理由`);
  const people = await ledger.person.findMany({ where: { id: { in: [from, to] } }, select: { scope: true } });
  if (new Set(people.map(({ scope }) => scope)).size !== 1)
    throw new RefusedError('OtherScope', `演练人员和实际人员之间不能${act}`);
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
      if (!isMeant || known.has(requestIdOf(row.id, request, id))) continue;
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
