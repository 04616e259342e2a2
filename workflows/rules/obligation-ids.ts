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

export interface ObligationIdParts {
  readonly kind: ObligationKind;
  /** The inspected body's number within its round, from 1, where each body owes its own. */
  readonly body: number | undefined;
  readonly measure: number | undefined;
  readonly ordinal: number;
}

/**
 * An id in its parts: `evidence-2-1` is the first evidence owed for measure 2, `plan-approval-b2-1` the first approval of
 * the second body's plan. Undefined for text that is no id.
 */
export function obligationIdParts(id: string): ObligationIdParts | undefined {
  const parts = /^(.*?)(?:-b(\d+))?(?:-(\d+))?-(\d+)$/.exec(id);
  const kind = kinds.get(parts?.[1] ?? '');
  if (parts === null || kind === undefined) return undefined;
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return { kind, body: number(parts[2]), measure: number(parts[3]), ordinal: Number(parts[4]) };
}

/** The id without its ordinal: what opens under the same stem is counted. */
export function stemOf({ kind, body, measure }: Partial<ObligationIdParts> & Pick<ObligationIdParts, 'kind'>): string {
  return [
    stems[kind],
    ...(body === undefined ? [] : [`b${String(body)}`]),
    ...(measure === undefined ? [] : [String(measure)]),
  ].join('-');
}

/** A reopened obligation gets a new ordinal, hence new keys for all its lines. */
export function opening(
  { opened }: { readonly opened: Readonly<Record<string, number>> },
  kind: ObligationKind,
  role: Role,
  dueOn: IsoDate,
  measure?: number,
  body?: number,
): FactOf<'obligationOpened'> {
  const stem = stemOf({ kind, body, measure });
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
