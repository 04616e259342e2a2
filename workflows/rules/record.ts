import type { IssueEvent, IssuePhase, Obligation } from './events.ts';
import { dayOf, type IsoInstant } from './instants.ts';
import type { ObligationKind } from './policy.ts';
import type { EvidenceProgress, IssueProgress, MeasureProgress } from './progress.ts';

/**
 * The progress after `event`. Total: whether a fact may happen is asked before it is recorded.
 * Workflow and ledger use this one function, so the two cannot drift.
 */
export function record(before: IssueProgress, event: IssueEvent): IssueProgress {
  const progress = { ...before, sequence: event.sequence };
  switch (event.type) {
    case 'obligationOpened': {
      const { obligationId, kind, role, measure, proposalId, dueOn } = event;
      const obligation: Obligation = {
        id: obligationId,
        kind,
        role,
        dueOn,
        openedAt: event.at,
        overdue: 'no',
        proposedRungs: [],
        ...(measure !== undefined && { measure }),
        ...(proposalId !== undefined && { proposalId }),
      };
      return {
        ...progress,
        obligations: [...progress.obligations, obligation],
        opened: counted(progress.opened, obligationId),
      };
    }
    case 'obligationOverdue':
      return changed(progress, event.obligationId, (obligation) => ({ ...obligation, overdue: 'recorded' }));
    case 'obligationLapsed': {
      const lapsed = progress.obligations.find(({ id }) => id === event.obligationId);
      return {
        ...without(progress, ({ id }) => id === event.obligationId),
        ...(lapsed && { lastReportOn: lapsed.dueOn }),
      };
    }
    case 'proposalRaised': {
      const { proposalId, measure, obligationId, rungId } = event;
      const raised = changed(progress, obligationId, (obligation) => ({
        ...obligation,
        proposedRungs: [...obligation.proposedRungs, rungId],
      }));
      return {
        ...raised,
        proposals: [...raised.proposals, { id: proposalId, measure, obligationId, raisedAt: event.at }],
      };
    }
    case 'acknowledged':
      return underWay(progress, event.at);
    case 'progressReported':
      return reported(progress, event.at);
    case 'evidenceReceived': {
      if (isClosed(progress)) return reported(progress, event.at); // a closed cycle's figures never change
      const given = reported(progress, event.at);
      const measures = given.measures.map((measure) => withEvidence(measure, event));
      const proven = new Set(event.evidence.map(({ measure }) => measure));
      return without({ ...given, measures }, ({ kind, measure }) => kind === 'evidence' && proven.has(measure));
    }
    case 'closureProposed': {
      const { by, at, outcome, stateHash } = event;
      const proposed = { ...underWay(progress, at), closure: { proposedBy: by, proposedAt: at, outcome, stateHash } };
      return enter('closureReview', without(proposed, owedByHandler), at);
    }
    case 'closureReturned': {
      const returned = new Set(event.measures);
      const measures = progress.measures.map((measure) =>
        returned.has(measure.number) ? judged(measure, () => true, 'returned') : measure,
      );
      const closing = without({ ...progress, measures }, kindIs('closureDecision'));
      return enter('rectification', { ...closing, returnedAt: event.at, lastReportOn: dayOf(event.at) }, event.at);
    }
    case 'closureApproved': {
      const accepted = new Set(event.acceptedEvidence);
      const measures = progress.measures.map((measure) =>
        judged(measure, ({ evidenceId }) => accepted.has(evidenceId), 'accepted'),
      );
      const closed = { approvedBy: event.by, at: event.at, outcome: event.outcome };
      const after = { ...progress, measures, closed, obligations: [], proposals: [], lastReportOn: dayOf(event.at) };
      return enter(event.outcome === 'longTerm' ? 'longTerm' : 'lookBack', after, event.at);
    }
    case 'proposalDecided': {
      const decided = { ...progress, proposals: progress.proposals.filter(({ id }) => id !== event.proposalId) };
      return without(decided, ({ proposalId }) => proposalId === event.proposalId);
    }
    case 'lookBackHeld':
      return enter('archived', { ...progress, obligations: [] }, event.at);
    case 'rebounded': {
      const { sequence, cycle } = progress;
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
      };
    }
  }
}

/** An obligation's id is its stem and an ordinal: `evidence-2-1` is the first evidence owed for measure 2. */
function counted(opened: IssueProgress['opened'], obligationId: string): IssueProgress['opened'] {
  const stem = obligationId.replace(/-\d+$/, '');
  return { ...opened, [stem]: (opened[stem] ?? 0) + 1 };
}

function enter(phase: IssuePhase, progress: IssueProgress, at: IsoInstant): IssueProgress {
  return { ...progress, phase, phaseSince: at };
}

function isClosed({ phase }: IssueProgress): boolean {
  return phase === 'lookBack' || phase === 'longTerm' || phase === 'archived';
}

/** Whoever answers at all has taken the issue on. */
function underWay(progress: IssueProgress, at: IsoInstant): IssueProgress {
  const taken = { ...without(progress, kindIs('acknowledgement')), acknowledgedAt: progress.acknowledgedAt ?? at };
  return taken.phase === 'assignment' ? enter('rectification', taken, at) : taken;
}

function reported(progress: IssueProgress, at: IsoInstant): IssueProgress {
  const answered = progress.obligations.some(({ kind }) => kind === 'checkIn' || kind === 'attestation');
  const after = without(underWay(progress, at), ({ kind }) => kind === 'checkIn' || kind === 'attestation');
  return answered || progress.phase === 'rectification' ? { ...after, lastReportOn: dayOf(at) } : after;
}

function owedByHandler({ kind }: Obligation): boolean {
  return kind === 'checkIn' || kind === 'evidence' || kind === 'closureProposal';
}

function kindIs(wanted: ObligationKind): (obligation: Obligation) => boolean {
  return ({ kind }) => kind === wanted;
}

/** Without the obligations that are met; a proposal about one of them falls with it, and so does the duty to decide it. */
function without(progress: IssueProgress, met: (obligation: Obligation) => boolean): IssueProgress {
  const gone = new Set(progress.obligations.filter(met).map(({ id }) => id));
  if (gone.size === 0) return progress;
  const proposals = progress.proposals.filter(({ obligationId }) => !gone.has(obligationId));
  const open = new Set(proposals.map(({ id }) => id));
  const obligations = progress.obligations.filter(
    ({ id, proposalId }) => !gone.has(id) && (proposalId === undefined || open.has(proposalId)),
  );
  return { ...progress, obligations, proposals };
}

function changed(
  progress: IssueProgress,
  obligationId: string,
  change: (obligation: Obligation) => Obligation,
): IssueProgress {
  return {
    ...progress,
    obligations: progress.obligations.map((obligation) =>
      obligation.id === obligationId ? change(obligation) : obligation,
    ),
  };
}

function withEvidence(
  measure: MeasureProgress,
  event: Extract<IssueEvent, { type: 'evidenceReceived' }>,
): MeasureProgress {
  const known = new Set(measure.evidence.map(({ evidenceId }) => evidenceId));
  const added = event.evidence
    .filter((evidence) => evidence.measure === measure.number && !known.has(evidence.evidenceId))
    .map(({ evidenceId }): EvidenceProgress => ({ evidenceId, by: event.by, state: 'received' }));
  return added.length === 0 ? measure : { ...measure, evidence: [...measure.evidence, ...added] };
}

function judged(
  measure: MeasureProgress,
  which: (evidence: EvidenceProgress) => boolean,
  state: EvidenceProgress['state'],
): MeasureProgress {
  return {
    ...measure,
    evidence: measure.evidence.map((evidence) => (which(evidence) ? { ...evidence, state } : evidence)),
  };
}
