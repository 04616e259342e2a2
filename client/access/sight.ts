import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { standsFor } from '../../workflows/rules/delegation.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { readRunningDelegations } from '../acting/running-delegations.ts';
import { heldAt } from '../reading/role-holders.ts';
import { type ConfidentialHeld, readConfidential } from './confidential.ts';

/** A role in a launched round: for one issue, for a body, or (both null) for the whole round. */
interface HeldRole {
  readonly role: Role;
  readonly roundId: string;
  readonly bodyId: string | null;
  readonly issueId: string | null;
}

/** What a person holds in real rounds now, or stands in for. */
export interface HeldSight {
  readonly personId: string;
  readonly held: readonly HeldRole[];
  /** What of the confidential issues (保密问题) of these bodies and rounds he sees, and by which role. */
  readonly confidential: readonly ConfidentialHeld[];
}

/** What somebody may see. Drills are seen whole or not at all: nobody in them is real. */
export interface Sight {
  readonly real: 'all' | 'none' | HeldSight;
  readonly drills: 'all' | 'none';
}

/** Of the supervision office, and of whoever holds the API's token. */
export const everything: Sight = { real: 'all', drills: 'all' };

/**
 * What a person may see of real rounds: the supervision office all, anybody else what he holds a role for now, or stands in for
 * (委托): the issue, all of a body, or all of a round; but a confidential issue only where nobody holds the role nearer (`nearest`).
 * Who has handed a role over sees no more of it; a draft is the office's alone. Gives him and everybody for whom he stands in, too. The words of a measure that holds people to account (追责问责) are told apart: `secret-measures.ts` says to whom.
 */
export async function readSight(
  ledger: Ledger,
  { personId, standing }: { readonly personId: string; readonly standing: 'office' | 'person' },
  now: IsoInstant,
): Promise<{ readonly real: Sight['real']; readonly standsFor: readonly string[] }> {
  const persons = standsFor(await readRunningDelegations(ledger, now), personId, now);
  if (standing === 'office') return { real: 'all', standsFor: persons };
  const held = await ledger.assignment.findMany({
    where: { personId: { in: persons }, round: { clockId: 'real', state: { not: 'draft' } }, ...heldAt(now) },
    select: { role: true, roundId: true, bodyId: true, issueId: true },
  });
  const confidential = await readConfidential(ledger, { persons, held, now });
  return { real: { personId, held, confidential }, standsFor: persons };
}

/** The issues in sight, as a filter. */
export function issuesInSight(sight: Sight): Prisma.IssueWhereInput {
  if (seesAll(sight)) return {};
  return {
    OR: [...drillsIn(sight).map((round) => ({ round })), ...(sight.real === 'none' ? [] : [realIssues(sight.real)])],
  };
}

/** The rounds of which anything is in sight, as a filter; how much of each, `issuesInSight` says. */
export function roundsInSight(sight: Sight): Prisma.RoundWhereInput {
  if (seesAll(sight)) return {};
  const { real } = sight;
  const held =
    real === 'none'
      ? []
      : real === 'all'
        ? [{ clockId: 'real' }]
        : [{ id: { in: distinct(real.held.map(({ roundId }) => roundId)) } }];
  return { OR: [...drillsIn(sight), ...held] };
}

/** As `issuesInSight`, on an issue `i`; undefined where every issue is. */
export function conditionOfSight(sight: Sight): SightCondition | undefined {
  if (seesAll(sight)) return undefined;
  const { real, drills } = sight;
  const inDrill = Prisma.sql`i."roundId" IN (SELECT "roundId" FROM "Drill")`;
  const parts = drills === 'all' ? [inDrill] : [];
  if (real === 'all') parts.push(Prisma.sql`NOT ${inDrill}`);
  else if (real !== 'none') {
    const { roundIds, bodyIds, issueIds } = scopesOf(real);
    if (drills === 'none' && roundIds.length + bodyIds.length === 0)
      return { are: 'few', condition: Prisma.sql`i.id = ANY(${issueIds}::text[])` };
    parts.push(inScopes({ roundIds, bodyIds, issueIds }));
  }
  return {
    are: 'many',
    condition: parts.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(parts, ' OR ')})`,
  };
}

/**
 * What lists show of a sight: where there are rounds in earnest these alone. A drill (演练) bears the same codes and titles, and has
 * its own pages.
 */
export async function sightOfLists(ledger: Ledger, sight: Sight): Promise<Sight> {
  if (sight.drills === 'none' || sight.real === 'none') return sight;
  const inEarnest = { ...sight, drills: 'none' } as const;
  const [round, drill] = await Promise.all([
    ledger.round.findFirst({ where: roundsInSight(inEarnest), select: { id: true } }),
    ledger.drill.findFirst({ select: { id: true } }),
  ]);
  return round === null || drill === null ? sight : inEarnest;
}

/** An obligation `o` of an issue `i` that somebody meets by a role he holds, or stands in for, as a condition. */
export function conditionOfTurn({ held, confidential }: HeldSight): Prisma.Sql {
  const byRole = [...groupBy(held, ({ role }) => role)].map(([role, same]) => {
    const scopes = scopesOf({ held: same, confidential: confidential.filter((one) => one.role === role) });
    return Prisma.sql`(o.role = ${role}::"Role" AND ${inScopes(scopes)})`;
  });
  return byRole.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(byRole, ' OR ')})`;
}

/** The mails `m` in sight, those that came in or went out, as a condition: their reader's or writer's, and the office's. */
export function lettersInSight(sight: Sight): Prisma.Sql {
  if (seesAll(sight)) return Prisma.sql`true`;
  const { real, drills } = sight;
  const clock = Prisma.sql`coalesce(m."clockId", 'real')`;
  const parts = drills === 'all' ? [Prisma.sql`${clock} <> 'real'`] : [];
  if (real === 'all') parts.push(Prisma.sql`${clock} = 'real'`);
  else if (real !== 'none') parts.push(Prisma.sql`${clock} = 'real' AND m."personId" = ${real.personId}`);
  return parts.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(parts, ' OR ')})`;
}

/** `few`: the issues are named one by one, so that a list begins with them. */
export interface SightCondition {
  readonly are: 'few' | 'many';
  readonly condition: Prisma.Sql;
}

/** Whether all of a round is in sight, and so its people and what leaves for them. */
export function seesWhole(sight: Sight, round: { readonly id: string; readonly clockId: string }): 'whole' | 'part' {
  if (round.clockId !== 'real') return sight.drills === 'all' ? 'whole' : 'part';
  if (sight.real === 'all' || sight.real === 'none') return sight.real === 'all' ? 'whole' : 'part';
  return scopesOf(sight.real).roundIds.includes(round.id) ? 'whole' : 'part';
}

/** Whether nothing at all is out of sight. */
export function seesAll({ real, drills }: Sight): boolean {
  return real === 'all' && drills === 'all';
}

function drillsIn({ drills }: Sight): Prisma.RoundWhereInput[] {
  return drills === 'all' ? [{ clockId: { not: 'real' } }] : [];
}

function realIssues(real: 'all' | HeldSight): Prisma.IssueWhereInput {
  if (real === 'all') return { round: { clockId: 'real' } };
  const { roundIds, bodyIds, issueIds } = scopesOf(real);
  const wide = { secrecy: 'ordinary' as const, OR: [{ roundId: { in: roundIds } }, { bodyId: { in: bodyIds } }] };
  return { OR: [wide, { id: { in: issueIds } }] };
}

/** What is seen: of rounds and bodies what is not confidential, and issues one by one. */
interface Scopes {
  readonly roundIds: string[];
  readonly bodyIds: string[];
  readonly issueIds: string[];
}

function inScopes({ roundIds, bodyIds, issueIds }: Scopes): Prisma.Sql {
  return Prisma.sql`(i.secrecy = 'ordinary' AND (i."roundId" = ANY(${roundIds}::text[]) OR i."bodyId" = ANY(${bodyIds}::text[]))
    OR i.id = ANY(${issueIds}::text[]))`;
}

function scopesOf({ held, confidential }: Pick<HeldSight, 'held' | 'confidential'>): Scopes {
  return {
    roundIds: distinct(held.map((one) => (one.bodyId === null && one.issueId === null ? one.roundId : null))),
    bodyIds: distinct(held.map(({ bodyId, issueId }) => (issueId === null ? bodyId : null))),
    issueIds: distinct([...held, ...confidential].map(({ issueId }) => issueId)),
  };
}

function distinct(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids)].filter((id) => id !== null);
}
