import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { DueRow } from './due-rows.ts';
import { distinct, loadHolders, type Place } from './holders.ts';
import { loadStandIns } from './stand-ins.ts';

/** A person as far as sending is concerned. */
export interface Recipient {
  readonly id: string;
  readonly name: string;
  /** Empty when nobody has said which. */
  readonly unit: string;
  /** Null when the person has no mail, or none that arrives: what he is to read is printed. */
  readonly address: string | null;
}

/** Who a row goes to now, or why to nobody. */
type Addressees =
  | {
      readonly kind: 'persons';
      readonly personIds: readonly string[];
      /** Whose duty it is, for each person who stands in for somebody. */
      readonly onBehalfOf: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'nobody'; readonly reason: string };

export interface Directory {
  addresseesOf(row: DueRow): Addressees;
  person(personId: string): Recipient | undefined;
  /** Who holds a role for what a line is about, by name; whether mail reaches them or not. */
  holderNames(place: Place, role: Role): readonly string[];
}

/**
 * Who holds which role at `now`, who stands in, and how each can be reached; a few statements, however many rows.
 *
 * @param others persons beside those of the rows
 */
export async function loadDirectory(
  ledger: Ledger,
  rows: readonly DueRow[],
  now: IsoInstant,
  others: readonly string[] = [],
): Promise<Directory> {
  const holders = await loadHolders(ledger, rows, now);
  const standIns = await loadStandIns(ledger, rows, holders, now);
  const personIds = distinct([
    ...others,
    ...holders.personIds,
    ...standIns.personIds,
    ...rows.map(({ personId }) => personId),
    ...rows.flatMap(({ recipients }) => recipients ?? []),
  ]);
  const people = await ledger.$queryRaw<
    { id: string; name: string; unit: string; email: string | null; unreachable: string | null }[]
  >`SELECT id, name, unit, email, unreachable FROM "Person" WHERE id = ANY(${personIds}::text[])`;
  const byId = new Map(
    people.map(({ id, name, unit, email, unreachable }) => [
      id,
      { id, name, unit, address: unreachable === null ? email : null },
    ]),
  );

  function addresseesOf(row: DueRow): Addressees {
    const { role } = row;
    if (row.personId !== null) return { kind: 'persons', personIds: [row.personId], onBehalfOf: new Map() };
    const held = role === null ? [] : holders.of(row, role);
    const answering = held.map((holder) => ({
      holder,
      personId: role === null ? holder : standIns.for(row, role, holder),
    }));
    const inPerson = new Set(answering.flatMap(({ holder, personId }) => (holder === personId ? [holder] : [])));
    const onBehalfOf = new Map(
      answering.flatMap(({ holder, personId }) => (inPerson.has(personId) ? [] : [[personId, holder] as const])),
    );
    if (row.recipients !== null) return { kind: 'persons', personIds: row.recipients, onBehalfOf };
    const who = role === null ? '收件人' : roleNames[role];
    if (answering.length === 0) return { kind: 'nobody', reason: `没有人担任${who}，无人可发` };
    return { kind: 'persons', personIds: distinct(answering.map(({ personId }) => personId)), onBehalfOf };
  }

  return {
    addresseesOf,
    person: (personId) => byId.get(personId),
    holderNames: (place, role) => holders.of(place, role).flatMap((id) => byId.get(id)?.name ?? []),
  };
}
