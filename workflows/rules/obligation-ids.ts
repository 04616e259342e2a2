import type { FactOf } from './events.ts';
import type { IsoDate } from './instants.ts';
import type { ObligationKind, Role } from './policy.ts';

/** An obligation's id begins with its stem; a kind and its stem never change. */
export const stems: Readonly<Record<ObligationKind, string>> = {
  acknowledgement: 'acknowledgement',
  checkIn: 'check-in',
  evidence: 'evidence',
  evidenceReview: 'evidence-review',
  closureProposal: 'closure-proposal',
  closureDecision: 'closure-decision',
  proposalDecision: 'proposal-decision',
  extensionDecision: 'extension-decision',
  disputeDecision: 'dispute-decision',
  suspensionReview: 'suspension-review',
  statusAnswer: 'status-answer',
  itemReport: 'item-report',
  itemRecheck: 'item-recheck',
  attestation: 'attestation',
  attestationEndorsement: 'attestation-endorsement',
  lookBack: 'look-back',
  rectificationPlan: 'rectification-plan',
  planApproval: 'plan-approval',
  weeklyCheck: 'weekly-check',
  monthlyDispatch: 'monthly-dispatch',
  periodicDuty: 'periodic-duty',
  evaluation: 'evaluation',
  progressReport: 'progress-report',
  supervisionBatch: 'supervision-batch',
  publicComment: 'public-comment',
  lookBackDraw: 'look-back-draw',
};

const kinds = new Map(Object.entries(stems).map(([kind, stem]) => [stem, kind as ObligationKind]));

/** An id in its parts: `evidence-2-1` is the first evidence owed for measure 2. Undefined for text that is no id. */
export function obligationIdParts(
  id: string,
): { readonly kind: ObligationKind; readonly measure: number | undefined; readonly ordinal: number } | undefined {
  const parts = /^(.*?)(?:-(\d+))?-(\d+)$/.exec(id);
  const kind = kinds.get(parts?.[1] ?? '');
  if (parts === null || kind === undefined) return undefined;
  return { kind, measure: parts[2] === undefined ? undefined : Number(parts[2]), ordinal: Number(parts[3]) };
}

/** A reopened obligation gets a new ordinal, hence new keys for all its lines. */
export function opening(
  { opened }: { readonly opened: Readonly<Record<string, number>> },
  kind: ObligationKind,
  role: Role,
  dueOn: IsoDate,
  measure?: number,
): FactOf<'obligationOpened'> {
  const stem = measure === undefined ? stems[kind] : `${stems[kind]}-${String(measure)}`;
  const ordinal = (opened[stem] ?? 0) + 1;
  return {
    type: 'obligationOpened',
    obligationId: `${stem}-${String(ordinal)}`,
    kind,
    role,
    dueOn,
    ...(measure !== undefined && { measure }),
  };
}
