import { groupBy } from '../../workflows/rules/group-by.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { type DueRow, isGathered } from './due-rows.ts';
import type { RowEnd } from './row-changes.ts';
import { roleOrder } from './words.ts';

/** A row that may go now, and to whom. */
export interface AddressedRow {
  readonly row: DueRow;
  /** Kept on the row when it is claimed: why it comes late. */
  readonly reason: string | null;
  readonly recipients: readonly string[];
  /** Whose duty it is, for each recipient who stands in for somebody (委托). */
  readonly onBehalfOf: ReadonlyMap<string, string>;
}

/** A mail to be claimed: one person, and the lines it shall carry if they are still owed then. */
export interface MailPlan {
  readonly key: string;
  readonly kind: Exclude<DueRow['kind'], 'notice'>;
  readonly personId: string;
  /** For reminders: the day it is this person's one mail of. */
  readonly digestOn: IsoDate | null;
  readonly lines: readonly AddressedRow[];
  /** The refused mail whose lines it takes over, on paper. */
  readonly replaces?: string;
  /** Rows that say the same to the same person under another role: they end with the claim. */
  readonly merged: readonly RowEnd[];
}

export interface Gathered {
  readonly plans: readonly MailPlan[];
  /** Rows that must wait for another day, because today's mail to a recipient has left already. */
  readonly postponed: readonly DueRow[];
  /** Rows of which everybody has had the like already. */
  readonly ends: readonly RowEnd[];
}

/**
 * One reminder mail per person and day (一人一天至多一封); every answer and acknowledgement is a mail of its own.
 *
 * @param servedBefore per row key: who has had the same rung's line under another role
 * @param hasTodaysMail whose mail of `today` is made already
 */
export function gather(
  rows: readonly AddressedRow[],
  today: IsoDate,
  servedBefore: ReadonlyMap<string, ReadonlySet<string>>,
  hasTodaysMail: ReadonlySet<string>,
): Gathered {
  const singles = rows.filter(({ row }) => !isGathered(row.kind)).flatMap(singleMails);
  const { kept, merged, ends } = mergeRoles(
    rows.filter(({ row }) => isGathered(row.kind)),
    servedBefore,
  );
  const copies = kept.flatMap((line) => waitingFor(line).map((personId) => ({ personId, line })));
  const copiesByPerson = groupBy(
    copies.filter(({ personId }) => !hasTodaysMail.has(personId)),
    ({ personId }) => personId,
  );
  const postponed = new Set<DueRow>();
  for (const { personId, line } of copies) if (hasTodaysMail.has(personId)) postponed.add(line.row);
  for (const { into, row } of merged) if (hasTodaysMail.has(into)) postponed.add(row);
  const digests = [...copiesByPerson].map(([personId, some]): MailPlan => ({
    key: `${personId}/${today}`,
    kind: 'reminder',
    personId,
    digestOn: today,
    lines: some.map(({ line }) => line),
    merged: merged.filter(({ into }) => into === personId).map(({ row }) => mergedEnd(row)),
  }));
  return { plans: [...singles, ...digests], postponed: [...postponed], ends };
}

function singleMails(line: AddressedRow): MailPlan[] {
  const { row, recipients } = line;
  return waitingFor(line).map((personId) => ({
    key: recipients.length === 1 ? row.key : `${row.key}/${personId}`,
    kind: row.kind === 'acknowledgement' ? 'acknowledgement' : 'answer',
    personId,
    digestOn: null,
    lines: [line],
    merged: [],
  }));
}

function waitingFor({ row, recipients }: AddressedRow): string[] {
  return recipients.filter((personId) => !row.deliveredTo.includes(personId));
}

interface Merged {
  readonly row: DueRow;
  /** Whose mail carries the like of it. */
  readonly into: string;
}

/** Who holds two roles that the same rung addresses gets one line: the one of the role that stands first. */
function mergeRoles(
  rows: readonly AddressedRow[],
  servedBefore: ReadonlyMap<string, ReadonlySet<string>>,
): { kept: AddressedRow[]; merged: Merged[]; ends: RowEnd[] } {
  const kept: AddressedRow[] = [];
  const merged: Merged[] = [];
  const ends: RowEnd[] = [];
  const servedNow = new Map<string, Set<string>>();
  for (const line of [...rows].sort(byRole)) {
    const { row, recipients } = line;
    const before = servedBefore.get(row.key) ?? new Set<string>();
    const now = servedNow.get(rungOf(row)) ?? new Set<string>();
    servedNow.set(rungOf(row), now);
    const left = row.recipients === null ? recipients.filter((one) => !before.has(one) && !now.has(one)) : recipients;
    const into = recipients.find((one) => now.has(one));
    if (left.length > 0) kept.push({ ...line, recipients: left });
    else if (into === undefined) ends.push(mergedEnd(row));
    else merged.push({ row, into });
    for (const one of left) now.add(one);
  }
  return { kept, merged, ends };
}

/** Why a line ended that its reader has, or gets with the same mail, under another role. */
export const mergedReason = '收件人身兼两职，同一提醒只发一行';

function mergedEnd({ key }: DueRow): RowEnd {
  return { key, state: 'collapsed', reason: mergedReason };
}

function rungOf({ roundId, issueId, cycle, obligationId, rungId, plannedOn }: DueRow): string {
  return [issueId ?? roundId, cycle, obligationId, rungId, plannedOn].join('/');
}

/** Lines claimed before come first: what they have promised is fixed. */
function byRole(one: AddressedRow, other: AddressedRow): number {
  const claimedFirst = Number(one.row.recipients === null) - Number(other.row.recipients === null);
  return claimedFirst || placeOf(one.row.role) - placeOf(other.row.role);
}

function placeOf(role: Role | null): number {
  return role === null ? roleOrder.length : roleOrder.indexOf(role);
}
