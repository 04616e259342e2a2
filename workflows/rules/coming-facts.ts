import { addWorkdays, nextWorkday } from './calendar.ts';
import type { IssueFact, Obligation } from './events.ts';
import { addDays, addMonths, dayOf, type IsoDate, type IsoInstant, startOfDay } from './instants.ts';
import { rungDay, workdayAround } from './ladder.ts';
import type { ObligationKind, Role } from './policy.ts';
import { type IssueProgress, measuresWithoutEvidence } from './progress.ts';
import type { IssueTerms } from './terms.ts';

/** An unanswered check-in gives way to the next one so early that there is time to remind of that before its day. */
const checkInOpensAheadWorkdays = 2;

/** A fact that comes about at a moment if nobody does anything before. */
export interface ComingFact {
  readonly at: IsoInstant;
  readonly fact: IssueFact;
}

/** What time alone will bring to the issue: each phase's story, read from the facts so far. */
export function comingFacts(terms: IssueTerms, progress: IssueProgress, now: IsoInstant): ComingFact[] {
  switch (progress.phase) {
    case 'assignment': // 交办·认领
      return [...acknowledgement(terms, progress), ...rectifying(terms, progress, now), ...aging(terms, progress)];
    case 'rectification': // 整改
      return [...rectifying(terms, progress, now), ...aging(terms, progress)];
    case 'closureReview': // 销号审核
      return [...closureDecision(terms, progress), ...aging(terms, progress)];
    case 'longTerm': // 长期坚持
      return [...attestation(terms, progress), ...aging(terms, progress)];
    case 'lookBack': // 已销号,等回头看
      return [...lookBack(terms, progress), ...aging(terms, progress)];
    case 'archived':
      return [];
  }
}

function acknowledgement({ calendar, policy }: IssueTerms, progress: IssueProgress): ComingFact[] {
  if (progress.opened['acknowledgement'] !== undefined) return [];
  const dueOn = addWorkdays(calendar, dayOf(progress.phaseSince), policy.acknowledgeWithinWorkdays);
  return [{ at: progress.phaseSince, fact: opening(progress, 'acknowledgement', 'handler', dueOn) }];
}

function rectifying(terms: IssueTerms, progress: IssueProgress, now: IsoInstant): ComingFact[] {
  const missing = measuresWithoutEvidence(progress);
  if (missing.length === 0) return closureProposal(terms, progress, now);
  return [...evidence(terms, progress, missing), ...checkIn(terms, progress)];
}

function evidence(terms: IssueTerms, progress: IssueProgress, missing: IssueProgress['measures']): ComingFact[] {
  const { calendar, policy } = terms;
  const owed = new Set(progress.obligations.flatMap(({ kind, measure }) => (kind === 'evidence' ? [measure] : [])));
  const atLeast =
    progress.returnedAt && addWorkdays(calendar, dayOf(progress.returnedAt), policy.returnedWithinWorkdays);
  return missing
    .filter(({ number }) => !owed.has(number))
    .map(({ number, deadline }) => {
      const dueOn = atLeast !== undefined && atLeast > deadline ? atLeast : deadline;
      return {
        at: progress.phaseSince,
        fact: { ...opening(progress, 'evidence', 'handler', dueOn, number), measure: number },
      };
    });
}

/** One check-in is always open until the deadline; from then on the evidence itself is chased, and nothing twice. */
function checkIn(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  if (terms.kind === 'immediate') return [];
  const { calendar, policy } = terms;
  const open = progress.obligations.find(({ kind }) => kind === 'checkIn');
  if (open) {
    const next = addWorkdays(calendar, open.dueOn, policy.checkInEveryWorkdays);
    const opensOn = workdayAround(calendar, next, -checkInOpensAheadWorkdays);
    return [{ at: startOfDay(opensOn), fact: { type: 'obligationLapsed', obligationId: open.id } }];
  }
  const dueOn = addWorkdays(calendar, progress.lastReportOn ?? dayOf(progress.phaseSince), policy.checkInEveryWorkdays);
  if (dueOn > progress.deadline) return [];
  return [{ at: progress.phaseSince, fact: opening(progress, 'checkIn', 'handler', dueOn) }];
}

function closureProposal({ calendar, policy }: IssueTerms, progress: IssueProgress, now: IsoInstant): ComingFact[] {
  if (progress.obligations.some(({ kind }) => kind === 'closureProposal')) return [];
  const soonest = addWorkdays(calendar, dayOf(now), policy.proposeClosureWithinWorkdays);
  const dueOn = soonest > progress.deadline ? soonest : progress.deadline;
  return [{ at: progress.phaseSince, fact: opening(progress, 'closureProposal', 'handler', dueOn) }];
}

function closureDecision({ calendar, policy }: IssueTerms, progress: IssueProgress): ComingFact[] {
  if (progress.obligations.some(({ kind }) => kind === 'closureDecision')) return [];
  const dueOn = addWorkdays(calendar, dayOf(progress.phaseSince), policy.decideClosureWithinWorkdays);
  return [{ at: progress.phaseSince, fact: opening(progress, 'closureDecision', 'office', dueOn) }];
}

function attestation({ calendar, policy }: IssueTerms, progress: IssueProgress): ComingFact[] {
  const opensOn = (dueOn: IsoDate) => workdayAround(calendar, dueOn, -policy.openAheadWorkdays);
  const dueAfter = (day: IsoDate) => nextWorkday(calendar, addMonths(day, policy.attestEveryMonths));
  const open = progress.obligations.find(({ kind }) => kind === 'attestation');
  if (open) {
    return [
      { at: startOfDay(opensOn(dueAfter(open.dueOn))), fact: { type: 'obligationLapsed', obligationId: open.id } },
    ];
  }
  const dueOn = dueAfter(progress.lastReportOn ?? dayOf(progress.phaseSince));
  return [{ at: startOfDay(opensOn(dueOn)), fact: opening(progress, 'attestation', 'handler', dueOn) }];
}

function lookBack({ calendar, policy }: IssueTerms, progress: IssueProgress): ComingFact[] {
  if (progress.obligations.some(({ kind }) => kind === 'lookBack')) return [];
  const dueOn = lookBackDueOn(progress, calendar, policy);
  const opensOn = workdayAround(calendar, dueOn, -policy.openAheadWorkdays);
  return [{ at: startOfDay(opensOn), fact: opening(progress, 'lookBack', 'reviewer', dueOn) }];
}

/** The workday on which the look-back of a closed issue is due. */
function lookBackDueOn(
  progress: IssueProgress,
  calendar: IssueTerms['calendar'],
  policy: IssueTerms['policy'],
): IsoDate {
  return nextWorkday(
    calendar,
    addMonths(dayOf(progress.closed?.at ?? progress.phaseSince), policy.lookBackAfterMonths),
  );
}

/** What happens to any open obligation: it becomes overdue, a rung asks the office to decide, and then that decision is owed. */
function aging(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  return [
    ...progress.obligations.filter(({ overdue }) => overdue === 'no').map(overdue),
    ...progress.obligations.flatMap((obligation) => proposals(terms, obligation)),
    ...proposalDecisions(terms, progress),
  ];
}

function overdue({ id, dueOn }: Obligation): ComingFact {
  return { at: startOfDay(addDays(dueOn, 1)), fact: { type: 'obligationOverdue', obligationId: id } };
}

function proposals(terms: IssueTerms, obligation: Obligation): ComingFact[] {
  return terms.policy.ladders[obligation.kind].flatMap((rung) => {
    if (rung.proposal === undefined || obligation.proposedRungs.includes(rung.id)) return [];
    const proposalId = `${obligation.id}/${rung.id}`;
    // Whoever was told only after the deadline has the same workdays to act in before anybody proposes a talk with him.
    const openedOn = dayOf(obligation.openedAt);
    const dueOn = openedOn > obligation.dueOn ? openedOn : obligation.dueOn;
    return [
      {
        at: startOfDay(rungDay(terms, { ...obligation, dueOn }, rung)),
        fact: {
          type: 'proposalRaised',
          proposalId,
          measure: rung.proposal,
          obligationId: obligation.id,
          rungId: rung.id,
        },
      },
    ];
  });
}

function proposalDecisions({ calendar, policy }: IssueTerms, progress: IssueProgress): ComingFact[] {
  const owed = new Set(progress.obligations.flatMap(({ proposalId }) => proposalId ?? []));
  return progress.proposals
    .filter(({ id }) => !owed.has(id))
    .slice(0, 1) // one at a time, so that each gets the next ordinal
    .map(({ id, raisedAt }) => {
      const dueOn = addWorkdays(calendar, dayOf(raisedAt), policy.decideProposalWithinWorkdays);
      return { at: raisedAt, fact: { ...opening(progress, 'proposalDecision', 'office', dueOn), proposalId: id } };
    });
}

const stems: Record<ObligationKind, string> = {
  acknowledgement: 'acknowledgement',
  checkIn: 'check-in',
  evidence: 'evidence',
  closureProposal: 'closure-proposal',
  closureDecision: 'closure-decision',
  proposalDecision: 'proposal-decision',
  attestation: 'attestation',
  lookBack: 'look-back',
};

/** A reopened obligation gets a new ordinal, hence new keys for all its lines. */
function opening(
  progress: IssueProgress,
  kind: ObligationKind,
  role: Role,
  dueOn: IsoDate,
  measure?: number,
): Extract<IssueFact, { type: 'obligationOpened' }> {
  const stem = measure === undefined ? stems[kind] : `${stems[kind]}-${String(measure)}`;
  const ordinal = (progress.opened[stem] ?? 0) + 1;
  return { type: 'obligationOpened', obligationId: `${stem}-${String(ordinal)}`, kind, role, dueOn };
}
