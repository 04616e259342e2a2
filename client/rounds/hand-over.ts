import type { Ledger } from '../../prisma/client.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import { mayAct } from '../acting/may-act.ts';
import type { Issues } from '../issues.ts';
import { obligationWords } from '../reading/words.ts';
import { RefusedError } from '../refused-error.ts';
import { concernedIssues } from './concerned-issues.ts';
import { mayChangeRole } from './may-change-role.ts';
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
  { ledger, issues }: { ledger: Ledger; issues: Pick<Issues, 'askPermitted'> },
  request: HandoverRequest,
): Promise<HandedOver> {
  const { from, to, role, reason, by, mode, kind } = request;
  await requireFit(ledger, request);
  const held = await heldBy(ledger, request);
  const done = mode === 'write' ? await handedBefore(ledger, request) : [];
  const targets = await targetsOf(ledger, request, [...held, ...done]);
  if (targets.length + held.filter(isOfMany).length === 0)
    throw new RefusedError('NothingToHandOver', kind === 'handover' ? '没有可以移交的问题' : '没有可以更正的问题');
  const handed = targets.map(({ handed: one }) => one);
  const answer = {
    issues: handed,
    warnings: handed.flatMap(({ code, warnings }) => warnings.map((w) => `${code}：${w}`)),
  };
  if (mode === 'preview') return { written: 'preview', ...answer };

  const standsInFor = new Map<string, string | undefined>();
  for (const { issueId, roundId, now } of targets)
    standsInFor.set(issueId, await mayAct(ledger, 'handOver', { issueId, roundId, now, by }));
  for (const row of held.filter(isOfMany)) await mayChangeRole(ledger, row, by);
  await moveWindows(ledger, held, request);
  for (const { issueId, row, handed: one } of targets) {
    const { measure } = one;
    const corrects = kind === 'correction' ? await wrongEvent(ledger, issueId, row) : undefined;
    const said = {
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
      ...(role === 'handler' && { acknowledgement: 'anew' as const }),
    };
    await issues.askPermitted('handOver', issueId, said, standsInFor.get(issueId));
  }
  return { written: 'yes', ...answer };
}

/** Held for a body or the whole round. */
function isOfMany({ issueId }: Held): boolean {
  return issueId === null;
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
  const concerned = await concernedIssues(ledger, request.role, rows);
  const told = await ledger.issueEvent.findMany({
    where: { type: 'handedOver', issueId: { in: concerned.map(({ id }) => id) } },
    select: { requestId: true },
  });
  const known = new Set(told.map(({ requestId }) => requestId));
  const warnings = await handoverWarnings(ledger, request, concerned);
  return concerned
    .filter(({ id, row }) => !known.has(requestIdOf(row.id, request, id)))
    .map(({ id, code, title, roundId, now, progress, row }) => {
      const owed = progress.obligations.filter(
        (one) => one.role === request.role && (row.measure === null || one.measure === row.measure),
      );
      const obligations = owed.map(({ kind, measure, dueOn }) => ({ words: obligationWords(kind, measure), dueOn }));
      const handed = { issueId: id, code, title, measure: row.measure, obligations, warnings: warnings.get(id) ?? [] };
      return { issueId: id, roundId, now, row, handed };
    });
}
