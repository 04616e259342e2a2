import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { heldAt } from '../reading/role-holders.ts';
import { type HeldScope, nearest } from './nearest.ts';

/** A confidential issue (保密问题) that somebody sees by a role which he holds for its body or for its round. */
export interface ConfidentialHeld {
  readonly role: Role;
  readonly issueId: string;
}

interface Held extends HeldScope {
  readonly role: Role;
  readonly roundId: string;
}

/**
 * Which confidential issues are seen by roles that are held for a body or a round: those of which nobody holds the role nearer. What
 * is held for an issue itself is nearest always. Two questions, and none where nothing is held so widely.
 *
 * @param held of these persons, at `now`
 */
export async function readConfidential(
  ledger: Ledger,
  {
    persons,
    held,
    now,
  }: { readonly persons: readonly string[]; readonly held: readonly Held[]; readonly now: IsoInstant },
): Promise<ConfidentialHeld[]> {
  const wide = held.filter(({ issueId }) => issueId === null);
  const roles = [...new Set(wide.map(({ role }) => role))];
  const roundIds = [...new Set(wide.map(({ roundId }) => roundId))];
  if (wide.length === 0) return [];
  const issues = await ledger.issue.findMany({
    where: { roundId: { in: roundIds }, secrecy: 'confidential' },
    select: { id: true, roundId: true, bodyId: true },
  });
  if (issues.length === 0) return [];
  const all = await ledger.assignment.findMany({
    where: {
      ...{ roundId: { in: roundIds }, role: { in: roles }, ...heldAt(now) },
      OR: [{ issueId: null }, { issueId: { in: issues.map(({ id }) => id) } }],
    },
    select: { role: true, roundId: true, issueId: true, bodyId: true, personId: true },
  });
  return issues.flatMap(({ id: issueId, roundId, bodyId }) =>
    roles.flatMap((role) => {
      const ofRole = all.filter(
        (one) =>
          one.role === role &&
          (one.issueId === null
            ? one.roundId === roundId && (one.bodyId === null || one.bodyId === bodyId)
            : one.issueId === issueId),
      );
      return nearest(ofRole).some(({ personId }) => persons.includes(personId)) ? [{ role, issueId }] : [];
    }),
  );
}
