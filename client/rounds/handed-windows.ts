import { randomUUID } from 'node:crypto';
import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { heldAt } from '../reading/role-holders.ts';

/** From whom to whom what is handed. */
export interface Handing {
  /** Person ids of one scope. */
  readonly from: string;
  readonly to: string;
  readonly role: Role;
  readonly roundId?: string | undefined;
  /** Only these issues; what is held for a body or a whole round stays then. */
  readonly issueIds?: readonly string[] | undefined;
  /** From now on (移交), or because it was given to the wrong one from the start (更正). */
  readonly kind: HandoverKind;
}

export type HandoverKind = 'handover' | 'correction';

/** What a handover's rows and requests are known by, and a correction's. */
const marks = {
  handover: { window: 'handed-', request: 'handover' },
  correction: { window: 'corrected-', request: 'correction' },
} as const;

export interface Held {
  readonly id: string;
  readonly roundId: string;
  readonly issueId: string | null;
  readonly bodyId: string | null;
  readonly measure: number | null;
  readonly role: Role;
  readonly personId: string;
  readonly fromAt: Date | null;
}

export async function heldBy(ledger: Ledger, { from, role, roundId, issueIds }: Handing): Promise<Held[]> {
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
        select: {
          ...{ id: true, roundId: true, issueId: true, bodyId: true, measure: true, role: true },
          ...{ personId: true, fromAt: true },
        },
      }),
    ),
  );
  return held.flat();
}

/** Windows that an interrupted handover has moved already: the new one bears the old one's id in its own. */
export async function handedBefore(ledger: Ledger, request: Handing): Promise<Held[]> {
  const { from, to, role, roundId, issueIds, kind } = request;
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
  return ended.filter((row) => ids.has(successorOf(row, kind)));
}

function successorOf({ id }: { readonly id: string }, kind: HandoverKind): string {
  return `${marks[kind].window}${id}`;
}

const assignedWindow = 'assigned-';

/** The id of a window that an assignment after the launch begins, which its issues are told of. */
export function assignedWindowId(): string {
  return `${assignedWindow}${randomUUID()}`;
}

export function isAssignedWindow({ id }: { readonly id: string }): boolean {
  return id.startsWith(assignedWindow);
}

/** Whether a handover or a correction began the window; else an assignment did, before the launch or after it. */
export function isHandedWindow({ id }: { readonly id: string }): boolean {
  return Object.values(marks).some(({ window }) => id.startsWith(window));
}

/** The request by which an issue was told of an assignment after the launch, whose windows began or ended `at`. */
export function reassignmentId(
  issueId: string,
  { role, measure, at }: Pick<Held, 'role' | 'measure'> & { readonly at: string },
): string {
  return `assignment/${issueId}/${role}/${String(measure ?? 'all')}/${at}`;
}

/** The event by which the window came about that was wrong: a handover, a correction, a new assignment, or (0) the launch. */
export async function wrongEvent(ledger: Ledger, issueId: string, window: Held): Promise<number> {
  const { id, personId, fromAt } = window;
  const made = Object.values(marks).find((mark) => id.startsWith(mark.window));
  if (made === undefined && fromAt === null) return 0;
  const requestId =
    made === undefined
      ? reassignmentId(issueId, { ...window, at: fromAt!.toISOString() })
      : `${made.request}/${id.slice(made.window.length)}/${personId}/${issueId}`;
  const event = await ledger.issueEvent.findFirst({ where: { issueId, requestId }, select: { sequence: true } });
  return event?.sequence ?? 0;
}

/**
 * Ends the old windows and begins the new ones at one moment of each round's clock; all in one transaction. A corrected
 * one begins then as well: windows say who was written to when, and by its id it is known to have been the right one's.
 */
export async function moveWindows(
  ledger: Ledger,
  held: readonly Held[],
  { to, role, kind }: Pick<Handing, 'to' | 'role' | 'kind'>,
): Promise<void> {
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
        id: successorOf({ id }, kind),
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

export function requestIdOf(rowId: string, { to, kind }: Pick<Handing, 'to' | 'kind'>, issueId: string): string {
  return `${marks[kind].request}/${rowId}/${to}/${issueId}`;
}
