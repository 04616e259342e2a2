import type { ObligationKind, Role } from '../../workflows/rules/policy.ts';
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

/** Who does it; the others on a ladder only read. */
const owners: Readonly<Record<ObligationKind, Role>> = {
  acknowledgement: 'handler',
  checkIn: 'handler',
  evidence: 'handler',
  closureProposal: 'handler',
  closureDecision: 'office',
  proposalDecision: 'office',
  attestation: 'handler',
  lookBack: 'reviewer',
};

/** The rungs that reach the owner, lowest first. A rung of another policy counts as the highest. */
const rungs: Readonly<Record<ObligationKind, readonly string[]>> = {
  acknowledgement: ['assigned', 'on-day', 'after-1', 'after-5'],
  checkIn: ['before-1', 'after-1', 'after-5'],
  evidence: ['before-10', 'before-3', 'on-day', 'after-1', 'after-3', 'after-11'],
  closureProposal: ['complete', 'on-day', 'after-3'],
  closureDecision: ['proposed', 'on-day', 'after-3'],
  proposalDecision: ['raised', 'on-day', 'after-3'],
  attestation: ['asked', 'on-day', 'after-3'],
  lookBack: ['asked', 'on-day', 'after-3', 'after-5'],
};

const stems: Readonly<Record<string, ObligationKind>> = {
  acknowledgement: 'acknowledgement',
  'check-in': 'checkIn',
  evidence: 'evidence',
  'closure-proposal': 'closureProposal',
  'closure-decision': 'closureDecision',
  'proposal-decision': 'proposalDecision',
  attestation: 'attestation',
  'look-back': 'lookBack',
};

/** What the reader of a line has to do; undefined when he has nothing to do, or the line is no reminder. */
export function dutyOf({ key, code }: OutgoingLine): Duty | undefined {
  const [issueId, cycle, obligationId, rungId, role, plannedOn] = key.split('/');
  if (issueId === undefined || obligationId === undefined || rungId === undefined || plannedOn === undefined) return;
  const parts = /^(.*?)(?:-(\d+))?-(\d+)$/.exec(obligationId);
  const kind = stems[parts?.[1] ?? ''];
  if (kind === undefined || owners[kind] !== role) return;
  const place = rungs[kind].indexOf(rungId);
  return {
    issueId,
    code,
    cycle: Number(cycle),
    obligationId,
    kind,
    measure: parts?.[2] === undefined ? undefined : Number(parts[2]),
    ordinal: Number(parts?.[3]),
    rung: place < 0 ? rungs[kind].length : place,
  };
}
