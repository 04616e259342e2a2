import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
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
  /**
   * The measure's own holders of the role, else the issue's, else its body's, else the round's.
   *
   * @param heldFor an issue, or a body that owes something itself; null for the whole round
   */
  holding(roundId: string, heldFor: string | null, role: Role, measure?: number | null): readonly PersonReading[];
  /** The name of the body, or of the issue's, when the person holds or has held the role for the body as a whole. */
  ofBody(heldFor: string, role: Role, personId: string): string | undefined;
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

/** What is held for one of these issues, for the body of one of them, or for the whole round, as a filter. */
export function heldFor(roundId: string, issueIds: readonly string[]): Prisma.AssignmentWhereInput {
  const these = { in: [...issueIds] };
  return {
    roundId,
    OR: [{ issueId: these }, { body: { issues: { some: { id: these } } } }, { issueId: null, bodyId: null }],
  };
}

/** Whether an assignment holds at the moment. */
export function holdsAt({ fromAt, untilAt }: { fromAt: Date | null; untilAt: Date | null }, now: IsoInstant): boolean {
  return (fromAt === null || fromAt.toISOString() <= now) && (untilAt === null || untilAt.toISOString() > now);
}

/**
 * Reads who holds what; a second question only where bodies have people of their own. Windows are half-open, as the ledger keeps them.
 *
 * @param issueIds when only these are asked about: what is held for others is not read
 */
export async function readRoleHolders(
  ledger: Ledger,
  rounds: readonly { readonly id: string; readonly now: IsoInstant }[],
  issueIds?: readonly string[],
): Promise<RoleHolders> {
  const moments = new Map(rounds.map(({ id, now }) => [id, now]));
  const asked = issueIds && (await bodiesOf(ledger, { id: { in: [...issueIds] } }));
  const rows = await ledger.assignment.findMany({
    where: {
      roundId: { in: [...moments.keys()] },
      ...(asked && {
        OR: [
          { issueId: { in: [...issueIds] } },
          { bodyId: { in: [...asked.values()] } },
          { issueId: null, bodyId: null },
        ],
      }),
    },
    select: {
      roundId: true,
      issueId: true,
      bodyId: true,
      body: { select: { name: true } },
      measure: true,
      role: true,
      fromAt: true,
      untilAt: true,
      person: { select: personFields },
    },
    orderBy: [{ role: 'asc' }, { personId: 'asc' }],
  });
  const bodyIds = [...new Set(rows.flatMap(({ bodyId }) => bodyId ?? []))];
  const bodyOf = asked ?? (await bodiesOf(ledger, { bodyId: { in: bodyIds } }));
  const held = new Map<string, PersonReading[]>();
  const bodyNames = new Map<string, string>();
  const people = new Map<string, PersonReading>();
  const inRound = new Map<string, Map<string, PersonReading>>();
  for (const { roundId, issueId, bodyId, body, measure, role, person, ...window } of rows) {
    people.set(person.id, person);
    if (body) bodyNames.set(`${bodyId ?? ''}/${role}/${person.id}`, body.name);
    const now = moments.get(roundId)!;
    if (!holdsAt(window, now)) continue;
    append(held, `${roundId}/${issueId ?? bodyId ?? ''}/${role}/${String(measure ?? '')}`, person);
    if (measure !== null) append(held, `${roundId}/${issueId ?? ''}/${role}/any`, person);
    inRound.set(roundId, (inRound.get(roundId) ?? new Map<string, PersonReading>()).set(person.id, person));
  }
  return {
    holding: (roundId, heldFor, role, measure = null) => {
      const own = `${roundId}/${heldFor ?? ''}/${role}`;
      const ofMeasure = measure === null ? undefined : held.get(`${own}/${String(measure)}`);
      // What is owed by the issue as a whole, and all of whose measures have people of their own, is owed by these.
      const ofIssue = ofMeasure ?? held.get(`${own}/`) ?? held.get(`${own}/any`);
      const body = bodyOf.get(heldFor ?? '');
      const ofBody = body === undefined ? undefined : held.get(`${roundId}/${body}/${role}/`);
      return ofIssue ?? ofBody ?? held.get(`${roundId}//${role}/`) ?? [];
    },
    ofBody: (heldFor, role, personId) => bodyNames.get(`${bodyOf.get(heldFor) ?? heldFor}/${role}/${personId}`),
    everybody: (roundId) => [...(inRound.get(roundId)?.values() ?? [])],
    person: (id) => people.get(id),
  };
}

/** The body of each of these issues that has one. */
async function bodiesOf(ledger: Ledger, where: Prisma.IssueWhereInput): Promise<ReadonlyMap<string, string>> {
  const issues = await ledger.issue.findMany({
    where: { ...where, NOT: { bodyId: null } },
    select: { id: true, bodyId: true },
  });
  return new Map(issues.map(({ id, bodyId }) => [id, bodyId!]));
}

function append(map: Map<string, PersonReading[]>, key: string, person: PersonReading): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [person]);
  else if (list.every(({ id }) => id !== person.id)) list.push(person);
}
