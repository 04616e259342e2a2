import type { IssueEvent } from '../../workflows/rules/events.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import type { ObligationKind } from '../../workflows/rules/policy.ts';
import type { DutySpan } from './duty-history.ts';
import type { IssueState } from './issue-state.ts';
import { itemsAs, moved, nothingOwed, seenAnew, spanOf, type Spans, without } from './state-changes.ts';

/** Reports at intervals: one that was missed before the clock stood still (中止) is owed no more when it goes on. */
export const countedAnew: readonly ObligationKind[] = ['checkIn', 'itemReport', 'attestation'];

/**
 * How an issue stands after an event: what each of them settles, opens or moves, as the checker reads the policy.
 *
 * @param spans what has been owed so far, by `cycle/obligation`
 */
export function afterEvent(state: IssueState, event: IssueEvent, spans: Spans): IssueState {
  const kindsMet = (...kinds: readonly ObligationKind[]) => without(state, spans, ({ kind }) => kinds.includes(kind));
  /** A measure handed over by itself is taken on by whom it was handed to, all else by whoever answers. */
  const takenOn = () =>
    without(state, spans, ({ kind, measure = 0 }) => {
      const to = state.handedTo.get(measure);
      const speakers = [event.by, event.onBehalfOf];
      return kind === 'acknowledgement' && (to === undefined || to.some((one) => speakers.includes(one)));
    });
  /** Words of the handler answer whatever he was asked to say. */
  const said = () => {
    const asked: readonly ObligationKind[] = ['checkIn', 'attestation', 'statusAnswer', 'itemReport'];
    const after = without(takenOn(), spans, ({ kind }) => asked.includes(kind));
    const attested = [...state.owed.keys()].some((id) => spanOf(spans, state, id)?.kind === 'attestation');
    return attested ? { ...after, missed: 0 } : after;
  };
  switch (event.type) {
    case 'obligationOpened':
      return { ...state, owed: new Map([...state.owed, [event.obligationId, event.dueOn]]) };
    case 'obligationOverdue':
    case 'statusAsked':
    case 'unitChanged':
    case 'lookBackDrawn':
      return state;
    case 'handedOver': {
      if (event.role !== 'handler' || event.acknowledgement === undefined) return state;
      const { measure: handed, to } = event;
      const handedTo = handed === undefined ? state.handedTo : new Map([...state.handedTo, [handed, to]]);
      const isAskedAnew = ({ kind, measure }: DutySpan) => kind === 'acknowledgement' && measure === handed;
      return without({ ...state, handedTo }, spans, isAskedAnew);
    }
    case 'obligationLapsed': {
      const isAttestation = spanOf(spans, state, event.obligationId)?.kind === 'attestation';
      const after = without(state, spans, ({ obligationId }) => obligationId === event.obligationId);
      return isAttestation ? { ...after, missed: state.missed + 1 } : after;
    }
    case 'proposalRaised':
      return { ...state, proposals: new Map([...state.proposals, [event.proposalId, event.obligationId]]) };
    case 'proposalDecided': {
      const proposals = new Map([...state.proposals].filter(([id]) => id !== event.proposalId));
      return without({ ...state, proposals }, spans, ({ proposalId }) => proposalId === event.proposalId);
    }
    case 'commitmentKept':
      return { ...state, promise: undefined };
    case 'commitmentBroken':
      return { ...state, promise: undefined, broken: state.broken + 1 };

    case 'acknowledged':
    case 'extensionRequested':
      return takenOn();
    case 'disputed':
      return { ...takenOn(), disputedAt: event.at, promise: undefined };
    case 'progressReported':
      return said();
    case 'committed': {
      const isTaken = state.phase !== 'closed' && event.obligations.length > 0 && state.promise === undefined;
      const promise = { until: event.until, covers: event.obligations };
      return isTaken ? { ...said(), promise } : said();
    }
    case 'evidenceReceived': {
      const proven = event.evidence.map(({ measure }) => measure).filter((measure) => measure !== undefined);
      const handedIn: readonly ObligationKind[] = ['evidence', 'acknowledgement'];
      const met = without(
        said(),
        spans,
        ({ kind, measure }) => handedIn.includes(kind) && proven.includes(measure ?? -1),
      );
      if (state.phase !== 'closed') return seenAnew(met, spans);
      const pieces = event.evidence.flatMap(({ evidenceId, measure }): [string, number][] =>
        measure === undefined ? [] : [[evidenceId, measure]],
      );
      return { ...met, unjudged: new Map([...state.unjudged, ...pieces]) };
    }
    case 'evidenceCorrected':
      return seenAnew(
        without(state, spans, ({ kind, measure }) => kind === 'evidence' && measure === event.measure),
        spans,
      );
    case 'personCorrected': {
      if (event.evidence.length === 0) return state;
      if (state.phase !== 'closed') return seenAnew(state, spans);
      const anew = event.evidence.filter(({ evidenceId }) => event.judgedAnew.includes(evidenceId));
      const pieces = anew.map(({ evidenceId, measure }): [string, number] => [evidenceId, measure]);
      return { ...state, unjudged: new Map([...state.unjudged, ...pieces]) };
    }
    case 'evidenceJudged': {
      const judged = [...event.accepted, ...event.returned];
      const unjudged = new Map([...state.unjudged].filter(([id]) => !judged.includes(id)));
      const waiting = [...unjudged.values()];
      return without(
        { ...state, unjudged },
        spans,
        ({ kind, measure }) => kind === 'evidenceReview' && !waiting.includes(measure ?? -1),
      );
    }
    case 'satisfactionNoted': {
      const after = { ...state, satisfaction: event.satisfaction };
      return event.satisfaction === state.satisfaction ? after : seenAnew(after, spans);
    }

    case 'closureProposed':
      return {
        ...kindsMet('acknowledgement', 'checkIn', 'evidence', 'closureProposal'),
        phase: 'review',
        approvals: 0,
      };
    case 'closureWithdrawn':
    case 'closureReturned':
      return { ...kindsMet('closureDecision'), phase: 'open', approvals: 0 };
    case 'closureLevelApproved':
      return { ...kindsMet('closureDecision'), approvals: state.approvals + 1 };
    case 'closureApproved':
      return { ...nothingOwed(state), phase: 'closed', approvals: 0, disputedAt: undefined };

    case 'extensionGranted':
      return without(moved(state, event.moved, spans), spans, ({ kind }) => kind === 'extensionDecision');
    case 'extensionRefused':
      return kindsMet('extensionDecision');
    case 'deadlineCorrected':
      return moved(state, event.moved, spans);
    case 'disputeRejected':
      return { ...kindsMet('disputeDecision'), disputedAt: undefined };
    case 'suspended':
      return { ...state, suspendedAt: event.at };
    case 'suspensionReviewed':
      return kindsMet('suspensionReview');
    case 'resumed': {
      const { promisedUntil: until } = event;
      const promise = state.promise && until !== undefined ? { ...state.promise, until } : state.promise;
      const going = { ...moved(state, event.moved, spans), suspendedAt: undefined, promise };
      const stoodFrom = dayOf(state.suspendedAt ?? event.at);
      return without(going, spans, ({ kind, obligationId }) => {
        const wasMissed = (going.owed.get(obligationId) ?? stoodFrom) < stoodFrom;
        return kind === 'suspensionReview' || (countedAnew.includes(kind) && wasMissed);
      });
    }

    case 'itemsEntered': {
      const entered = event.itemIds.filter((id) => !state.items.has(id)).map((id) => [id, 'entered'] as const);
      return { ...state, items: new Map([...state.items, ...entered]) };
    }
    case 'itemsMoved':
      return { ...state, items: itemsAs(state, event.itemIds, event.to) };
    case 'itemsRechecked': {
      const items = itemsAs({ items: itemsAs(state, event.left, 'left') }, event.back, 'inWork');
      const states = [...items.values()];
      return without({ ...state, items }, spans, ({ kind }) => {
        if (states.includes('askedToLeave')) return false;
        return kind === 'itemRecheck' || (kind === 'itemReport' && states.every((one) => one === 'left'));
      });
    }

    case 'attestationEndorsed':
      return kindsMet('attestationEndorsement');
    case 'lookBackPartlyHeld':
      return kindsMet('lookBack');
    case 'longTermEnded':
      return nothingOwed(state);
    case 'lookBackHeld':
    case 'lookBackLeftOut':
    case 'withdrawn':
    case 'mergedInto':
      return { ...nothingOwed(state), phase: 'over' };
    case 'rebounded':
      return {
        ...nothingOwed(state),
        ...{ cycle: state.cycle + 1, phase: 'open', approvals: 0, satisfaction: '', unjudged: new Map() },
        ...{ promise: undefined, suspendedAt: undefined, disputedAt: undefined, broken: 0, missed: 0 },
      };

    case 'policyAdopted':
      return { ...state, policy: event.version };
    case 'calendarAdopted':
      return { ...state, calendar: event.version };
    case 'recurrenceConfirmed':
      return { ...state, repeats: 'yes' };
    case 'undone':
      throw new Error('how it stood before the step is known to whoever has kept it');
  }
}
