import { addMonths, dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { DutyAct } from './acts.ts';
import { chance, chosen } from './chance.ts';
import type { Duty } from './duties.ts';
import { about, decidedWell, lookBackOf, proposalDecisionOf, type Staffing } from './habits.ts';
import { referenceTo } from './reply-items.ts';
import {
  commentAnswers,
  disputeFindings,
  evidenceReturns,
  extensionDecisions,
  findings,
  planReasons,
  recheckFindings,
  returnReasons,
  suspensionFindings,
  talkReasons,
} from './words.ts';

const reboundMonths = 2;

/** What is decided upon a duty that words do not meet; undefined for one that they do. */
export function decisionUpon(duty: Duty, staffing: Staffing, sentAt: IsoInstant): DutyAct | undefined {
  const { seed } = staffing;
  const reference = { duty: referenceTo(duty) };
  const words = (list: readonly [string, ...string[]]) => chosen(list, chance(seed, 'words', ...about(duty)));
  switch (duty.kind) {
    case 'closureDecision': {
      const kind = 'decideClosure';
      if (decidedWell(duty, staffing) === 'well') return { ...reference, kind, decision: 'approved' };
      const measurePick = chance(seed, 'measure', ...about(duty));
      return { ...reference, kind, decision: 'returned', reason: words(returnReasons), measurePick };
    }
    case 'proposalDecision': {
      const decision = proposalDecisionOf(duty, staffing);
      return { ...reference, kind: 'decideProposal', decision, reason: words(talkReasons[decision]) };
    }
    case 'lookBack': {
      const outcome = lookBackOf(duty, staffing);
      const found = { ...reference, kind: 'recordLookBack', finding: words(findings[outcome]) } as const;
      if (outcome === 'held') return { ...found, outcome };
      return { ...found, outcome, deadline: addMonths(dayOf(sentAt), reboundMonths) };
    }
    case 'evidenceReview': {
      const decision = decidedWell(duty, staffing) === 'well' ? 'accepted' : 'returned';
      return { ...reference, kind: 'judgeEvidence', decision, reason: words(evidenceReturns[decision]) };
    }
    case 'extensionDecision': {
      const decision = decidedWell(duty, staffing) === 'well' ? 'granted' : 'refused';
      return { ...reference, kind: 'decideExtension', decision, reason: words(extensionDecisions[decision]) };
    }
    // The notices count these issues among those that were rectified: the finding stood.
    case 'disputeDecision':
      return { ...reference, kind: 'decideDispute', decision: 'rejected', reason: words(disputeFindings) };
    case 'suspensionReview':
      return { ...reference, kind: 'reviewSuspension', finding: words(suspensionFindings) };
    case 'itemRecheck': {
      const outcome = decidedWell(duty, staffing) === 'well' ? 'allLeave' : 'oneGoesBack';
      return { ...reference, kind: 'recheckItems', outcome, finding: words(recheckFindings[outcome]) };
    }
    case 'planApproval': {
      const decision = decidedWell(duty, staffing) === 'well' ? 'approved' : 'returned';
      return { ...reference, kind: 'decidePlan', decision, reason: words(planReasons[decision]) };
    }
    case 'evaluation':
      return { ...reference, kind: 'recordEvaluation' };
    case 'publicComment':
      return { ...reference, kind: 'answerComment', answer: words(commentAnswers) };
    case 'lookBackDraw':
      return { ...reference, kind: 'drawLookBacks' };
    default:
      return undefined;
  }
}
