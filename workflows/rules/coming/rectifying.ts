import { addWorkdays } from '../calendar.ts';
import { dayOf, earliest, type IsoDate, type IsoInstant, latest, startOfDay } from '../instants.ts';
import { workdayAround } from '../ladder.ts';
import { opening } from '../obligation-ids.ts';
import { closureLevelsOf } from '../policy-parts.ts';
import { type IssueProgress, itemsIn, measuresWithoutEvidence } from '../progress.ts';
import type { IssueTerms } from '../terms.ts';
import type { ComingFact } from './coming-fact.ts';

/** An unanswered check-in gives way to the next one so early that there is time to remind of that before its day. */
const checkInOpensAheadWorkdays = 2;

/** 子台账入库: what the notice lists is in from the launch on. */
export function entering({ itemIds = [] }: IssueTerms, { items, phaseSince }: IssueProgress): ComingFact[] {
  return items !== undefined || itemIds.length === 0
    ? []
    : [{ at: phaseSince, fact: { type: 'itemsEntered', itemIds } }];
}

/** 交办·认领 */
export function acknowledgement({ calendar, policy }: IssueTerms, progress: IssueProgress): ComingFact[] {
  if (progress.opened['acknowledgement'] !== undefined) return [];
  const dueOn = addWorkdays(calendar, dayOf(progress.phaseSince), policy.acknowledgeWithinWorkdays);
  return [{ at: progress.phaseSince, fact: opening(progress, 'acknowledgement', 'handler', dueOn) }];
}

/** 整改: the evidence of each measure and a check-in now and then; when all is in, the application for closure. */
export function rectifying(terms: IssueTerms, progress: IssueProgress, now: IsoInstant): ComingFact[] {
  const missing = measuresWithoutEvidence(progress);
  if (missing.length > 0) return [...evidence(terms, progress, missing), ...checkIn(terms, progress, now)];
  // As long as a sub-ledger item is in, nobody can apply: its monthly report is chased, and nothing beside it.
  return itemsIn(progress).length > 0 ? [] : closureProposal(terms, progress, now);
}

/** 销号审核: one level after the other. */
export function closureDecision(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  if (progress.obligations.some(({ kind }) => kind === 'closureDecision')) return [];
  const { calendar, policy } = terms;
  const level = closureLevelsOf(terms)[progress.closure?.approvals?.length ?? 0];
  const turnSince = progress.closure?.turnSince ?? progress.phaseSince;
  const dueOn = addWorkdays(calendar, dayOf(turnSince), policy.decideClosureWithinWorkdays);
  return [{ at: turnSince, fact: opening(progress, 'closureDecision', level?.role ?? 'office', dueOn) }];
}

export function evidence(
  { calendar, policy }: IssueTerms,
  progress: IssueProgress,
  missing: IssueProgress['measures'],
): ComingFact[] {
  const atLeast =
    progress.returnedAt && addWorkdays(calendar, dayOf(progress.returnedAt), policy.returnedWithinWorkdays);
  return missing
    .filter(({ number }) => !evidenceIsOwed(progress, number))
    .map(({ number, deadline }) => {
      const dueOn = atLeast !== undefined && atLeast > deadline ? atLeast : deadline;
      return { at: progress.phaseSince, fact: opening(progress, 'evidence', 'handler', dueOn, number) };
    });
}

function evidenceIsOwed({ obligations }: IssueProgress, number: number): boolean {
  return obligations.some(({ kind, measure }) => kind === 'evidence' && measure === number);
}

/** One check-in is always open until the deadline; from then on the evidence itself is chased, and nothing twice. */
function checkIn(terms: IssueTerms, progress: IssueProgress, now: IsoInstant): ComingFact[] {
  if (terms.kind === 'immediate') return [];
  const { calendar, policy } = terms;
  const open = progress.obligations.find(({ kind }) => kind === 'checkIn');
  if (open) {
    const next = addWorkdays(calendar, open.dueOn, policy.checkInEveryWorkdays);
    const opensOn = workdayAround(calendar, next, -checkInOpensAheadWorkdays);
    return [{ at: startOfDay(opensOn), fact: { type: 'obligationLapsed', obligationId: open.id } }];
  }
  let dueOn = addWorkdays(calendar, countedFrom(progress), policy.checkInEveryWorkdays);
  // What could not be asked for in its time (all was in, a promise, a deadline moved later) is not asked for afterwards.
  while (dueOn < dayOf(now)) dueOn = addWorkdays(calendar, dueOn, policy.checkInEveryWorkdays);
  if (dueOn > progress.deadline) return [];
  return [{ at: progress.phaseSince, fact: opening(progress, 'checkIn', 'handler', dueOn) }];
}

/**
 * Whoever has promised a day for all that is missing is asked for nothing before it, or before the deadline where that is
 * earlier; a policy adopted later asks for nothing before that.
 */
function countedFrom(progress: IssueProgress): IsoDate {
  const { lastReportOn, phaseSince, policyAdoptedOn, commitment, deadline } = progress;
  const promisedOn = commitment && restsWholly(progress) ? earliest(commitment.until, deadline) : undefined;
  return latest(lastReportOn ?? dayOf(phaseSince), policyAdoptedOn, promisedOn)!;
}

function restsWholly({ commitment, obligations }: IssueProgress): boolean {
  if (commitment?.rests === undefined) return true;
  return obligations.every(({ id, kind }) => kind !== 'evidence' || commitment.obligations.includes(id));
}

function closureProposal({ calendar, policy }: IssueTerms, progress: IssueProgress, now: IsoInstant): ComingFact[] {
  if (progress.obligations.some(({ kind }) => kind === 'closureProposal')) return [];
  const soonest = addWorkdays(calendar, dayOf(now), policy.proposeClosureWithinWorkdays);
  const dueOn = soonest > progress.deadline ? soonest : progress.deadline;
  return [{ at: progress.phaseSince, fact: opening(progress, 'closureProposal', 'handler', dueOn) }];
}
