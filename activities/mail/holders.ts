import type { Ledger } from '../../prisma/client.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { obligationIdParts } from '../../workflows/rules/obligation-ids.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { RoundScope } from '../../workflows/rules/round/events.ts';
import { type RoleSubject, subjectsOf } from '../../workflows/rules/round/scope.ts';

/** What a line is about: an obligation of an issue, or (issueId null) of the round as a whole. */
export interface Place {
  readonly roundId: string | null;
  readonly issueId: string | null;
  readonly obligationId: string | null;
}

export interface Holders {
  /** Who holds a role for what a line is about; person ids in order. */
  of(place: Place, role: Role | null): readonly string[];
  /** Everybody whose work on the matter it is (责任人), for all measures. */
  handlersOf(place: Place): readonly string[];
  /** The body (被巡察单位) that owes the round's duty itself; undefined where it is not one body's. */
  bodyOf(place: Place): string | undefined;
  readonly personIds: readonly string[];
}

interface Held {
  readonly roundId: string;
  /** The issue, or the body that owes something itself; null for the whole round. */
  readonly heldFor: string | null;
  /** Where the role is held for the body as a whole. */
  readonly bodyId: string | null;
  readonly measure: number | null;
  readonly role: Role;
  readonly personId: string;
}

/** Who holds which role at `now`; two statements, however many lines. */
export async function loadHolders(ledger: Ledger, places: readonly Place[], now: IsoInstant): Promise<Holders> {
  const scopes = await loadScopes(ledger, places);
  const roundIds = distinct(places.map(({ roundId }) => roundId));
  const issueIds = distinct([
    ...places.map(({ issueId }) => issueId),
    ...[...scopes.values()].flatMap(({ issueIds: these = [] }) => these),
  ]);
  const bodyIds = distinct([...scopes.values()].map(({ bodyId }) => bodyId ?? null));
  const held = await ledger.$queryRaw<Held[]>`
    WITH subject AS (
      SELECT i.id, i.id AS "issueId", i."bodyId" FROM "Issue" i WHERE i.id = ANY(${issueIds}::text[])
      UNION ALL SELECT id, NULL, id FROM unnest(${bodyIds}::text[]) body(id)
    ), present AS (
      SELECT * FROM "Assignment" WHERE "roundId" = ANY(${roundIds}::text[])
        AND ("fromAt" IS NULL OR "fromAt" <= ${now}::timestamptz) AND ("untilAt" IS NULL OR "untilAt" > ${now}::timestamptz)
    ), held AS (
      SELECT a.*, subject.id AS "heldFor" FROM present a JOIN subject ON subject."issueId" = a."issueId"
      UNION ALL SELECT a.*, subject.id FROM present a JOIN subject ON subject."bodyId" = a."bodyId"
      UNION ALL SELECT a.*, NULL FROM present a WHERE a."issueId" IS NULL AND a."bodyId" IS NULL)
    SELECT DISTINCT "roundId", "heldFor", "bodyId", measure, role::text AS role, "personId" FROM held ORDER BY "personId"`;
  const byPlace = groupBy(held, (one) => keyOf(one.roundId, one.heldFor, one.role));

  const heldBy = (roundId: string | null, heldFor: string | null, role: Role) =>
    heldFor === null ? [] : (byPlace.get(keyOf(roundId, heldFor, role)) ?? []);

  /** A measure's own holder, else the issue's, else whoever holds any of its measures, else the body's, else the round's. */
  function holding(roundId: string | null, heldFor: string | null, role: Role, measure?: number): readonly string[] {
    const held = heldBy(roundId, heldFor, role);
    const own = held.filter(({ bodyId }) => bodyId === null);
    const round = byPlace.get(keyOf(roundId, null, role)) ?? [];
    const choices = [
      own.filter((one) => measure !== undefined && one.measure === measure),
      own.filter((one) => one.measure === null),
      own,
      held,
      round,
    ];
    const found = choices.find((some) => some.length > 0) ?? [];
    return distinct(found.map(({ personId }) => personId));
  }

  const scopeOf = ({ roundId, obligationId }: Place) => scopes.get(scopeKey(roundId, obligationId));

  function subjects(place: Place): readonly RoleSubject[] {
    if (place.issueId === null) return subjectsOf(scopeOf(place));
    const measure = obligationIdParts(place.obligationId ?? '')?.measure;
    return [{ heldFor: place.issueId, ...(measure !== undefined && { measure }) }];
  }

  return {
    of(place, role) {
      if (role === null) return [];
      return distinct(
        subjects(place).flatMap(({ heldFor, measure }) => holding(place.roundId, heldFor, role, measure)),
      );
    },
    handlersOf(place) {
      return distinct(
        subjects(place).flatMap(({ heldFor }) => {
          const own = heldBy(place.roundId, heldFor, 'handler').filter(({ bodyId }) => bodyId === null);
          if (own.length > 0) return own.map(({ personId }) => personId);
          return heldFor === null ? [] : holding(place.roundId, heldFor, 'handler');
        }),
      );
    },
    bodyOf: (place) => (place.issueId === null ? scopeOf(place)?.bodyId : undefined),
    personIds: distinct(held.map(({ personId }) => personId)),
  };
}

/** The issues that a duty of the round is about, or the body that owes it, where it is not the whole round's. */
async function loadScopes(ledger: Ledger, places: readonly Place[]): Promise<ReadonlyMap<string, RoundScope>> {
  const duties = places.filter(({ issueId }) => issueId === null);
  if (duties.length === 0) return new Map();
  const rows = await ledger.roundObligation.findMany({
    where: {
      roundId: { in: distinct(duties.map(({ roundId }) => roundId)) },
      id: { in: distinct(duties.map(({ obligationId }) => obligationId)) },
    },
    select: { roundId: true, id: true, scope: true },
  });
  return new Map(
    rows.flatMap(({ roundId, id, scope }) => {
      return scope === null ? [] : [[scopeKey(roundId, id), scope as RoundScope] as const];
    }),
  );
}

function scopeKey(roundId: string | null, obligationId: string | null): string {
  return `${roundId ?? ''}|${obligationId ?? ''}`;
}

function keyOf(roundId: string | null, heldFor: string | null, role: Role): string {
  return `${roundId ?? ''}|${heldFor ?? ''}|${role}`;
}

export function distinct(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids)].filter((id) => id !== null);
}
