import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { standsFor } from '../../workflows/rules/delegation.ts';
import { readRunningDelegations } from '../acting/running-delegations.ts';
import { heldAt } from '../reading/role-holders.ts';

/** Which issues of real rounds somebody may see. */
export type Sight =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'held';
      /** In whole. */
      readonly roundIds: readonly string[];
      readonly bodyIds: readonly string[];
      readonly issueIds: readonly string[];
    };

/**
 * What a person may see: the supervision office all, anybody else what he holds a role for now, or stands in for (委托): the issue, all
 * of a body, or all of a round. Who has handed a role over sees no more of it; a draft is the office's alone.
 */
export async function readSight(
  ledger: Ledger,
  { personId, standing }: { readonly personId: string; readonly standing: 'office' | 'person' },
  now: IsoInstant,
): Promise<Sight> {
  if (standing === 'office') return { kind: 'all' };
  const held = await ledger.assignment.findMany({
    where: {
      personId: { in: standsFor(await readRunningDelegations(ledger, now), personId, now) },
      round: { clockId: 'real', state: { not: 'draft' } },
      ...heldAt(now),
    },
    select: { roundId: true, bodyId: true, issueId: true },
  });
  const distinct = (ids: readonly (string | null)[]) => [...new Set(ids)].filter((id) => id !== null);
  return {
    kind: 'held',
    roundIds: distinct(
      held.map(({ roundId, bodyId, issueId }) => (bodyId === null && issueId === null ? roundId : null)),
    ),
    bodyIds: distinct(held.map(({ bodyId, issueId }) => (issueId === null ? bodyId : null))),
    issueIds: distinct(held.map(({ issueId }) => issueId)),
  };
}

/** The issues in sight, as a filter. */
export function issuesInSight(sight: Sight): Prisma.IssueWhereInput {
  if (sight.kind === 'all') return { round: { clockId: 'real' } };
  const { roundIds, bodyIds, issueIds } = sight;
  return {
    round: { clockId: 'real', state: { not: 'draft' } },
    OR: [{ roundId: { in: [...roundIds] } }, { bodyId: { in: [...bodyIds] } }, { id: { in: [...issueIds] } }],
  };
}

/** The rounds of which anything is in sight, as a filter; how much of each, `issuesInSight` says. */
export function roundsInSight(sight: Sight): Prisma.RoundWhereInput {
  if (sight.kind === 'all') return { clockId: 'real' };
  const { roundIds, bodyIds, issueIds } = sight;
  return {
    clockId: 'real',
    state: { not: 'draft' },
    OR: [
      { id: { in: [...roundIds] } },
      { bodies: { some: { id: { in: [...bodyIds] } } } },
      { issues: { some: { id: { in: [...issueIds] } } } },
    ],
  };
}
