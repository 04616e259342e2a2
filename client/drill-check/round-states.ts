import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { ObligationKind } from '../../workflows/rules/policy.ts';
import { type DutyHistory, type DutySpan, historyOf } from './duty-history.ts';
import type { Law, RoundEventFacts } from './facts.ts';

interface RoundState extends Law {
  /** What is owed, with its due day, in the order in which it opened. */
  readonly owed: ReadonlyMap<string, IsoDate>;
}

/** What a report meets; what is decided, judged, drawn or answered is met by that alone. */
const reported: readonly ObligationKind[] = [
  'weeklyCheck',
  'monthlyDispatch',
  'periodicDuty',
  'rectificationPlan',
  'progressReport',
  'supervisionBatch',
];

/** Goes through a round's events one by one. */
export function roundHistory(
  { id, events }: { readonly id: string; readonly events: readonly RoundEventFacts[] },
  launchedWith: Law,
): DutyHistory {
  const spans = new Map<string, DutySpan>();
  const comments = new Map<string, string>();
  /** Whose own a duty is, where each of several bodies owes it. */
  const bodies = new Map<string, string>();
  const first: RoundState = { ...launchedWith, owed: new Map() };
  const after: { readonly at: IsoInstant; readonly state: RoundState }[] = [];
  let state = first;
  for (const { at, type, detail } of events) {
    const { obligationId = '', kind, role, dueOn, scope, version = 0 } = detail;
    const without = (isMet: (span: DutySpan) => boolean): RoundState => ({
      ...state,
      owed: new Map([...state.owed].filter(([owedId]) => !isMet(spans.get(owedId)!))),
    });
    const kindMet = (met: ObligationKind) => without((span) => span.kind === met);
    switch (type) {
      case 'obligationOpened': {
        if (kind === undefined || role === undefined || dueOn === undefined) throw new Error(`no duty in ${type}`);
        const issueIds = scope?.issueIds ?? (scope?.bodyId === undefined ? [] : [scope.bodyId]);
        spans.set(obligationId, {
          ...{ subjectId: id, issueIds, cycle: 1, obligationId, kind, role, openedAt: at },
          ...{ measure: undefined, proposalId: undefined, measuresOf: scope?.measures ?? {} },
        });
        const about = scope?.bodyId ?? scope?.judgedBodyId;
        if (about !== undefined) bodies.set(obligationId, about);
        if (scope?.commentId !== undefined) comments.set(obligationId, scope.commentId);
        state = { ...state, owed: new Map([...state.owed, [obligationId, dueOn]]) };
        break;
      }
      case 'obligationLapsed':
        state = without((span) => span.obligationId === obligationId);
        break;
      case 'dutyReported':
        state = without((span) => span.obligationId === obligationId && reported.includes(span.kind));
        break;
      case 'planDecided':
        state = without((span) => span.kind === 'planApproval' && bodies.get(span.obligationId) === detail.bodyId);
        break;
      case 'batchCorrected':
      case 'commentCorrected':
        state = without((span) => detail.closes?.includes(span.obligationId) === true);
        break;
      case 'commentAnswered':
        state = without((span) => comments.get(span.obligationId) === detail.commentId);
        break;
      case 'lookBacksDrawn':
        state = kindMet('lookBackDraw');
        break;
      case 'evaluated': {
        if (detail.bodyId !== undefined && detail.meets === undefined) break; // of a body that owes nothing of its own
        const met = [...state.owed.keys()].find(
          (owedId) => spans.get(owedId)?.kind === 'evaluation' && bodies.get(owedId) === detail.bodyId,
        );
        state = without((span) => span.obligationId === met);
        break;
      }
      case 'policyAdopted':
        state = { ...state, policy: version };
        break;
      case 'calendarAdopted':
        state = { ...state, calendar: version };
        break;
      case 'ended':
        state = { ...state, owed: new Map() };
        break;
    }
    after.push({ at, state });
  }
  return historyOf([...spans.values()], first, after, (span, { owed, policy, calendar }) => {
    const dueOn = owed.get(span.obligationId);
    return dueOn === undefined ? undefined : { dueOn, policy, calendar, above: 0, rests: () => false };
  });
}
