import { dayOf } from '../instants.ts';
import { batchCorrected } from './correct-batch.ts';
import { commentCorrected } from './correct-comment.ts';
import type { RoundEvent, RoundFactOf, RoundObligation } from './events.ts';
import { dutyKey, type RoundProgress } from './progress.ts';
import { bodyIdOf } from './scope.ts';

/** The progress after an event. The workflow and the ledger's projection both use it, so the two cannot drift. */
export function recordRound(progress: RoundProgress, event: RoundEvent): RoundProgress {
  return { ...folded(progress, event), sequence: event.sequence };
}

function folded(progress: RoundProgress, event: RoundEvent): RoundProgress {
  switch (event.type) {
    case 'launched':
      return { ...progress, stage: 'concentrated' };
    case 'concentratedPeriodEnded':
      return { ...progress, stage: 'afterwards' };
    case 'ended':
      return { ...progress, stage: 'ended' };
    case 'phaseStarted':
      return { ...progress, phases: { ...progress.phases, [event.phaseId]: 'running' } };
    case 'phaseEnded':
      return { ...progress, phases: { ...progress.phases, [event.phaseId]: 'over' } };
    case 'obligationOpened':
      return opened(progress, event);
    case 'obligationOverdue':
      return { ...progress, obligations: progress.obligations.map((one) => overdue(one, event.obligationId)) };
    case 'obligationLapsed':
      return without(progress, ({ id }) => id === event.obligationId);
    case 'dutyReported':
      return reported(progress, event);
    case 'planDecided': {
      const { decision, by, at, bodyId } = event;
      const isMet = kindIs('planApproval');
      const after = without(progress, (one) => isMet(one) && one.scope?.bodyId === bodyId);
      return withPlan(after, bodyId, { state: decision, by, at });
    }
    case 'batchIssued': {
      const { number, title, dueOn, units, at } = event;
      return { ...progress, batches: [...progress.batches, { number, title, dueOn, issuedAt: at, units }] };
    }
    case 'batchCorrected':
      return batchCorrected(progress, event);
    case 'commentReceived': {
      const { commentId, dueOn, issueId, at } = event;
      const comment = { id: commentId, dueOn, receivedAt: at, ...(issueId !== undefined && { issueId }) };
      return { ...progress, comments: [...progress.comments, comment] };
    }
    case 'commentCorrected':
      return commentCorrected(progress, event);
    case 'commentAnswered':
      return {
        ...without(progress, ({ scope }) => scope?.commentId === event.commentId),
        comments: progress.comments.filter(({ id }) => id !== event.commentId),
      };
    case 'lookBacksDrawn':
      return { ...without(progress, kindIs('lookBackDraw')), draws: [...progress.draws, event.drawId] };
    case 'evaluated':
      return evaluated(progress, event);
    case 'policyAdopted':
      return { ...progress, policyAdoptedOn: dayOf(event.at) };
    case 'calendarAdopted':
      return progress;
  }
}

function opened(progress: RoundProgress, event: RoundEvent & RoundFactOf<'obligationOpened'>): RoundProgress {
  const { obligationId: id, kind, role, measure, dueOn, title, scope, dutyId } = event;
  const obligation: RoundObligation = {
    id,
    kind,
    role,
    dueOn,
    title,
    openedAt: event.at,
    overdue: 'no',
    proposedRungs: [],
    ...(measure !== undefined && { measure }),
    ...(scope !== undefined && { scope }),
    ...(dutyId !== undefined && { dutyId }),
  };
  const stem = id.replace(/-\d+$/, '');
  const bodyId = bodyIdOf(scope);
  const last = { number: measure ?? 1, kind, lastDueOn: dueOn, ...(bodyId !== undefined && { bodyId }) };
  const seen = dutyId === undefined ? {} : { [dutyKey(dutyId, bodyId)]: last };
  return {
    ...progress,
    obligations: [...progress.obligations, obligation],
    opened: { ...progress.opened, [stem]: (progress.opened[stem] ?? 0) + 1 },
    duties: { ...progress.duties, ...seen },
  };
}

function overdue(obligation: RoundObligation, id: string): RoundObligation {
  return obligation.id === id ? { ...obligation, overdue: 'recorded' } : obligation;
}

/** What is decided (审定、评估、抽取、答复意见) is not met by a report about it. */
const metByReport = kindIs(
  'weeklyCheck',
  'monthlyDispatch',
  'periodicDuty',
  'rectificationPlan',
  'progressReport',
  'supervisionBatch',
);

function reported(progress: RoundProgress, event: RoundEvent & RoundFactOf<'dutyReported'>): RoundProgress {
  const met = progress.obligations.find((one) => one.id === event.obligationId && metByReport(one));
  if (met === undefined) return progress;
  const after = without(progress, ({ id }) => id === met.id);
  if (met.kind !== 'rectificationPlan') return after;
  return withPlan(after, met.scope?.bodyId, { state: 'submitted', by: event.by, at: event.at });
}

function withPlan(
  progress: RoundProgress,
  bodyId: string | undefined,
  plan: NonNullable<RoundProgress['plan']>,
): RoundProgress {
  if (bodyId === undefined) return { ...progress, plan };
  return { ...progress, bodyPlans: { ...progress.bodyPlans, [bodyId]: plan } };
}

/**
 * An evaluation meets the one that is owed first of the whole round, or of the body, and a bad one asks for a plan again.
 * One body's of a round that owes all itself stands on record and meets nothing.
 */
function evaluated(progress: RoundProgress, event: RoundEvent & RoundFactOf<'evaluated'>): RoundProgress {
  const { at, by, bodyId, meets, grade, scores, secondRectification } = event;
  const judged = { at, total: scores.total, grade, ...(bodyId !== undefined && { bodyId }) };
  const noted = { ...progress, evaluations: [...progress.evaluations, judged] };
  if (bodyId !== undefined && meets === undefined) return noted;
  const isEvaluation = kindIs('evaluation');
  const met = progress.obligations.find((one) => isEvaluation(one) && one.scope?.judgedBodyId === bodyId);
  const after = without(noted, ({ id }) => id === met?.id);
  return secondRectification === 'needed' ? withPlan(after, bodyId, { state: 'askedAgain', by, at }) : after;
}

function kindIs(...wanted: readonly RoundObligation['kind'][]): (obligation: RoundObligation) => boolean {
  return ({ kind }) => wanted.includes(kind);
}

function without(progress: RoundProgress, met: (obligation: RoundObligation) => boolean): RoundProgress {
  return { ...progress, obligations: progress.obligations.filter((obligation) => !met(obligation)) };
}
