import type { Ledger } from '../../prisma/client.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { closureLevelsOf } from '../../workflows/rules/policy-parts.ts';
import { businessNow } from '../../prisma/business-time.ts';
import { readRoleHolders } from '../reading/role-holders.ts';
import { storedIssue } from '../reading/stored.ts';

interface WarnedIssue {
  readonly id: string;
  readonly roundId: string;
  readonly terms: unknown;
  readonly progress: unknown;
  readonly round: { readonly clockId: string };
}

/**
 * What a handover would leave nobody to judge: whoever handles an issue must not be the only one who could approve it,
 * nor take over judging what he has handled.
 */
export async function handoverWarnings(
  ledger: Ledger,
  { to, role }: { readonly to: string; readonly role: Role },
  issues: readonly WarnedIssue[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rounds = new Map(issues.map(({ roundId, round }) => [roundId, round.clockId]));
  const moments = await Promise.all(
    [...rounds].map(async ([id, clockId]) => ({ id, now: await businessNow(ledger, clockId) })),
  );
  const holders = await readRoleHolders(ledger, moments);
  return new Map(
    issues.map((issue) => {
      const stored = storedIssue(issue);
      if (stored === undefined) return [issue.id, []];
      const holding = (one: Role) => holders.holding(issue.roundId, issue.id, one).map(({ id }) => id);
      const judging = closureLevelsOf(stored.terms).map((level) => level.role);
      const alone = judging.filter((one) => one !== role && isOnly(holding(one), to)).map((one) => roleNames[one]);
      const worked =
        holding('handler').includes(to) ||
        stored.progress.measures.some(({ evidence }) => evidence.some(({ by }) => by === to));
      return [
        issue.id,
        [
          ...(role === 'handler' && alone.length > 0
            ? [`接手人是唯一的${[...new Set(alone)].join('、')}，销号将无人审核，请另行指定审核人`]
            : []),
          ...(role !== 'handler' && judging.includes(role) && worked
            ? ['接手人办理过这个问题，不能审核自己的材料，请另行指定审核人']
            : []),
        ],
      ] as const;
    }),
  );
}

function isOnly(ids: readonly string[], id: string): boolean {
  return ids.length > 0 && ids.every((one) => one === id);
}
