import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ClosureOutcome } from './events.ts';
import { addMonths, type IsoDate } from './instants.ts';
import { type IssueProgress, measuresWithoutEvidence } from './progress.ts';

/** Why something cannot be done in the issue's present state: a stable code and a sentence for people. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/**
 * The hash of what a closure rests on: issue, cycle, outcome, and every measure with its evidence.
 * Whoever approves names it, so nobody approves a state he has not seen.
 */
export function closureStateHash(issueId: string, progress: IssueProgress, outcome: ClosureOutcome): string {
  const measures = progress.measures.map(({ number, evidence }) => [
    number,
    evidence.filter(({ state }) => state !== 'returned').map(({ evidenceId }) => evidenceId),
  ]);
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([issueId, progress.cycle, outcome, measures]))));
}

/** The hash of the present state of a closure under review, which a decision must name; null when none is. */
export function closureStateOf(issueId: string, progress: IssueProgress): string | null {
  if (progress.phase !== 'closureReview' || progress.closure === undefined) return null;
  return closureStateHash(issueId, progress, progress.closure.outcome);
}

/** Why closure (销号) cannot be proposed now; empty when it can. All that is missing is named at once. */
export function proposalRefusals(progress: IssueProgress): Refusal[] {
  if (progress.phase !== 'rectification' && progress.phase !== 'assignment') {
    return [{ code: 'WrongPhase', message: phaseSentence(progress, '申请销号') }];
  }
  return measuresWithoutEvidence(progress).map(({ number }) => ({
    code: 'EvidenceMissing',
    message: number === 0 ? '还没有佐证材料' : `措施${String(number)}还没有佐证材料`,
  }));
}

/** A decision (销号审核) as somebody asks for it. */
export type ClosureDecision =
  | { readonly kind: 'approved'; readonly stateHash: string; readonly acceptedEvidence: readonly string[] }
  | { readonly kind: 'returned'; readonly reason: string; readonly measures: readonly number[] };

/** Why this person cannot take this decision now; empty when he can. */
export function decisionRefusals(
  issueId: string,
  progress: IssueProgress,
  by: string,
  decision: ClosureDecision,
): Refusal[] {
  const { closure } = progress;
  if (progress.phase !== 'closureReview' || closure === undefined) {
    return [{ code: 'WrongPhase', message: phaseSentence(progress, '审核销号') }];
  }
  if (closure.proposedBy === by) return [{ code: 'SamePerson', message: '申请人不能审核自己的申请，请由另一人审核' }];
  if (decision.kind === 'returned') {
    return decision.reason.trim() === '' ? [{ code: 'ReasonMissing', message: '退回须写明理由' }] : [];
  }
  if (
    progress.measures.some(({ evidence }) =>
      evidence.some((one) => one.by === by && decision.acceptedEvidence.includes(one.evidenceId)),
    )
  ) {
    return [{ code: 'SamePerson', message: '提交佐证的人不能认可自己的材料，请由另一人审核' }];
  }
  // The present state, not the one proposed: evidence may have come since, which nobody has looked at.
  if (decision.stateHash !== closureStateHash(issueId, progress, closure.outcome)) {
    return [{ code: 'StateChanged', message: '申请后材料有变化，请刷新页面核对后再审核' }];
  }
  const accepted = new Set(decision.acceptedEvidence);
  return progress.measures
    .filter(
      ({ evidence }) =>
        !evidence.some(
          ({ evidenceId, state }) => state !== 'returned' && (state === 'accepted' || accepted.has(evidenceId)),
        ),
    )
    .map(({ number }) => ({
      code: 'EvidenceNotAccepted',
      message: number === 0 ? '没有一份佐证被认可' : `措施${String(number)}没有一份佐证被认可`,
    }));
}

/** A rebound's new deadline lies after today and within so many years. */
const deadlineWithinYears = 3;

/**
 * Why this person cannot record this look-back now; empty when he can. Whoever proposed the closure, proved it or
 * approved it judges his own work.
 */
export function lookBackRefusals(
  progress: IssueProgress,
  by: string,
  today: IsoDate,
  deadline: IsoDate | undefined,
): Refusal[] {
  if (progress.phase !== 'lookBack') return [{ code: 'WrongPhase', message: phaseSentence(progress, '登记回头看') }];
  const { closure, closed, measures } = progress;
  if (closed?.approvedBy === by) {
    return [{ code: 'SamePerson', message: '审核销号的人不能独自回头看，请由另一人承担' }];
  }
  if (closure?.proposedBy === by || measures.some(({ evidence }) => evidence.some((one) => one.by === by))) {
    return [{ code: 'SamePerson', message: '申请销号、提交佐证的人不能回头看自己的工作，请由另一人承担' }];
  }
  if (deadline !== undefined && (deadline <= today || deadline > addMonths(today, 12 * deadlineWithinYears))) {
    return [{ code: 'DeadlineUnfit', message: '新的整改时限应在今天以后、三年以内，请核对年份' }];
  }
  return [];
}

/** Why this person cannot decide on this proposal now; empty when he can. */
export function proposalDecisionRefusals(progress: IssueProgress, proposalId: string): Refusal[] {
  if (progress.proposals.some(({ id }) => id === proposalId)) return [];
  return [{ code: 'NoSuchProposal', message: '没有这项提请，或已经决定、已经撤销' }];
}

const phaseNames: Record<IssueProgress['phase'], string> = {
  assignment: '待认领',
  rectification: '整改中',
  closureReview: '销号审核中',
  longTerm: '长期坚持',
  lookBack: '已销号、等回头看',
  archived: '已归档',
};

function phaseSentence(progress: IssueProgress, act: string): string {
  return `现在是“${phaseNames[progress.phase]}”，不能${act}`;
}
