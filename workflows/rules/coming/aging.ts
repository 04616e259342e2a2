import { addWorkdays } from '../calendar.ts';
import type { Obligation } from '../events.ts';
import { addDays, dayOf, startOfDay } from '../instants.ts';
import { proposalDay } from '../ladder.ts';
import { opening } from '../obligation-ids.ts';
import { ladderOf } from '../policy-parts.ts';
import type { IssueProgress } from '../progress.ts';
import type { IssueTerms } from '../terms.ts';
import type { ComingFact } from './coming-fact.ts';

/** What happens to any open obligation: it becomes overdue, a rung asks the office to decide, and then that decision is owed. */
export function aging(terms: IssueTerms, progress: IssueProgress): ComingFact[] {
  // While it is checked whether the finding holds (核实异议), the handler is late with nothing.
  const aged = progress.obligations.filter(({ role }) => role !== 'handler' || progress.dispute === undefined);
  return [
    ...aged.filter(({ overdue }) => overdue === 'no').map(becomesOverdue),
    ...aged.flatMap((obligation) => proposals(terms, obligation)),
    ...proposalDecisions(terms, progress),
  ];
}

function becomesOverdue({ id, dueOn }: Obligation): ComingFact {
  return { at: startOfDay(addDays(dueOn, 1)), fact: { type: 'obligationOverdue', obligationId: id } };
}

function proposals(terms: IssueTerms, obligation: Obligation): ComingFact[] {
  // A proposal about a proposal would bring about the next, without end.
  if (obligation.kind === 'proposalDecision') return [];
  return ladderOf(terms.policy, obligation.kind).flatMap((rung) => {
    if (rung.proposal === undefined || obligation.proposedRungs.includes(rung.id)) return [];
    const proposalId = `${obligation.id}/${rung.id}`;
    return [
      {
        at: startOfDay(proposalDay(terms, obligation, rung)),
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
