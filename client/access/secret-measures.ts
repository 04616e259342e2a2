import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { closureLevelsOf } from '../../workflows/rules/policy-parts.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { heldAt, heldFor } from '../reading/role-holders.ts';
import { storedIssue } from '../reading/stored.ts';
import { nearest } from './nearest.ts';
import type { Sight } from './sight.ts';

/** Who answers for an issue, whatever its policy says of its closure. */
const answering: readonly Role[] = ['handler', 'responsibleLeader', 'groupHead'];

/**
 * The numbers of an issue's measures whose words, evidence and outcomes somebody may not read, though he sees the issue: who is to
 * be held to account (追责问责) is for the supervision office, and for whoever himself, not as a stand-in (委托), handles or leads
 * the issue or the measure or judges its closure; everybody else in sight of the issue learns that there is such a measure, and no
 * more. Of a drill nothing is secret.
 */
export async function secretMeasures(
  ledger: Ledger,
  { real }: Sight,
  issueId: string,
  now: IsoInstant,
): Promise<ReadonlySet<number>> {
  if (real === 'all') return new Set();
  const issue = await ledger.issue.findUniqueOrThrow({
    where: { id: issueId },
    select: {
      roundId: true,
      bodyId: true,
      weight: true,
      round: { select: { clockId: true } },
      measures: { where: { kind: 'accountability' }, select: { number: true } },
    },
  });
  if (issue.measures.length === 0 || issue.round.clockId !== 'real') return new Set();
  const numbers = issue.measures.map(({ number }) => number);
  if (real === 'none') return new Set(numbers);
  const stored = storedIssue(
    await ledger.issue.findUniqueOrThrow({ where: { id: issueId }, select: { terms: true, progress: true } }),
  );
  const judging = stored === undefined ? [] : closureLevelsOf(stored.terms).map(({ role }) => role);
  const roles = [...new Set([...answering, ...judging])];
  const held = await ledger.assignment.findMany({
    where: { role: { in: roles }, ...heldFor(issue.roundId, [issueId]), ...heldAt(now) },
    select: { role: true, personId: true, issueId: true, bodyId: true, measure: true },
  });
  const readsOf = (measure: number) =>
    roles.some((role) => {
      const ofRole = held.filter((one) => one.role === role);
      const ofMeasure = ofRole.filter((one) => one.measure === measure);
      const ofIssue = nearest(ofRole.filter((one) => one.measure === null));
      return [...ofMeasure, ...ofIssue].some(({ personId }) => personId === real.personId);
    });
  return new Set(numbers.filter((number) => !readsOf(number)));
}
