import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import { RefusedError } from '../refused-error.ts';

/** A version of a round's policy (办法). */
export interface ListedPolicyVersion {
  readonly version: number;
  readonly name: string;
  readonly note: string;
  readonly createdAt: IsoInstant;
  readonly adoptedBy: string | null;
  /** Null for the first, which came with the round, and for one that has not been adopted. */
  readonly adoptedAt: IsoInstant | null;
  /** Whether it is the one that the round goes by. */
  readonly state: 'current' | 'earlier' | 'notAdopted';
}

/** All versions of a round's policy, the first one first. @throws RefusedError `UnknownRound` */
export async function policyVersions(ledger: Ledger, roundId: string): Promise<ListedPolicyVersion[]> {
  const round = await ledger.round.findUnique({
    where: { id: roundId },
    select: { policyVersion: true, policies: { orderBy: { version: 'asc' } } },
  });
  if (round === null) throw new RefusedError('UnknownRound', '没有这个轮次');
  return round.policies.map(({ version, body, note, createdAt, adoptedBy, adoptedAt }) => ({
    version,
    name: (body as unknown as Policy).name,
    note,
    createdAt: createdAt.toISOString(),
    adoptedBy,
    adoptedAt: adoptedAt?.toISOString() ?? null,
    state: version === round.policyVersion ? 'current' : adoptedAt !== null || version === 1 ? 'earlier' : 'notAdopted',
  }));
}

/** A version's policy; the one that the round goes by when none is named. @throws RefusedError `UnknownRound`, `UnknownPolicy` */
export async function policyOf(ledger: Ledger, roundId: string, version?: number): Promise<Policy> {
  const round = await ledger.round.findUnique({ where: { id: roundId }, select: { policyVersion: true } });
  if (round === null) throw new RefusedError('UnknownRound', '没有这个轮次');
  const wanted = version ?? round.policyVersion;
  const found = await ledger.policyVersion.findUnique({ where: { roundId_version: { roundId, version: wanted } } });
  if (found === null) throw new RefusedError('UnknownPolicy', `这个轮次没有第${String(wanted)}版办法`);
  return found.body as unknown as Policy;
}

/**
 * Keeps a policy as the round's next version, whatever version it says itself. Nothing that runs changes by it: that is
 * what adopting is for. A second call makes another version.
 *
 * @throws RefusedError `UnknownRound`
 */
export async function savePolicy(
  ledger: Ledger,
  roundId: string,
  policy: Policy,
  { note }: { readonly note: string },
): Promise<{ version: number }> {
  const versions = await policyVersions(ledger, roundId);
  const version = Math.max(0, ...versions.map((one) => one.version)) + 1;
  const body = { ...policy, version } as unknown as Prisma.InputJsonObject;
  const written = await ledger.policyVersion.createMany({
    data: { roundId, version, body, note },
    skipDuplicates: true,
  });
  // Somebody else took the number since we looked.
  return written.count === 0 ? savePolicy(ledger, roundId, policy, { note }) : { version };
}
