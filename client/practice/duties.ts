import { obligationIdParts } from '../../workflows/rules/obligation-ids.ts';
import type { ObligationKind, Policy, PolicyDuty, Role, Rung } from '../../workflows/rules/policy.ts';
import { closureLevelsOf, extensionOf, ladderOf, subLedgerOf } from '../../workflows/rules/policy-parts.ts';
import { simplePolicy } from '../../workflows/rules/simple-policy.ts';
import type { OutgoingLine } from './outgoing-mail.ts';

/** What a line of a reminder asks for, read from its key alone. */
export interface Duty {
  /** The round's id, for a duty of the round. */
  readonly issueId: string;
  readonly code: string;
  readonly cycle: number;
  readonly obligationId: string;
  readonly kind: ObligationKind;
  /** For evidence: the measure's number, 0 for the issue itself. For a duty of the round: its number. */
  readonly measure: number | undefined;
  /** The how-manieth of its kind in this cycle, from 1. */
  readonly ordinal: number;
  /** How high on its ladder the line stands for whoever owes it: 0 is the first he reads of it. */
  readonly rung: number;
}

/**
 * What the reader of a line has to do; undefined when he has nothing to do, or the line is no reminder. Where levels
 * decide one after the other, the line does not say whose turn it is: the ledger does, when the decision is made.
 */
export function dutyOf({ key, code }: OutgoingLine, policy: Policy = simplePolicy): Duty | undefined {
  const [issueId, cycle, obligationId, rungId, role, plannedOn] = key.split('/');
  if (issueId === undefined || obligationId === undefined || rungId === undefined || plannedOn === undefined) return;
  const parts = obligationIdParts(obligationId);
  if (parts === undefined || !ownersOf(parts.kind, policy).includes(role as Role)) return;
  const { kind, measure, ordinal } = parts;
  const reaching = rungsReaching(ladderOf(policy, kind), role as Role);
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

/** Who does it; the others on a ladder only read. */
function ownersOf(kind: ObligationKind, policy: Policy): readonly Role[] {
  switch (kind) {
    case 'closureDecision':
      return ['office', ...closureLevelsOf({ policy, weight: 'major' }).map(({ role }) => role)];
    case 'extensionDecision':
      return ['office', ...extensionOf(policy).decidedBy];
    case 'itemRecheck':
      return ['office', subLedgerOf(policy).recheckedBy];
    case 'attestationEndorsement':
      return [policy.attestation?.endorsedBy ?? 'responsibleLeader'];
    case 'lookBack':
      return ['reviewer'];
    case 'planApproval':
      return ['groupHead'];
    case 'evidenceReview':
    case 'proposalDecision':
    case 'disputeDecision':
    case 'suspensionReview':
    case 'publicComment':
    case 'lookBackDraw':
      return ['office'];
    case 'rectificationPlan':
    case 'weeklyCheck':
    case 'monthlyDispatch':
    case 'periodicDuty':
    case 'evaluation':
    case 'progressReport':
      return ['office', ...listedRoles(kind, policy.duties ?? [])];
    default:
      return ['handler'];
  }
}

function listedRoles(kind: ObligationKind, duties: readonly PolicyDuty[]): Role[] {
  return duties.filter((duty) => duty.kind === kind).map(({ role }) => role);
}

/** A ladder is written for the role it names first; where another role decides, it is that one's. */
function rungsReaching(ladder: readonly Rung[], role: Role): readonly Rung[] {
  const sending = ladder.filter(({ proposal }) => proposal === undefined);
  const reaching = sending.filter(({ to }) => to.includes(role));
  if (reaching.length > 0) return reaching;
  const first = sending[0]?.to[0];
  return sending.filter(({ to }) => first !== undefined && to.includes(first));
}
