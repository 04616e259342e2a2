import type { IssueEvent } from './events.ts';
import { dayOf } from './instants.ts';
import { isClosed, type IssueProgress } from './progress.ts';
import {
  closureApproved,
  closureLevelApproved,
  closureProposed,
  closureReturned,
  closureWithdrawn,
  rebounded,
} from './record/closure.ts';
import {
  evidenceCorrected,
  evidenceJudged,
  evidenceReceived,
  personCorrected,
  reviewedAnew,
} from './record/evidence.ts';
import { itemsEntered, itemsMoved, itemsRechecked } from './record/items.ts';
import { changed, enter, kindIs, lapsed, moved, opened, regular, without } from './record/obligations.ts';
import { reported } from './record/reported.ts';
import { handedOver, nothingToTakeOn, takenOnFrom, underWay } from './record/taking-on.ts';
import { takenBack, undoableAfter } from './record/undo.ts';

/**
 * The progress after `event`. Total: whether a fact may happen is asked before it is recorded.
 * Workflow and ledger use this one function, so the two cannot drift.
 */
export function record(before: IssueProgress, event: IssueEvent): IssueProgress {
  const after = (progress: IssueProgress) => recorded({ ...progress, sequence: event.sequence }, event);
  return undoableAfter(before, event, after);
}

function recorded(progress: IssueProgress, event: IssueEvent): IssueProgress {
  switch (event.type) {
    case 'obligationOpened':
      return opened(progress, event);
    case 'obligationOverdue':
      return changed(progress, event.obligationId, (obligation) => ({ ...obligation, overdue: 'recorded' }));
    case 'obligationLapsed':
      return lapsed(progress, event.obligationId);
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
    case 'proposalDecided': {
      const decided = { ...progress, proposals: progress.proposals.filter(({ id }) => id !== event.proposalId) };
      return without(decided, ({ proposalId }) => proposalId === event.proposalId);
    }
    case 'commitmentKept':
      return promised(progress, { kept: 1, broken: 0 });
    case 'commitmentBroken':
      return promised(progress, { kept: 0, broken: 1 });

    case 'acknowledged':
      return underWay(progress, event);
    case 'progressReported':
      return reported(progress, event);
    case 'committed': {
      const { until, obligations, rests } = event;
      const answered = reported(progress, event);
      if (isClosed(progress) || obligations.length === 0 || progress.commitment !== undefined) return answered;
      const commitment = { until, madeAt: event.at, obligations, ...(rests !== undefined && { rests }) };
      return { ...answered, commitment };
    }
    case 'evidenceReceived':
      return evidenceReceived(progress, event);
    case 'evidenceJudged':
      return evidenceJudged(progress, event);
    case 'evidenceCorrected':
      return evidenceCorrected(progress, event);
    case 'personCorrected':
      return personCorrected(progress, event);
    case 'satisfactionNoted':
      return reviewedAnew(progress, event, { ...progress, satisfaction: event.satisfaction });

    case 'closureProposed':
      return closureProposed(progress, event);
    case 'closureWithdrawn':
      return closureWithdrawn(progress, event);
    case 'closureReturned':
      return closureReturned(progress, event);
    case 'closureLevelApproved':
      return closureLevelApproved(progress, event);
    case 'closureApproved':
      return closureApproved(progress, event);

    case 'extensionRequested': {
      const { until, measures } = event;
      const taken = underWay(progress, event);
      return { ...taken, extension: { requestedBy: event.by, requestedAt: event.at, until, measures } };
    }
    case 'extensionGranted': {
      const { extension: _granted, extensions, ...rest } = progress;
      const sum = { granted: (extensions?.granted ?? 0) + 1, days: (extensions?.days ?? 0) + event.days };
      return without(moved({ ...rest, extensions: sum }, event), kindIs('extensionDecision'));
    }
    case 'extensionRefused': {
      const { extension: _refused, ...rest } = progress;
      return without(rest, kindIs('extensionDecision'));
    }
    case 'deadlineCorrected':
      return moved(progress, event);
    case 'disputed': {
      // Whoever holds that the finding is not so is held to no promise about it.
      const { commitment: _released, ...rest } = underWay(progress, event);
      return { ...rest, dispute: { by: event.by, at: event.at } };
    }
    case 'disputeRejected': {
      const { dispute: _rejected, ...rest } = progress;
      return without(rest, kindIs('disputeDecision'));
    }
    case 'suspended': {
      const { kind, authority, at } = event;
      return { ...progress, suspension: { at, kind, authority, reviewedOn: dayOf(at) } };
    }
    case 'suspensionReviewed': {
      const { suspension } = progress;
      const reviewed = suspension && { suspension: { ...suspension, reviewedOn: dayOf(event.at) } };
      return without({ ...progress, ...reviewed }, kindIs('suspensionReview'));
    }
    case 'resumed': {
      const { suspension, ...rest } = takenOnFrom(progress, event.at);
      const suspendedWorkdays = (rest.suspendedWorkdays ?? 0) + event.workdays;
      // What is reported regularly is counted anew: nobody is late with what he could not give meanwhile.
      const { lastItemReportOn: _earlier, ...anew } = rest;
      const since = rest.itemsInSince === undefined ? {} : { itemsInSince: event.at };
      const promise = rest.commitment &&
        event.promisedUntil !== undefined && { commitment: { ...rest.commitment, until: event.promisedUntil } };
      const going = { ...anew, ...since, ...promise, suspendedWorkdays, lastReportOn: dayOf(event.at) };
      const stood = suspension === undefined ? dayOf(event.at) : dayOf(suspension.at);
      return without(
        moved(going, event),
        ({ kind, dueOn }) => kind === 'suspensionReview' || (regular.has(kind) && dueOn < stood),
      );
    }
    case 'statusAsked':
      return { ...progress, askedAt: progress.askedAt ?? event.at };
    case 'handedOver':
      return handedOver(progress, event);

    case 'itemsEntered':
      return itemsEntered(progress, event);
    case 'itemsMoved':
      return itemsMoved(progress, event);
    case 'itemsRechecked':
      return itemsRechecked(progress, event);

    case 'attestationEndorsed': {
      const { attestedAt: _endorsed, ...rest } = progress;
      return without(rest, kindIs('attestationEndorsement'));
    }
    case 'longTermEnded':
      return enter('lookBack', { ...nothingToTakeOn(progress), obligations: [], proposals: [] }, event.at);
    case 'lookBackHeld':
    case 'lookBackLeftOut':
      return ended(progress, 'archived', event);
    case 'lookBackPartlyHeld':
      return without({ ...progress, lookBack: { state: 'again', dueOn: event.againOn } }, kindIs('lookBack'));
    case 'lookBackDrawn':
      return { ...progress, lookBack: { state: 'drawn' } };
    case 'rebounded':
      return rebounded(progress, event);
    case 'withdrawn':
      return ended(progress, 'withdrawn', event);
    case 'mergedInto':
      return ended(progress, 'merged', event);

    case 'policyAdopted': {
      const adopted = event.passed.reduce(
        (after, { obligationId, rungIds }) =>
          changed(after, obligationId, (obligation) => ({
            ...obligation,
            proposedRungs: [...new Set([...obligation.proposedRungs, ...rungIds])],
          })),
        progress,
      );
      return { ...adopted, policyAdoptedOn: dayOf(event.at) };
    }
    case 'calendarAdopted':
    case 'unitChanged':
      return progress;
    case 'recurrenceConfirmed':
      return { ...progress, recurrenceOf: event.earlierIssueId };
    case 'undone':
      return takenBack(progress);
  }
}

function promised(progress: IssueProgress, { kept, broken }: { kept: number; broken: number }): IssueProgress {
  const { commitment: _over, promises, ...rest } = progress;
  return { ...rest, promises: { kept: (promises?.kept ?? 0) + kept, broken: (promises?.broken ?? 0) + broken } };
}

function ended(progress: IssueProgress, phase: 'archived' | 'withdrawn' | 'merged', { at }: IssueEvent): IssueProgress {
  return enter(phase, { ...progress, obligations: [], proposals: [] }, at);
}
