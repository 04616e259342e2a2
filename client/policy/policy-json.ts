import { stems } from '../../workflows/rules/obligation-ids.ts';
import type { ObligationKind, Policy, Rung } from '../../workflows/rules/policy.ts';
import {
  disputeOf,
  extensionOf,
  ladderOf,
  lookBackOf,
  statusAnswerOf,
  subLedgerOf,
  suspensionOf,
} from '../../workflows/rules/policy-parts.ts';
import { sharedPolicy } from '../../workflows/rules/presets/shared.ts';

/** A policy with every section spelled out, for people to edit: an empty list or `null` says that there is none. */
export type PolicyForm = Required<Omit<Policy, 'attestation' | 'ladders'>> & {
  readonly attestation: Policy['attestation'] | null;
  readonly ladders: Readonly<Record<ObligationKind, readonly Rung[]>>;
};

/** The form of a policy that people edit; `validatePolicy` reads it back. */
export function policyJson(policy: Policy): PolicyForm {
  const kinds = Object.keys(stems) as ObligationKind[];
  const { name, version, ...rest } = policy;
  return {
    name,
    version,
    ...rest,
    quietDays: policy.quietDays ?? [],
    ladders: Object.fromEntries(kinds.map((kind) => [kind, ladderOf(policy, kind)])) as PolicyForm['ladders'],
    phases: policy.phases ?? [],
    duties: policy.duties ?? [],
    closure: policy.closure ?? { levels: [{ role: 'office', of: 'all' }], satisfaction: 'none' },
    extension: extensionOf(policy),
    dispute: disputeOf(policy),
    suspension: suspensionOf(policy),
    statusAnswer: statusAnswerOf(policy),
    subLedger: subLedgerOf(policy),
    attestation: policy.attestation ?? null,
    lookBack: lookBackOf(policy),
    supervisionBatch: policy.supervisionBatch ?? sharedPolicy.supervisionBatch!,
    publication: policy.publication ?? sharedPolicy.publication!,
    completionRate: policy.completionRate ?? 'longTermCounted',
  };
}
