import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { DueRow } from './due-rows.ts';
import { roleNames } from '../../workflows/rules/names.ts';

/** A person as far as sending is concerned. */
export interface Recipient {
  readonly id: string;
  readonly name: string;
  /** Null when the person has no mail, or none that arrives. */
  readonly address: string | null;
}

/** Who a row goes to now, or why to nobody. */
type Addressees =
  | { readonly kind: 'persons'; readonly personIds: readonly string[] }
  | { readonly kind: 'nobody'; readonly reason: string };

export interface Directory {
  addresseesOf(row: DueRow): Addressees;
  person(personId: string): Recipient | undefined;
  /** Who holds a role for an issue now, by name; whether mail reaches them or not. */
  holderNames(roundId: string, issueId: string, role: Role): readonly string[];
}

/** Who holds which role at `now`, and how each can be reached; three statements, however many rows. */
export async function loadDirectory(ledger: Ledger, rows: readonly DueRow[], now: IsoInstant): Promise<Directory> {
  const roundIds = distinct(rows.map(({ roundId }) => roundId));
  const issueIds = distinct(rows.map(({ issueId }) => issueId));
  const held = await ledger.$queryRaw<
    { roundId: string; issueId: string | null; role: Role; personId: string }[]
  >`SELECT DISTINCT "roundId", "issueId", role, "personId" FROM "Assignment"
    WHERE "roundId" = ANY(${roundIds}::text[]) AND ("issueId" IS NULL OR "issueId" = ANY(${issueIds}::text[]))
      AND ("fromAt" IS NULL OR "fromAt" <= ${now}::timestamptz)
      AND ("untilAt" IS NULL OR "untilAt" > ${now}::timestamptz)
    ORDER BY "personId"`;
  const holders = new Map<string, string[]>();
  for (const { roundId, issueId, role, personId } of held) {
    const place = placeOf(roundId, issueId, role);
    holders.set(place, [...(holders.get(place) ?? []), personId]);
  }
  const personIds = distinct([
    ...held.map(({ personId }) => personId),
    ...rows.map(({ personId }) => personId),
    ...rows.flatMap(({ recipients }) => recipients ?? []),
  ]);
  const people = await ledger.$queryRaw<
    { id: string; name: string; email: string | null; unreachable: string | null }[]
  >`SELECT id, name, email, unreachable FROM "Person" WHERE id = ANY(${personIds}::text[])`;
  const byId = new Map(
    people.map(({ id, name, email, unreachable }) => [id, { id, name, address: unreachable === null ? email : null }]),
  );

  function holdersOf(roundId: string | null, issueId: string | null, role: Role | null): readonly string[] {
    return holders.get(placeOf(roundId, issueId, role)) ?? holders.get(placeOf(roundId, null, role)) ?? [];
  }

  function addresseesOf(row: DueRow): Addressees {
    if (row.recipients !== null) return { kind: 'persons', personIds: row.recipients };
    const personIds = row.personId !== null ? [row.personId] : holdersOf(row.roundId, row.issueId, row.role);
    const who = row.role === null ? '收件人' : roleNames[row.role];
    if (personIds.length === 0) return { kind: 'nobody', reason: `没有人担任${who}，无人可发` };
    const reachable = personIds.filter((id) => byId.get(id)?.address != null);
    if (reachable.length === 0) return { kind: 'nobody', reason: `${who}没有可用的邮箱，留待打印送达` };
    return { kind: 'persons', personIds: reachable };
  }

  return {
    addresseesOf,
    person: (personId) => byId.get(personId),
    holderNames: (...place) => holdersOf(...place).flatMap((id) => byId.get(id)?.name ?? []),
  };
}

function placeOf(roundId: string | null, issueId: string | null, role: Role | null): string {
  return `${roundId ?? ''}|${issueId ?? ''}|${role ?? ''}`;
}

function distinct(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids)].filter((id) => id !== null);
}
