import { createHash } from 'node:crypto';
import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { IssueRequestName } from '../../workflows/rules/requests/index.ts';
import { mayAct } from '../acting/may-act.ts';
import { MisuseError } from '../misuse-error.ts';
import { RefusedError } from '../refused-error.ts';

/** What a request needs of the ledger before the workflow can be asked. */
export interface RequestContext {
  readonly ledger: Ledger;
  readonly issueId: string;
  readonly requestId: string;
  /** Who acts. */
  readonly by: string;
  readonly recordedBy?: string;
  /** By the round's clock. */
  readonly now: IsoInstant;
}

/**
 * Asked before what a request names is looked for: the answer would tell of other issues whoever may not ask for it.
 *
 * @throws RefusedError `NotYours`, `NotOffice`
 */
export async function requireMayAct(name: IssueRequestName, context: RequestContext): Promise<void> {
  const { ledger, issueId } = context;
  const { roundId } = await ledger.issue.findUniqueOrThrow({ where: { id: issueId }, select: { roundId: true } });
  await mayAct(ledger, name, { ...context, roundId });
}

/** Words that come with a request, kept in the ledger under an id that a second delivery finds again. */
export async function keepWords(context: RequestContext, text: string): Promise<string> {
  const { ledger, issueId, by, recordedBy, now, requestId } = context;
  const id = idFrom(context, 'note');
  await ledger.progressNote.createMany({
    data: { id, issueId, personId: by, recordedBy: recordedBy ?? null, text, at: now },
    skipDuplicates: true,
  });
  if (requestId === '') throw new MisuseError('没有请求编号');
  return id;
}

/** Takes back what was kept for a request that was refused, unless an event rests on it. */
export async function forgetWords({ ledger, issueId, requestId }: RequestContext): Promise<void> {
  const asked = await ledger.issueEvent.findFirst({ where: { issueId, requestId }, select: { sequence: true } });
  if (asked !== null) return;
  await ledger.progressNote.deleteMany({ where: { id: idFrom({ issueId, requestId }, 'note') } });
  const prefix = idFrom({ issueId, requestId }, 'item');
  await ledger.ledgerItem.deleteMany({ where: { issueId, id: { startsWith: prefix }, enteredAt: null } });
}

/**
 * The sub-ledger's items as people name them: by number, `3`, `1-5`, by name, or by id.
 *
 * @throws RefusedError `UnknownItem`
 */
export async function itemsNamed({ ledger, issueId }: RequestContext, refs: readonly string[]): Promise<string[]> {
  const items = await ledger.ledgerItem.findMany({
    where: { issueId },
    select: { id: true, number: true, name: true },
    orderBy: { number: 'asc' },
  });
  const found = refs.flatMap((ref) => {
    const [, first, last] = /^(\d+)(?:[-–—至](\d+))?$/u.exec(ref.trim()) ?? [];
    const these =
      first === undefined
        ? items.filter(({ id, name }) => id === ref || name === ref.trim())
        : items.filter(({ number }) => number >= Number(first) && number <= Number(last ?? first));
    if (these.length === 0) throw new RefusedError('UnknownItem', `子台账没有“${ref}”这一项`);
    return these.map(({ id }) => id);
  });
  return [...new Set(found)];
}

/**
 * New items of the sub-ledger, numbered on from the last; a second delivery finds the ones it made.
 *
 * @throws RefusedError `ItemKnown` when two of one issue would have the same name
 */
export async function itemsMade(
  context: RequestContext,
  made: readonly { readonly name: string; readonly note?: string | undefined }[],
): Promise<string[]> {
  const { ledger, issueId } = context;
  const prefix = idFrom(context, 'item');
  const known = await ledger.ledgerItem.findMany({
    where: { issueId, id: { startsWith: prefix } },
    select: { id: true },
    orderBy: { number: 'asc' },
  });
  if (known.length > 0) return known.map(({ id }) => id);
  await requireNewNames(
    context,
    made.map(({ name }) => name),
  );
  const last = await ledger.ledgerItem.findFirst({
    where: { issueId },
    select: { number: true },
    orderBy: { number: 'desc' },
  });
  const rows = made.map(({ name, note = '' }, index) => ({
    id: `${prefix}-${String(index + 1)}`,
    issueId,
    number: (last?.number ?? 0) + index + 1,
    name,
    note,
  }));
  await ledger.ledgerItem.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

/** Items are named when they are worked on: two of the same name could not be told apart. */
async function requireNewNames({ ledger, issueId }: RequestContext, names: readonly string[]): Promise<void> {
  const there = await ledger.ledgerItem.findMany({
    where: { issueId, name: { in: [...names] } },
    select: { name: true },
  });
  const taken = new Set(there.map(({ name }) => name));
  const twice = names.filter((name, index) => taken.has(name) || names.indexOf(name) !== index);
  if (twice.length > 0) {
    throw new RefusedError('ItemKnown', `子台账已有“${[...new Set(twice)].join('”“')}”，条目不能同名`);
  }
}

function idFrom({ issueId, requestId }: { issueId: string; requestId: string }, kind: 'note' | 'item'): string {
  const digest = createHash('sha256').update(`${issueId}\n${requestId}`).digest('hex');
  return `${kind}-${digest.slice(0, 24)}`;
}
