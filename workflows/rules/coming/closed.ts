import { addWorkdays, nextWorkday } from '../calendar.ts';
import { addMonths, dayOf, type IsoDate, type IsoInstant, latest, startOfDay } from '../instants.ts';
import { workdayAround } from '../ladder.ts';
import { opening } from '../obligation-ids.ts';
import { lookBackOf } from '../policy-parts.ts';
import type { IssueProgress } from '../progress.ts';
import type { IssueTerms } from '../terms.ts';
import type { ComingFact } from './coming-fact.ts';
import { evidence } from './rectifying.ts';

/** 长期坚持: confirmed by the handler at the policy's cadence, and after him by whom the policy names. */
export function attestation(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  const { calendar, policy } = terms;
  const opensOn = (dueOn: IsoDate) => workdayAround(calendar, dueOn, -policy.openAheadWorkdays);
  const dueAfter = (day: IsoDate) => nextWorkday(calendar, addMonths(day, policy.attestEveryMonths));
  const open = progress.obligations.find(({ kind }) => kind === 'attestation');
  if (open) {
    const lapse = { type: 'obligationLapsed', obligationId: open.id } as const;
    return [{ at: startOfDay(opensOn(dueAfter(open.dueOn))), fact: lapse }, ...endorsement(terms, progress)];
  }
  const since = latest(progress.lastReportOn ?? dayOf(progress.phaseSince), progress.policyAdoptedOn)!;
  const dueOn = dueAfter(since);
  return [
    { at: startOfDay(opensOn(dueOn)), fact: opening(progress, 'attestation', 'handler', dueOn) },
    ...endorsement(terms, progress),
  ];
}

function endorsement({ calendar, policy }: IssueTerms, progress: IssueProgress): ComingFact[] {
  const { attestedAt, obligations } = progress;
  if (policy.attestation === undefined || attestedAt === undefined) return [];
  if (obligations.some(({ kind }) => kind === 'attestationEndorsement')) return [];
  const { endorsedBy, endorseWithinWorkdays } = policy.attestation;
  const dueOn = addWorkdays(calendar, dayOf(attestedAt), endorseWithinWorkdays);
  return [{ at: attestedAt, fact: opening(progress, 'attestationEndorsement', endorsedBy, dueOn) }];
}

/** 已销号: what is left over is still chased, and the look-back comes on its day. */
export function lookBack(terms: IssueTerms, progress: IssueProgress, now: IsoInstant): ComingFact[] {
  const comes = remainder(terms, progress, now);
  if (progress.obligations.some(({ kind }) => kind === 'lookBack')) return comes;
  const dueOn = lookBackDueOn(terms, progress);
  const opensOn = workdayAround(terms.calendar, dueOn, -terms.policy.openAheadWorkdays);
  return [...comes, { at: startOfDay(opensOn), fact: opening(progress, 'lookBack', 'reviewer', dueOn) }];
}

/** The workday on which the look-back of a closed issue is due. A draw that is not made in time leaves nobody out. */
function lookBackDueOn(terms: IssueTerms, progress: IssueProgress): IsoDate {
  const { calendar, policy, weight } = terms;
  if (progress.lookBack?.state === 'again') return nextWorkday(calendar, progress.lookBack.dueOn);
  const usual = nextWorkday(calendar, addMonths(dayOf(progress.phaseSince), policy.lookBackAfterMonths));
  const { share, drawWithinWorkdays } = lookBackOf(policy);
  const isSure = share === 1 || weight === 'major' || progress.lookBack?.state === 'drawn';
  return isSure ? usual : addWorkdays(calendar, usual, drawWithinWorkdays);
}

function remainder(terms: IssueTerms, progress: IssueProgress, now: IsoInstant): ComingFact[] {
  const left = progress.remainder ?? [];
  const missing = left.filter((measure) => measure.evidence.every(({ state }) => state === 'returned'));
  const reviewed = new Set(
    progress.obligations.flatMap(({ kind, measure }) => (kind === 'evidenceReview' ? [measure] : [])),
  );
  const unseen = left.filter(
    ({ number, evidence: pieces }) => !reviewed.has(number) && pieces.some(({ state }) => state === 'received'),
  );
  const { calendar, policy } = terms;
  const reviewOn = addWorkdays(calendar, dayOf(now), policy.decideClosureWithinWorkdays);
  return [
    ...evidence(terms, progress, missing),
    ...unseen.map(({ number }) => ({
      at: progress.phaseSince,
      fact: opening(progress, 'evidenceReview', 'office' as const, reviewOn, number),
    })),
  ];
}
