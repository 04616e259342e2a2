import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';

/** A person as lists name him. */
export interface PersonReading {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly position: string;
  readonly email: string | null;
  readonly unreachable: string | null;
}

/** Who holds the roles of a set of rounds at a moment. */
export interface RoleHolders {
  /** The issue's own holders of the role, or the round's where the issue has none. */
  holding(roundId: string, issueId: string | null, role: Role): readonly PersonReading[];
  /** Everybody with any role in the round, each once. */
  everybody(roundId: string): readonly PersonReading[];
  person(id: string): PersonReading | undefined;
}

export const personFields = {
  id: true,
  name: true,
  unit: true,
  position: true,
  email: true,
  unreachable: true,
} as const;

/** The window in which an assignment holds, as a filter: half-open, both ends may be missing. */
export function heldAt(now: IsoInstant) {
  return {
    AND: [{ OR: [{ fromAt: null }, { fromAt: { lte: now } }] }, { OR: [{ untilAt: null }, { untilAt: { gt: now } }] }],
  };
}

/** Whether an assignment holds at the moment. */
export function holdsAt({ fromAt, untilAt }: { fromAt: Date | null; untilAt: Date | null }, now: IsoInstant): boolean {
  return (fromAt === null || fromAt.toISOString() <= now) && (untilAt === null || untilAt.toISOString() > now);
}

/** Reads who holds what, in one question. Windows are half-open, as the ledger keeps them. */
export async function readRoleHolders(
  ledger: Ledger,
  rounds: readonly { readonly id: string; readonly now: IsoInstant }[],
): Promise<RoleHolders> {
  const moments = new Map(rounds.map(({ id, now }) => [id, now]));
  const rows = await ledger.assignment.findMany({
    where: { roundId: { in: [...moments.keys()] } },
    select: { roundId: true, issueId: true, role: true, fromAt: true, untilAt: true, person: { select: personFields } },
    orderBy: [{ role: 'asc' }, { personId: 'asc' }],
  });
  const held = new Map<string, PersonReading[]>();
  const people = new Map<string, PersonReading>();
  const inRound = new Map<string, Map<string, PersonReading>>();
  for (const { roundId, issueId, role, person, ...window } of rows) {
    people.set(person.id, person);
    const now = moments.get(roundId)!;
    if (!holdsAt(window, now)) continue;
    append(held, `${roundId}/${issueId ?? ''}/${role}`, person);
    inRound.set(roundId, (inRound.get(roundId) ?? new Map<string, PersonReading>()).set(person.id, person));
  }
  return {
    holding: (roundId, issueId, role) =>
      held.get(`${roundId}/${issueId ?? ''}/${role}`) ?? held.get(`${roundId}//${role}`) ?? [],
    everybody: (roundId) => [...(inRound.get(roundId)?.values() ?? [])],
    person: (id) => people.get(id),
  };
}

function append(map: Map<string, PersonReading[]>, key: string, person: PersonReading): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [person]);
  else if (list.every(({ id }) => id !== person.id)) list.push(person);
}
