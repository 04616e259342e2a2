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
  const { obligations, dispute } = progress;
  const aged = dispute === undefined ? obligations : obligations.filter(({ role }) => role !== 'handler');
  const coming: ComingFact[] = [];
  for (const obligation of aged) if (obligation.overdue === 'no') coming.push(becomesOverdue(obligation));
  for (const obligation of aged) for (const raised of proposals(terms, obligation)) coming.push(raised);
  const decision = proposalDecision(terms, progress);
  if (decision !== undefined) coming.push(decision);
  return coming;
}

function becomesOverdue({ id, dueOn }: Obligation): ComingFact {
  return { at: startOfDay(addDays(dueOn, 1)), fact: { type: 'obligationOverdue', obligationId: id } };
}

function proposals(terms: IssueTerms, obligation: Obligation): ComingFact[] {
  const { id, kind, proposedRungs } = obligation;
  // A proposal about a proposal would bring about the next, without end.
  if (kind === 'proposalDecision') return [];
  const coming: ComingFact[] = [];
  for (const rung of ladderOf(terms.policy, kind)) {
    if (rung.proposal === undefined || proposedRungs.includes(rung.id)) continue;
    coming.push({
      at: startOfDay(proposalDay(terms, obligation, rung)),
      fact: {
        type: 'proposalRaised',
        proposalId: `${id}/${rung.id}`,
        measure: rung.proposal,
        obligationId: id,
        rungId: rung.id,
      },
    });
  }
  return coming;
}

/** One at a time, so that each gets the next ordinal. */
function proposalDecision({ calendar, policy }: IssueTerms, progress: IssueProgress): ComingFact | undefined {
  const { proposals: raised, obligations } = progress;
  const next = raised.find(({ id }) => !obligations.some(({ proposalId }) => proposalId === id));
  if (next === undefined) return undefined;
  const dueOn = addWorkdays(calendar, dayOf(next.raisedAt), policy.decideProposalWithinWorkdays);
  const fact = { ...opening(progress, 'proposalDecision', 'office', dueOn), proposalId: next.id };
  return { at: next.raisedAt, fact };
}
