import type { Ledger } from '../../prisma/client.ts';
import { type Delegation, standIn } from '../../workflows/rules/delegation.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { distinct, type Holders, type Place } from './holders.ts';

export interface StandIns {
  /** Who answers for this holder now (委托); himself where nobody stands in for him. */
  for(place: Place, role: Role, holderId: string): string;
  readonly personIds: readonly string[];
}

/** Who must not judge an issue or a round's plan: it is his own work. */
interface Workers {
  readonly issues: ReadonlyMap<string, readonly string[]>;
  /** By the round's id, and by the body's where each body has its own. */
  readonly plans: ReadonlyMap<string, string>;
}

/**
 * The delegations that hold at `now`. Nothing that is above the handler is delegated to whoever works on the issue,
 * proposed its closure or approved it: nobody judges his own work.
 */
export async function loadStandIns(
  ledger: Ledger,
  places: readonly Place[],
  holders: Holders,
  now: IsoInstant,
): Promise<StandIns> {
  const rows = await ledger.delegation.findMany({
    where: { revokedAt: null, fromAt: { lte: now }, untilAt: { gt: now } },
    orderBy: { id: 'asc' },
  });
  if (rows.length === 0) return { for: (_place, _role, holderId) => holderId, personIds: [] };
  const delegations = rows.map(({ fromPersonId, toPersonId, fromAt, untilAt }): Delegation => ({
    from: fromPersonId,
    to: toPersonId,
    fromAt: fromAt.toISOString(),
    untilAt: untilAt.toISOString(),
  }));
  const workers = await loadWorkers(ledger, places);
  const barredOf = (place: Place, role: Role): ReadonlySet<string> => {
    if (role === 'handler') return new Set();
    const plan = workers.plans.get(holders.bodyOf(place) ?? place.roundId ?? '');
    const isApproval = place.issueId === null && place.obligationId?.startsWith('plan-approval-') === true;
    return new Set([
      ...holders.handlersOf(place),
      ...(workers.issues.get(place.issueId ?? '') ?? []),
      ...(isApproval && plan !== undefined ? [plan] : []),
    ]);
  };
  return {
    for: (place, role, holderId) => standIn(delegations, holderId, now, barredOf(place, role)).personId,
    personIds: rows.map(({ toPersonId }) => toPersonId),
  };
}

async function loadWorkers(ledger: Ledger, places: readonly Place[]): Promise<Workers> {
  const issueIds = distinct(places.map(({ issueId }) => issueId));
  const roundIds = distinct(places.map(({ issueId, roundId }) => (issueId === null ? roundId : null)));
  const issues = await ledger.$queryRaw<{ id: string; people: string[] }[]>`
    SELECT id, jsonb_build_array(progress->'closure'->'proposedBy', progress->'closed'->'approvedBy')
      || coalesce(progress->'closed'->'approvers', '[]') AS people
    FROM "Issue" WHERE id = ANY(${issueIds}::text[]) AND progress IS NOT NULL`;
  const plans = await ledger.$queryRaw<{ id: string; by: string }[]>`
    SELECT p.id, p.by FROM "Round" r CROSS JOIN LATERAL (
      SELECT r.id, r.progress->'plan'->>'by' AS by
      UNION ALL SELECT b.key, b.value->>'by' FROM jsonb_each(coalesce(r.progress->'bodyPlans', '{}')) b
    ) p
    WHERE r.id = ANY(${roundIds}::text[]) AND p.by IS NOT NULL`;
  return {
    issues: new Map(issues.map(({ id, people }) => [id, people])),
    plans: new Map(plans.map(({ id, by }) => [id, by])),
  };
}
