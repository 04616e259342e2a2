import { closureStateHash, closureStateOf } from '../closure.ts';
import type { ClosureOutcome, MovedMeasure, Satisfaction } from '../events.ts';
import { dayOf } from '../instants.ts';
import { closureLevelsOf, needsSatisfaction } from '../policy-parts.ts';
import { isWorkOf, type IssueProgress, itemsIn, measuresWithoutEvidence, piecesOf } from '../progress.ts';
import {
  type Asker,
  notSuspended,
  onlyIn,
  rectifying,
  type Refusal,
  type RequestRule,
  type Standing,
  withReason,
} from '../refusal.ts';
import type { IssueTerms } from '../terms.ts';

export interface ClosureProposal {
  readonly outcome?: ClosureOutcome;
  /** For `basicallyDone`: the measures that outlive the closure, each with its new day. */
  readonly remainder?: readonly MovedMeasure[];
}

/** 申请销号. Refused with the full list of what is missing. */
export const proposeClosure: RequestRule<ClosureProposal> = {
  refusals: ({ terms, progress, now }, request) => [
    ...onlyIn(rectifying, progress, '申请销号'),
    ...notSuspended(progress, '申请销号'),
    ...(progress.dispute === undefined ? [] : [{ code: 'DisputeOpen', message: '对反馈问题的异议尚在核实' }]),
    ...remainderRefusals(progress, request, dayOf(now)),
    ...evidenceMissing(progress, request),
    ...itemsStillIn(progress),
    ...notSatisfied(terms, progress),
  ],
  fact: ({ terms, progress }, request) => {
    const outcome = outcomeOf(terms.kind, request);
    const { remainder } = request;
    return {
      type: 'closureProposed',
      outcome,
      stateHash: closureStateHash(terms.issueId, progress, outcome, remainder),
      ...(remainder !== undefined && remainder.length > 0 && { remainder }),
    };
  },
};

/** 撤回申请. Only who proposed takes it back. */
export const withdrawProposal: RequestRule<{ readonly reason: string }> = {
  refusals: ({ progress }, { by, reason }) => [
    ...onlyIn(['closureReview'], progress, '撤回销号申请'),
    ...(progress.closure !== undefined && progress.closure.proposedBy !== by
      ? [{ code: 'NotYours', message: '只有申请人可以撤回销号申请；审核人请用“退回”' }]
      : []),
    ...withReason(reason, '撤回'),
  ],
  fact: (_standing, { reason }) => ({ type: 'closureWithdrawn', reason }),
};

/** A decision (销号审核) as somebody asks for it. */
export type ClosureDecision =
  | { readonly kind: 'approved'; readonly stateHash: string; readonly acceptedEvidence: readonly string[] }
  | { readonly kind: 'returned'; readonly reason: string; readonly measures: readonly number[] };

/** 销号审核, one level: approved with the present state's hash, or returned with a reason. */
export const decideClosure: RequestRule<{ readonly decision: ClosureDecision }> = {
  refusals: (standing, request) => decisionRefusals(standing, request),
  fact: ({ terms, progress }, { decision }) => {
    if (decision.kind === 'returned') {
      return { type: 'closureReturned', reason: decision.reason, measures: decision.measures };
    }
    const { stateHash, acceptedEvidence } = decision;
    const level = (progress.closure?.approvals?.length ?? 0) + 1;
    if (level < closureLevelsOf(terms).length)
      return { type: 'closureLevelApproved', level, stateHash, acceptedEvidence };
    return { type: 'closureApproved', outcome: progress.closure?.outcome ?? 'done', stateHash, acceptedEvidence };
  },
};

/** 群众满意度 */
export const noteSatisfaction: RequestRule<{ readonly satisfaction: Satisfaction; readonly noteId: string }> = {
  refusals: ({ progress }) => onlyIn([...rectifying, 'closureReview'], progress, '登记群众满意度'),
  fact: (_standing, { satisfaction, noteId }) => ({ type: 'satisfactionNoted', satisfaction, noteId }),
};

function decisionRefusals(
  { terms, progress }: Standing,
  { by, recordedBy, decision }: { readonly decision: ClosureDecision } & Asker,
): Refusal[] {
  const { closure } = progress;
  if (progress.phase !== 'closureReview' || closure === undefined) return onlyIn([], progress, '审核销号');
  if (progress.suspension !== undefined) return notSuspended(progress, '审核销号');
  const judges = [by, ...(recordedBy === undefined ? [] : [recordedBy])];
  const isOneOf = (person: string | null | undefined) => person != null && judges.includes(person);
  if (isOneOf(closure.proposedBy)) return samePerson('申请人不能审核自己的申请，请由另一人审核');
  if (isOneOf(closure.recordedBy)) return samePerson('代录申请的人不能审核该申请，请由另一人审核');
  if (closure.approvals?.some((approval) => isOneOf(approval.by))) {
    return samePerson('您已在前一级审核，本级请由另一人审核');
  }
  if (decision.kind === 'returned') return withReason(decision.reason, '退回');
  const pieces = piecesOf(progress);
  // Whatever pieces he names: who handed in or entered any that counts has a part in the work he would judge.
  const counts = ({ evidenceId, state }: (typeof pieces)[number]) =>
    state !== 'returned' || decision.acceptedEvidence.includes(evidenceId);
  if (pieces.some((piece) => counts(piece) && isWorkOf(piece, judges))) {
    return samePerson('提交或代录佐证的人不能审核该问题的销号，请由另一人审核');
  }
  const known = new Set(pieces.map(({ evidenceId }) => evidenceId));
  if (decision.acceptedEvidence.some((id) => !known.has(id))) {
    return [{ code: 'UnknownEvidence', message: '写明的佐证里有一件不属于该问题，请核对编号' }];
  }
  // The present state, not the one proposed: evidence may have come since, which nobody has looked at.
  const present = closureStateOf(terms.issueId, progress);
  if (decision.stateHash !== present || closure.approvals?.some(({ stateHash }) => stateHash !== present)) {
    return [{ code: 'StateChanged', message: '申请后材料有变化，请刷新页面核对后再审核' }];
  }
  return [
    ...notAccepted(progress, new Set(decision.acceptedEvidence)),
    ...itemsStillIn(progress),
    ...notSatisfied(terms, progress), // the note may have come, or come to be needed, during the review
  ];
}

function notAccepted(progress: IssueProgress, accepted: ReadonlySet<string>): Refusal[] {
  const left = new Set(progress.closure?.remainder?.map(({ measure }) => measure));
  return progress.measures
    .filter(({ number }) => !left.has(number))
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

function outcomeOf(kind: Standing['terms']['kind'], { outcome }: ClosureProposal): ClosureOutcome {
  return outcome ?? (kind === 'longTerm' ? 'longTerm' : 'done');
}

function evidenceMissing(progress: IssueProgress, { remainder = [] }: ClosureProposal): Refusal[] {
  const left = new Set(remainder.map(({ measure }) => measure));
  return measuresWithoutEvidence(progress)
    .filter(({ number }) => !left.has(number))
    .map(({ number }) => ({
      code: 'EvidenceMissing',
      message: number === 0 ? '还没有佐证材料' : `措施${String(number)}还没有佐证材料`,
    }));
}

function remainderRefusals(progress: IssueProgress, request: ClosureProposal, today: string): Refusal[] {
  const { outcome, remainder = [] } = request;
  const refuse = (message: string) => [{ code: 'RemainderUnfit', message }];
  if (outcome !== 'basicallyDone') {
    return remainder.length === 0 ? [] : refuse('只有“基本完成”才能列出余下的措施');
  }
  if (remainder.length === 0) return refuse('基本完成须列出余下的措施和完成时限；没有余下的请按“完成”申请');
  const known = new Set(progress.measures.map(({ number }) => number));
  const named = new Set(remainder.map(({ measure }) => measure));
  if (remainder.some(({ measure }) => !known.has(measure)) || named.size !== remainder.length) {
    return refuse('余下的措施编号有误，请逐项核对');
  }
  if (named.size === known.size) return refuse('全部措施都未完成，不能按基本完成申请');
  return remainder
    .filter(({ deadline }) => deadline <= today)
    .flatMap(({ measure }) => refuse(`余下措施${String(measure)}的完成时限应在今天以后`));
}

function itemsStillIn(progress: IssueProgress): Refusal[] {
  const count = itemsIn(progress).length;
  return count === 0 ? [] : [{ code: 'ItemsIn', message: `子台账还有${String(count)}项未出库` }];
}

/** 群众不满意不销号 */
function notSatisfied(terms: IssueTerms, { satisfaction }: IssueProgress): Refusal[] {
  if (!needsSatisfaction(terms)) return [];
  if (satisfaction === undefined) return [{ code: 'SatisfactionMissing', message: '还没有群众满意度测评结果' }];
  return satisfaction === 'unsatisfied' ? [{ code: 'Unsatisfied', message: '群众不满意，不能销号' }] : [];
}

function samePerson(message: string): Refusal[] {
  return [{ code: 'SamePerson', message }];
}
