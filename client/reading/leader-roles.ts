import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { type Delegation, standIn } from '../../workflows/rules/delegation.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { toDelegation } from './line-readers.ts';
import type { PersonReading, RoleHolders } from './role-holders.ts';

/** The roles above the handler's: who holds one looks on, is reminded when things stand still, and decides. */
export const leadingRoles = ['responsibleLeader', 'groupHead', 'office', 'reviewer'] as const satisfies readonly Role[];

/** An issue as far as a leader's page goes: none of its measures' texts. */
export const leaderIssueFields = {
  id: true,
  code: true,
  title: true,
  roundId: true,
  unit: true,
  phase: true,
  cycle: true,
  terms: true,
  progress: true,
  measures: { select: { number: true, unit: true, kind: true } },
  deadline: true,
  firstDeadline: true,
} as const satisfies Prisma.IssueSelect;

export type LeaderIssue = Prisma.IssueGetPayload<{ select: typeof leaderIssueFields }>;

/** Somebody who answers in a role now. */
export interface Answering {
  readonly role: Role;
  readonly person: Pick<PersonReading, 'id' | 'name'>;
  /** Whose role it is, when he stands in (委托); null for the holder himself, also while he is away. */
  readonly onBehalfOf: Pick<PersonReading, 'id' | 'name'> | null;
}

/** Who answers for what, now: holders, and whoever stands in for one of them. */
export interface LeaderRoles {
  /** For something owed by a role, of a measure or of the issue as a whole. */
  answering(issue: RoledIssue, role: Role, measure?: number): readonly Answering[];
  /** In any of the leading roles, for the issue or for a measure of it. */
  leading(issue: RoledIssue): readonly Answering[];
}

type RoledIssue = Pick<LeaderIssue, 'id' | 'roundId'> & { readonly measures: readonly { readonly number: number }[] };

/** @param delegations those that are not revoked, of all times; the names of whom they name are found in `names` */
export function leaderRoles(
  holders: RoleHolders,
  delegations: readonly Delegation[],
  names: ReadonlyMap<string, string>,
  now: IsoInstant,
): LeaderRoles {
  const answering: LeaderRoles['answering'] = ({ id, roundId }, role, measure) => {
    const barred = new Set(
      role === 'handler' ? [] : holders.holding(roundId, id, 'handler').map(({ id: handler }) => handler),
    );
    return holders.holding(roundId, id, role, measure).flatMap((holder): Answering[] => {
      const own = { role, person: holder, onBehalfOf: null };
      const { personId } = standIn(delegations, holder.id, now, barred);
      if (personId === holder.id) return [own];
      return [own, { role, person: { id: personId, name: names.get(personId) ?? '' }, onBehalfOf: holder }];
    });
  };
  return {
    answering,
    leading: (issue) =>
      leadingRoles.flatMap((role) =>
        [undefined, ...issue.measures.map(({ number }) => number)].flatMap((measure) =>
          answering(issue, role, measure),
        ),
      ),
  };
}

/** The delegations of a clock's people that are not revoked and not over, with the names of whom they name. */
export async function readDelegations(ledger: Ledger, { clockId, now }: { clockId: string; now: IsoInstant }) {
  const rows = await ledger.delegation.findMany({
    where: { scope: clockId, revokedAt: null, untilAt: { gt: now } },
    orderBy: [{ fromAt: 'asc' }, { id: 'asc' }],
  });
  const people = await ledger.person.findMany({
    where: { id: { in: rows.flatMap(({ fromPersonId, toPersonId }) => [fromPersonId, toPersonId]) } },
    select: { id: true, name: true },
  });
  return { delegations: rows.map(toDelegation), names: new Map(people.map(({ id, name }) => [id, name])) };
}

/** For what a role is held: an issue, else a body, else the whole round. */
export interface HeldScope {
  readonly issueId: string | null;
  readonly body: { readonly name: string } | null;
}

/** `全轮`, `大王村党总支、3项`: what the same role is held for. */
export function scopeWords(held: readonly HeldScope[]): string {
  const wide = held.flatMap(({ issueId, body }) => (issueId === null ? [body?.name ?? '全轮'] : []));
  const issues = new Set(held.flatMap(({ issueId }) => issueId ?? []));
  return [...new Set(wide), ...(issues.size === 0 ? [] : [`${String(issues.size)}项`])].join('、');
}
