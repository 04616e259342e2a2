import type { ClosureLevel, ObligationKind, Policy, PolicyDuty, Role, Rung } from './policy.ts';
import type { IssueTerms } from './terms.ts';

/** The rungs of a kind; none where nobody is reminded of it. */
export function ladderOf(policy: Policy, kind: ObligationKind): readonly Rung[] {
  return policy.ladders[kind] ?? [];
}

/** Duties of which the policy says whose they are; their ladders are written for whom their first rung reaches first. */
const givenByPolicy: ReadonlySet<ObligationKind> = new Set([
  'closureDecision',
  'extensionDecision',
  'itemRecheck',
  'attestationEndorsement',
  'rectificationPlan',
  'weeklyCheck',
  'monthlyDispatch',
  'periodicDuty',
  'evaluation',
  'progressReport',
]);

/** The rungs of an obligation: a duty that the policy gives to another role is chased with him, and not with the usual one. */
export function ladderFor(
  policy: Policy,
  { kind, role }: { readonly kind: ObligationKind; readonly role: Role },
): readonly Rung[] {
  const ladder = ladderOf(policy, kind);
  const usual = ladder[0]?.to[0];
  if (usual === undefined || usual === role || !givenByPolicy.has(kind)) return ladder;
  return ladder.map((rung) => ({
    ...rung,
    to: [...new Set(rung.to.map((reader) => (reader === usual ? role : reader)))],
  }));
}

/** What each Party group answers for itself; the office checks and dispatches all of them together. */
const usuallyPerBody: readonly PolicyDuty['kind'][] = ['rectificationPlan', 'progressReport', 'evaluation'];

/** Whether each body of several owes a duty of its own, or the round owes it once. */
export function dutyPer({ kind, per }: PolicyDuty): NonNullable<PolicyDuty['per']> {
  return per ?? (usuallyPerBody.includes(kind) ? 'body' : 'round');
}

/** Who approves this issue's closure, in this order; by the office alone where the policy says nothing. */
export function closureLevelsOf({ policy, weight }: Pick<IssueTerms, 'policy' | 'weight'>): readonly ClosureLevel[] {
  const levels = policy.closure?.levels ?? [{ role: 'office', of: 'all' }];
  return levels.filter((level) => level.of === 'all' || weight === 'major');
}

/** Whether this issue's closure needs a satisfaction note (群众满意度). */
export function needsSatisfaction({ policy, weight }: Pick<IssueTerms, 'policy' | 'weight'>): boolean {
  const needed = policy.closure?.satisfaction ?? 'none';
  return needed === 'all' || (needed === 'major' && weight === 'major');
}

/** Who decides the next extension after so many; undefined when there is none to be had. */
export function extensionDecider(policy: Policy, granted: number): Role | undefined {
  return extensionOf(policy).decidedBy[granted];
}

export function extensionOf(policy: Policy): NonNullable<Policy['extension']> {
  return policy.extension ?? { decidedBy: ['office', 'groupHead'], decideWithinWorkdays: 3, atMostDays: 180 };
}

export function disputeOf(policy: Policy): NonNullable<Policy['dispute']> {
  return policy.dispute ?? { decideWithinWorkdays: 5 };
}

export function suspensionOf(policy: Policy): NonNullable<Policy['suspension']> {
  return policy.suspension ?? { reviewEveryMonths: 1 };
}

export function statusAnswerOf(policy: Policy): NonNullable<Policy['statusAnswer']> {
  return policy.statusAnswer ?? { withinWorkdays: 3 };
}

export function subLedgerOf(policy: Policy): NonNullable<Policy['subLedger']> {
  return policy.subLedger ?? { reportEveryMonths: 1, recheckedBy: 'office', recheckWithinWorkdays: 5 };
}

/** Every closed issue is looked back at where the policy says nothing. */
export function lookBackOf(policy: Policy): NonNullable<Policy['lookBack']> {
  return policy.lookBack ?? { share: 1, drawWithinWorkdays: 10, againAfterMonths: 3 };
}
