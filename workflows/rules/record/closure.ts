import type { FactOf, IssueEvent, Obligation } from '../events.ts';
import { dayOf } from '../instants.ts';
import type { IssueProgress } from '../progress.ts';
import { judged } from './evidence.ts';
import { enter, kindIs, without } from './obligations.ts';
import { nothingToTakeOn, underWay } from './taking-on.ts';

export function closureProposed(progress: IssueProgress, event: IssueEvent & FactOf<'closureProposed'>): IssueProgress {
  const { by, at, outcome, stateHash, remainder, recordedBy } = event;
  const proposed = {
    ...nothingToTakeOn(underWay(progress, event)),
    closure: {
      proposedBy: by,
      proposedAt: at,
      outcome,
      stateHash,
      ...(recordedBy !== undefined && { recordedBy }),
      ...(remainder !== undefined && { remainder }),
    },
  };
  return enter('closureReview', without(proposed, owedForClosure), at);
}

export function closureWithdrawn(progress: IssueProgress, event: IssueEvent): IssueProgress {
  const back = { ...without(progress, kindIs('closureDecision')), lastReportOn: dayOf(event.at) };
  return enter('rectification', back, event.at);
}

export function closureReturned(progress: IssueProgress, event: IssueEvent & FactOf<'closureReturned'>): IssueProgress {
  const returned = new Set(event.measures);
  const measures = progress.measures.map((measure) =>
    returned.has(measure.number) ? judged(measure, () => true, 'returned') : measure,
  );
  const closing = without({ ...progress, measures }, kindIs('closureDecision'));
  return enter('rectification', { ...closing, returnedAt: event.at, lastReportOn: dayOf(event.at) }, event.at);
}

export function closureLevelApproved(
  progress: IssueProgress,
  { by, at, stateHash, acceptedEvidence }: IssueEvent & FactOf<'closureLevelApproved'>,
): IssueProgress {
  if (progress.closure === undefined) return progress;
  const approvals = [...(progress.closure.approvals ?? []), { by, stateHash, acceptedEvidence }];
  return without(
    { ...progress, closure: { ...progress.closure, approvals, turnSince: at } },
    kindIs('closureDecision'),
  );
}

export function closureApproved(progress: IssueProgress, event: IssueEvent & FactOf<'closureApproved'>): IssueProgress {
  const { by, at, outcome } = event;
  const accepted = new Set(event.acceptedEvidence);
  const measures = progress.measures.map((measure) =>
    judged(measure, ({ evidenceId }) => accepted.has(evidenceId), 'accepted'),
  );
  const approvers = [...(progress.closure?.approvals ?? []).map((approval) => approval.by), by].filter(
    (one) => one !== null,
  );
  const remainder = progress.closure?.remainder?.map(({ measure, deadline }) => ({
    number: measure,
    deadline,
    evidence: [],
  }));
  const { extension: _extension, dispute: _dispute, askedAt: _askedAt, ...rest } = nothingToTakeOn(progress);
  const after = {
    ...rest,
    measures,
    closed: { approvedBy: by, at, outcome, ...(approvers.length > 1 && { approvers }) },
    obligations: [],
    proposals: [],
    lastReportOn: dayOf(at),
    ...(outcome === 'basicallyDone' && remainder && { remainder }),
  };
  return enter(outcome === 'longTerm' ? 'longTerm' : 'lookBack', after, at);
}

/** The closed cycle stays as it is in the events; the next begins with all its measures owed again. */
export function rebounded(progress: IssueProgress, event: IssueEvent & FactOf<'rebounded'>): IssueProgress {
  const { sequence, cycle, items, suspendedWorkdays, recurrenceOf, policyAdoptedOn } = progress;
  return {
    sequence,
    phase: 'rectification',
    phaseSince: event.at,
    cycle: cycle + 1,
    deadline: event.deadline,
    measures: progress.measures.map(({ number }) => ({ number, deadline: event.deadline, evidence: [] })),
    obligations: [],
    opened: {},
    proposals: [],
    lastReportOn: dayOf(event.at),
    acknowledgedAt: progress.acknowledgedAt ?? event.at,
    ...(items !== undefined && { items }),
    ...(suspendedWorkdays !== undefined && { suspendedWorkdays }),
    ...(recurrenceOf !== undefined && { recurrenceOf }),
    ...(policyAdoptedOn !== undefined && { policyAdoptedOn }),
  };
}

function owedForClosure({ kind }: Obligation): boolean {
  return kind === 'checkIn' || kind === 'evidence' || kind === 'closureProposal';
}
