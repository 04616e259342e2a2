import type { CarriedMeasure } from '../events.ts';
import { addMonths, dayOf } from '../instants.ts';
import { type IssueProgress, isWorkOf, piecesOf } from '../progress.ts';
import {
  type Asker,
  followed,
  notSuspended,
  onlyIn,
  open,
  rectifying,
  type Refusal,
  type RequestRule,
  type Standing,
  withReason,
} from '../refusal.ts';
import { deadlineWithinYears } from './time.ts';

/** 决定提请 (约谈 · 通报 · 问责建议) */
export const decideProposal: RequestRule<{
  readonly proposalId: string;
  readonly decision: 'accepted' | 'declined';
  readonly reason: string;
}> = {
  refusals: ({ progress }, { proposalId }) =>
    progress.proposals.some(({ id }) => id === proposalId)
      ? []
      : [{ code: 'NoSuchProposal', message: '没有这项提请，或已经决定、已经撤销' }],
  fact: (_standing, { proposalId, decision, reason }) => ({ type: 'proposalDecided', proposalId, decision, reason }),
};

/** 异议: the finding is not so (经核实不属实). */
export const dispute: RequestRule<{ readonly reason: string }> = {
  refusals: ({ progress }, { reason }) => [
    ...onlyIn(rectifying, progress, '提出异议'),
    ...(progress.dispute === undefined ? [] : [{ code: 'DisputeOpen', message: '已有一项异议正在核实' }]),
    ...withReason(reason, '提出异议'),
  ],
  fact: (_standing, { reason }) => ({ type: 'disputed', reason }),
};

/** 核实异议: upheld, and the issue is withdrawn; or rejected, and rectification goes on. */
export const decideDispute: RequestRule<{ readonly decision: 'upheld' | 'rejected'; readonly reason: string }> = {
  refusals: ({ progress }, { by, recordedBy, reason }) => [
    ...(progress.dispute === undefined ? [{ code: 'NoDispute', message: '没有待核实的异议' }] : []),
    ...(progress.dispute !== undefined && [by, recordedBy].includes(progress.dispute.by ?? undefined)
      ? [{ code: 'SamePerson', message: '提出异议的人不能自己核实，请由另一人核实' }]
      : []),
    ...withReason(reason, '核实结论'),
  ],
  fact: (_standing, { decision, reason }) =>
    decision === 'upheld'
      ? { type: 'withdrawn', reason, because: 'disputeUpheld' }
      : { type: 'disputeRejected', reason },
};

/** 撤销 */
export const withdrawIssue: RequestRule<{ readonly reason: string }> = {
  refusals: ({ progress }, { reason }) => [...onlyIn(followed, progress, '撤销'), ...withReason(reason, '撤销')],
  fact: (_standing, { reason }) => ({ type: 'withdrawn', reason, because: 'office' }),
};

/** 并入: nothing that is still to be done is dropped, each measure is taken on by one of the other issue. */
export const mergeInto: RequestRule<{
  readonly issueId: string;
  readonly reason: string;
  readonly carried?: readonly CarriedMeasure[];
}> = {
  refusals: ({ terms, progress }, { issueId, reason, carried = [] }) => [
    ...onlyIn(open, progress, '并入其他问题'),
    ...(issueId === terms.issueId ? [{ code: 'SameIssue', message: '不能并入自身' }] : []),
    ...notCarried(progress, carried),
    ...withReason(reason, '并入'),
  ],
  fact: (_standing, { issueId, reason, carried = [] }) => ({
    type: 'mergedInto',
    issueId,
    reason,
    ...(carried.length > 0 && { carried }),
  }),
};

function notCarried({ measures }: IssueProgress, carried: readonly CarriedMeasure[]): Refusal[] {
  const named = new Set(carried.map(({ measure }) => measure));
  const left = measures.filter(
    ({ number, evidence }) => number > 0 && !named.has(number) && evidence.every(({ state }) => state !== 'accepted'),
  );
  const unknown = [...named].filter((number) => measures.every((measure) => measure.number !== number));
  return [
    ...(left.length === 0
      ? []
      : [
          {
            code: 'MeasuresLeft',
            message: `措施${left.map(({ number }) => String(number)).join('、')}还没有办结，请写明由并入的问题的哪条措施承接，以免漏办`,
          },
        ]),
    ...(unknown.length === 0 ? [] : [{ code: 'UnknownMeasure', message: `本问题没有措施${unknown.join('、')}` }]),
  ];
}

/** 问询: a leader asks how things stand. */
export const askStatus: RequestRule<{ readonly noteId: string }> = {
  refusals: ({ progress }) => [
    ...onlyIn([...open, 'longTerm'], progress, '问询'),
    ...(progress.askedAt === undefined ? [] : [{ code: 'AlreadyAsked', message: '已有问询待答复，答复后会立即送达' }]),
  ],
  fact: (_standing, { noteId }) => ({ type: 'statusAsked', noteId }),
};

/** 确认有历史问题: the issue repeats a closed one of an earlier round. */
export const confirmRecurrence: RequestRule<{ readonly earlierIssueId: string }> = {
  refusals: ({ terms, progress }, { earlierIssueId }) => [
    ...onlyIn(followed, progress, '登记再次发生'),
    ...(earlierIssueId === terms.issueId ? [{ code: 'SameIssue', message: '不能与自身关联' }] : []),
  ],
  fact: (_standing, { earlierIssueId }) => ({ type: 'recurrenceConfirmed', earlierIssueId }),
};

/** 撤回上一步: only by who took it, and only while nobody has acted on it. */
export const undo: RequestRule<{ readonly reason: string }> = {
  refusals: ({ progress }, { by, reason }) => {
    const { undoable } = progress;
    if (undoable === undefined) return [{ code: 'NothingToUndo', message: '没有可以撤回的步骤，或已有人在其后办理' }];
    const refusals: Refusal[] = withReason(reason, '撤回');
    if (undoable.by !== by) refusals.push({ code: 'NotYours', message: '只有本人可以撤回自己的上一步' });
    return refusals;
  },
  fact: ({ progress }, { reason }) => ({
    type: 'undone',
    undoneSequence: progress.undoable?.sequence ?? 0,
    reason,
  }),
};

/** 长期坚持的结束: the only way out, with a reason on record. */
export const endLongTerm: RequestRule<{ readonly reason: string }> = {
  refusals: ({ progress }, { reason }) => [
    ...onlyIn(['longTerm'], progress, '结束长期坚持'),
    ...withReason(reason, '结束长期坚持'),
  ],
  fact: (_standing, { reason }) => ({ type: 'longTermEnded', reason }),
};

/** 责任领导复核长期坚持情况 */
export const endorseAttestation: RequestRule<object> = {
  refusals: ({ progress }) =>
    progress.obligations.some(({ kind }) => kind === 'attestationEndorsement')
      ? []
      : [{ code: 'NothingToEndorse', message: '目前没有待复核的长期坚持情况' }],
  fact: () => ({ type: 'attestationEndorsed' }),
};

export interface LookBackFinding {
  readonly finding: string;
  /** Partly: looked at again after the policy's months. */
  readonly partly?: 'partly';
  readonly rebound?: { readonly deadline: string };
}

/** 登记回头看: by somebody who neither proposed, proved nor approved the closure. */
export const recordLookBack: RequestRule<LookBackFinding> = {
  refusals: (standing, request) => lookBackRefusals(standing, request),
  fact: ({ terms, progress, now }, { finding, partly, rebound }) => {
    if (rebound !== undefined) return { type: 'rebounded', finding, deadline: rebound.deadline };
    const left = (progress.remainder ?? []).filter(
      ({ evidence }) => !evidence.some(({ state }) => state === 'accepted'),
    );
    if (partly === undefined && left.length === 0) return { type: 'lookBackHeld', finding };
    // What is left over is looked at as well, once it is due.
    const again = addMonths(dayOf(now), terms.policy.lookBack?.againAfterMonths ?? 3);
    const againOn = left.map(({ deadline }) => deadline).reduce((one, other) => (one > other ? one : other), again);
    return { type: 'lookBackPartlyHeld', finding, againOn };
  },
};

function lookBackRefusals(
  { progress, now }: Standing,
  { by, recordedBy, rebound }: LookBackFinding & Asker,
): Refusal[] {
  if (progress.phase !== 'lookBack') return onlyIn(['lookBack'], progress, '登记回头看');
  if (progress.suspension !== undefined) return notSuspended(progress, '登记回头看');
  const { closure, closed } = progress;
  const judges = [by, recordedBy];
  const approvers = [closed?.approvedBy, ...(closed?.approvers ?? [])];
  if (approvers.some((one) => one != null && judges.includes(one))) {
    return [{ code: 'SamePerson', message: '审核销号的人不能独自回头看，请由另一人承担' }];
  }
  const isProposer = closure?.proposedBy != null && judges.includes(closure.proposedBy);
  if (isProposer || piecesOf(progress).some((piece) => isWorkOf(piece, judges))) {
    return [{ code: 'SamePerson', message: '申请销号、提交佐证的人不能回头看自己的工作，请由另一人承担' }];
  }
  // A problem that is back may be reported on any day; that it holds is not known before its time has come.
  if (rebound === undefined && !progress.obligations.some(({ kind }) => kind === 'lookBack')) {
    return [{ code: 'LookBackTooEarly', message: '回头看的时间还没有到；问题已反弹的，可以现在登记反弹' }];
  }
  const today = dayOf(now);
  const deadline = rebound?.deadline;
  if (deadline !== undefined && (deadline <= today || deadline > addMonths(today, 12 * deadlineWithinYears))) {
    return [{ code: 'DeadlineUnfit', message: '新的整改时限应在今天以后、三年以内，请核对年份' }];
  }
  return [];
}
