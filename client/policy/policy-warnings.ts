import { obligationNames } from '../../workflows/rules/names.ts';
import { stems } from '../../workflows/rules/obligation-ids.ts';
import type { ObligationKind, Policy } from '../../workflows/rules/policy.ts';
import { extensionOf, ladderOf, lookBackOf } from '../../workflows/rules/policy-parts.ts';

/** The next of these takes the place of one that was not answered: their ladders need not go on for ever. */
const lapsing: readonly ObligationKind[] = ['checkIn', 'attestation', 'itemReport'];

/** What is allowed, but leaves somebody without a reminder. */
export function policyWarnings(policy: Policy): string[] {
  return broughtAbout(policy).flatMap((kind) => {
    const rungs = ladderOf(policy, kind);
    if (!rungs.some(({ proposal }) => proposal === undefined)) {
      return [`阶梯·${obligationNames[kind]}：没有设置，到期不会提醒任何人`];
    }
    const endless = rungs.some(({ repeatEveryWorkdays, proposal }) => repeatEveryWorkdays ?? proposal);
    if (endless || lapsing.includes(kind)) return [];
    return [`阶梯·${obligationNames[kind]}：没有重复的一级，也没有提请，无人答复时不会再提醒`];
  });
}

/** The kinds of obligation that a round under this policy can bring about. */
function broughtAbout(policy: Policy): ObligationKind[] {
  const duties = new Set((policy.duties ?? []).map(({ kind }) => kind as ObligationKind));
  const only: Readonly<Partial<Record<ObligationKind, boolean>>> = {
    proposalDecision: Object.values(policy.ladders).some((ladder) => ladder.some(({ proposal }) => proposal)),
    extensionDecision: extensionOf(policy).decidedBy.length > 0,
    attestationEndorsement: policy.attestation !== undefined,
    rectificationPlan: duties.has('rectificationPlan'),
    planApproval: duties.has('rectificationPlan'),
    weeklyCheck: duties.has('weeklyCheck'),
    monthlyDispatch: duties.has('monthlyDispatch'),
    periodicDuty: duties.has('periodicDuty'),
    evaluation: duties.has('evaluation'),
    progressReport: duties.has('progressReport'),
    lookBackDraw: lookBackOf(policy).share < 1,
  };
  return (Object.keys(stems) as ObligationKind[]).filter((kind) => only[kind] ?? true);
}
