import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { obligationIdParts } from '../../workflows/rules/obligation-ids.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { RoundScope } from '../../workflows/rules/round/events.ts';

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
  readonly personIds: readonly string[];
}

interface Held {
  readonly roundId: string;
  readonly issueId: string | null;
  /** The issue's, where the role is held for all issues of its body. */
  readonly bodyId: string | null;
  readonly measure: number | null;
  readonly role: Role;
  readonly personId: string;
}

/** Who holds which role at `now`; two statements, however many lines. */
export async function loadHolders(ledger: Ledger, places: readonly Place[], now: IsoInstant): Promise<Holders> {
  const scopes = await loadScopes(ledger, places);
  const roundIds = distinct(places.map(({ roundId }) => roundId));
  const issueIds = distinct([...places.map(({ issueId }) => issueId), ...[...scopes.values()].flat()]);
  const held = await ledger.$queryRaw<Held[]>`
    SELECT DISTINCT a."roundId", coalesce(a."issueId", i.id) AS "issueId", a."bodyId", a.measure,
      a.role::text AS role, a."personId"
    FROM "Assignment" a LEFT JOIN "Issue" i ON i."bodyId" = a."bodyId" AND i.id = ANY(${issueIds}::text[])
    WHERE a."roundId" = ANY(${roundIds}::text[])
      AND (a."issueId" = ANY(${issueIds}::text[]) OR i.id IS NOT NULL OR (a."issueId" IS NULL AND a."bodyId" IS NULL))
      AND (a."fromAt" IS NULL OR a."fromAt" <= ${now}::timestamptz)
      AND (a."untilAt" IS NULL OR a."untilAt" > ${now}::timestamptz)
    ORDER BY a."personId"`;
  const byPlace = new Map<string, Held[]>();
  for (const one of held) {
    const key = keyOf(one.roundId, one.issueId, one.role);
    byPlace.set(key, [...(byPlace.get(key) ?? []), one]);
  }

  const heldOf = (roundId: string | null, issueId: string | null, role: Role) =>
    issueId === null ? [] : (byPlace.get(keyOf(roundId, issueId, role)) ?? []);

  /** A measure's own holder, else the issue's, else whoever holds any of its measures, else the body's, else the round's. */
  function ofIssue(roundId: string | null, issueId: string | null, role: Role, measure?: number): readonly string[] {
    const held = heldOf(roundId, issueId, role);
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

  function issuesOf({ roundId, issueId, obligationId }: Place): readonly (string | null)[] {
    if (issueId !== null) return [issueId];
    return scopes.get(scopeKey(roundId, obligationId)) ?? [null];
  }

  return {
    of(place, role) {
      if (role === null) return [];
      const measure = place.issueId === null ? undefined : obligationIdParts(place.obligationId ?? '')?.measure;
      return distinct(issuesOf(place).flatMap((issueId) => ofIssue(place.roundId, issueId, role, measure)));
    },
    handlersOf(place) {
      return distinct(
        issuesOf(place).flatMap((issueId) => {
          const own = heldOf(place.roundId, issueId, 'handler').filter(({ bodyId }) => bodyId === null);
          if (own.length > 0) return own.map(({ personId }) => personId);
          return issueId === null ? [] : ofIssue(place.roundId, issueId, 'handler');
        }),
      );
    },
    personIds: distinct(held.map(({ personId }) => personId)),
  };
}

/** The issues that a duty of the round is about, where it is not about all of them. */
async function loadScopes(ledger: Ledger, places: readonly Place[]): Promise<ReadonlyMap<string, readonly string[]>> {
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
      const { issueIds = [] } = (scope ?? {}) as RoundScope;
      return issueIds.length === 0 ? [] : [[scopeKey(roundId, id), issueIds] as const];
    }),
  );
}

function scopeKey(roundId: string | null, obligationId: string | null): string {
  return `${roundId ?? ''}|${obligationId ?? ''}`;
}

function keyOf(roundId: string | null, issueId: string | null, role: Role): string {
  return `${roundId ?? ''}|${issueId ?? ''}|${role}`;
}

export function distinct(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids)].filter((id) => id !== null);
}
