import { obligationIdParts } from '../../workflows/rules/obligation-ids.ts';
import type { ObligationKind, Policy, Role } from '../../workflows/rules/policy.ts';
import { ladderOf } from '../../workflows/rules/policy-parts.ts';
import { simplePolicy } from '../../workflows/rules/simple-policy.ts';
import type { OutgoingLine } from './outgoing-mail.ts';

/** What a line of a reminder asks for, read from its key alone. */
export interface Duty {
  readonly issueId: string;
  readonly code: string;
  readonly cycle: number;
  readonly obligationId: string;
  readonly kind: ObligationKind;
  /** For evidence: the measure's number, 0 for the issue itself. */
  readonly measure: number | undefined;
  /** The how-manieth of its kind in this cycle, from 1. */
  readonly ordinal: number;
  /** How high on its ladder the line stands for whoever owes it: 0 is the first he reads of it. */
  readonly rung: number;
}

/** Who does it; the others on a ladder only read. Where levels differ, whose turn it is the ledger says. */
const owners: Readonly<Partial<Record<ObligationKind, readonly Role[]>>> = {
  closureDecision: ['office', 'groupHead', 'reviewer', 'responsibleLeader'],
  evidenceReview: ['office'],
  proposalDecision: ['office'],
  extensionDecision: ['office', 'groupHead', 'reviewer', 'responsibleLeader'],
  disputeDecision: ['office'],
  suspensionReview: ['office'],
  itemRecheck: ['office', 'reviewer'],
  attestationEndorsement: ['responsibleLeader', 'groupHead'],
  lookBack: ['reviewer'],
};

/** What the reader of a line has to do; undefined when he has nothing to do, or the line is no reminder. */
export function dutyOf({ key, code }: OutgoingLine, policy: Policy = simplePolicy): Duty | undefined {
  const [issueId, cycle, obligationId, rungId, role, plannedOn] = key.split('/');
  if (issueId === undefined || obligationId === undefined || rungId === undefined || plannedOn === undefined) return;
  const parts = obligationIdParts(obligationId);
  if (parts === undefined || !(owners[parts.kind] ?? ['handler']).includes(role as Role)) return;
  const { kind, measure, ordinal } = parts;
  const reaching = ladderOf(policy, kind).filter(
    ({ proposal, to }) => proposal === undefined && to.includes(role as Role),
  );
  const place = reaching.findIndex(({ id }) => id === rungId);
  return {
    issueId,
    code,
    cycle: Number(cycle),
    obligationId,
    kind,
    measure,
    ordinal,
    // A rung that reaches him only because the ladder starts higher counts as the highest.
    rung: place < 0 ? reaching.length : place,
  };
}
