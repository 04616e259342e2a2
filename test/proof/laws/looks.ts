import { closureLevelsOf, ladderOf } from '../../../workflows/rules/policy-parts.ts';
import { hasEnded, itemsIn, measuresWithoutEvidence } from '../../../workflows/rules/progress.ts';
import type { Obligation } from '../../../workflows/rules/events.ts';
import { beijingDay, later, moment, monthsLater, workedDay, workedDayAround } from '../calendar-by-hand.ts';
import type { History, Look } from '../history.ts';
import type { Violation } from './law.ts';

/** 1. Whoever has not ended is looked at again, and never later than what comes next; and somebody owes what comes next. */
export function looks({ looks: all }: History): Violation[] {
  return all.flatMap((look) =>
    [...nextLook(look), ...owed(look)].map((what): Violation => ({ law: 1, what: `${look.at}: ${what}` })),
  );
}

function nextLook(look: Look): string[] {
  const { at, progress, lookAgainAt } = look;
  if (hasEnded(progress)) return lookAgainAt === undefined ? [] : ['an ended issue is to be looked at again'];
  if (lookAgainAt === undefined) return ['there is no next look'];
  if (lookAgainAt <= at) return ['the next look is not later than this one'];
  return comings(look).flatMap(({ on, what }) => {
    if (on <= at) return [`${what} was due at ${on} and is not recorded`];
    return on < lookAgainAt ? [`${what} comes at ${on}, and the next look is at ${lookAgainAt}`] : [];
  });
}

/** What the policy brings about at a moment that can be counted by hand. */
function comings(look: Look): { on: string; what: string }[] {
  const { terms, progress } = look;
  const { suspension, commitment, obligations } = progress;
  const aging = obligations.filter(grows(look));
  return [
    ...aging
      .filter(({ overdue }) => overdue === 'no')
      .map(({ id, dueOn }) => ({ on: moment(later(dueOn, 1)), what: `${id} becoming overdue` })),
    ...aging.flatMap((obligation) =>
      ladderOf(terms.policy, obligation.kind)
        .filter(
          ({ id, from, proposal }) =>
            proposal !== undefined && from === 'due' && !obligation.proposedRungs.includes(id),
        )
        .filter(() => obligation.kind !== 'proposalDecision')
        .map(({ id, workdays }) => ({
          on: moment(workedDayAround(terms.calendar, dueOrTold(obligation), workdays)),
          what: `the proposal ${id} about ${obligation.id}`,
        })),
    ),
    ...(commitment !== undefined && suspension === undefined
      ? [{ on: moment(later(commitment.until, 1)), what: 'the end of the promise' }]
      : []),
    ...(progress.phase === 'lookBack' && suspension === undefined && !isOwed(look, 'lookBack')
      ? [{ on: moment(latestLookBackDay(look)), what: 'the look-back' }]
      : []),
  ];
}

/** Nobody is late while the clock stands still, and no handler while it is checked whether the finding holds. */
function grows({ progress: { suspension, dispute } }: Look): (obligation: Obligation) => boolean {
  return ({ kind, role }) =>
    suspension === undefined ? role !== 'handler' || dispute === undefined : kind === 'suspensionReview';
}

function dueOrTold({ dueOn, openedAt }: Obligation): string {
  const told = new Date(Date.parse(openedAt) + 8 * 3_600_000).toISOString().slice(0, 10);
  return told > dueOn ? told : dueOn;
}

/** The day on which a look-back is due at the latest, drawn or not. */
function latestLookBackDay({ terms: { policy, calendar }, progress: { phaseSince, lookBack } }: Look): string {
  if (lookBack?.state === 'again') return workedDay(calendar, lookBack.dueOn, 0);
  const since = new Date(Date.parse(phaseSince) + 8 * 3_600_000).toISOString().slice(0, 10);
  const usual = workedDay(calendar, monthsLater(since, policy.lookBackAfterMonths), 0);
  const waits = policy.lookBack?.drawWithinWorkdays ?? 10;
  return policy.lookBack === undefined || policy.lookBack.share === 1 ? usual : workedDay(calendar, usual, waits);
}

/** In every phase somebody owes the step that leads out of it. */
function owed(look: Look): string[] {
  // What is taken back, and another calendar, bring days that have passed by now.
  if (look.events.some(({ type }) => type === 'undone' || type === 'calendarAdopted')) return nextSteps(look);
  const late = look.events.filter(
    (event) => event.type === 'obligationOpened' && regular.has(event.kind) && event.dueOn < beijingDay(event.at),
  );
  return [...late.map(({ type }) => `${type} of a report whose day has passed`), ...nextSteps(look)];
}

const regular: ReadonlySet<string> = new Set(['checkIn', 'itemReport', 'attestation']);

function nextSteps(look: Look): string[] {
  const { progress, terms } = look;
  const missing = (is: boolean, what: string) => (is ? [] : [`nobody owes ${what}`]);
  if (progress.suspension !== undefined || hasEnded(progress)) return [];
  const chased = (measures: typeof progress.measures) =>
    measures.flatMap(({ number }) =>
      missing(
        progress.obligations.some(({ kind, measure }) => kind === 'evidence' && measure === number),
        `evidence for measure ${String(number)}`,
      ),
    );
  switch (progress.phase) {
    case 'assignment':
    case 'rectification': {
      const lacking = measuresWithoutEvidence(progress);
      if (lacking.length > 0) return chased(lacking);
      if (itemsIn(progress).length === 0)
        return missing(isOwed(look, 'closureProposal'), 'the application for closure');
      return [];
    }
    case 'closureReview': {
      const level = closureLevelsOf(terms)[progress.closure?.approvals?.length ?? 0];
      const decision = progress.obligations.find(({ kind }) => kind === 'closureDecision');
      const isBehind = look.events.some(({ type }) => type === 'policyAdopted' || type === 'undone');
      if (decision !== undefined && level !== undefined && decision.role !== level.role && !isBehind) return [];
      return missing(decision !== undefined, 'the decision on the closure');
    }
    case 'longTerm':
      return [];
    case 'lookBack':
      return chased(
        (progress.remainder ?? []).filter(({ evidence }) => evidence.every(({ state }) => state === 'returned')),
      );
    default:
      return [];
  }
}

function isOwed({ progress }: Look, wanted: string): boolean {
  return progress.obligations.some(({ kind }) => kind === wanted);
}
