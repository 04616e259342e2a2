import type { IssueEvent } from '../../workflows/rules/events.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { afterEvent, countedAnew } from './after-event.ts';
import { type DutyHistory, type DutySpan, historyOf } from './duty-history.ts';
import type { IssueFacts, Law } from './facts.ts';
import { firstState, type IssueState, levelsAbove } from './issue-state.ts';
import { restsAt } from './rests.ts';
import { spanOf, type Spans } from './state-changes.ts';

/** Goes through an issue's events one by one. */
export function issueHistory({ id, events, repeats }: IssueFacts, launchedWith: Law): DutyHistory {
  const spans = new Map<string, DutySpan>();
  const first = firstState(launchedWith, repeats);
  const after: { readonly at: IsoInstant; readonly state: IssueState }[] = [];
  let beforeLastAct = first;
  let state = first;
  for (const event of events) {
    // Only the last thing that anybody did can be taken back, and what followed from it by rules falls with it; what time
    // alone has brought about stands.
    const stood = event.type === 'undone' ? beforeLastAct : undefined;
    if (event.by !== null) beforeLastAct = state;
    if (event.type === 'obligationOpened') {
      const { cycle, obligationId, kind, role, measure, proposalId, at: openedAt } = event;
      spans.set(`${String(cycle)}/${obligationId}`, {
        ...{ subjectId: id, issueIds: [id], cycle, obligationId, kind, role, measure, proposalId, openedAt },
      });
    }
    if (event.by === null && isOfTimeAlone(beforeLastAct, state, event, spans)) {
      beforeLastAct = afterEvent(beforeLastAct, event, spans);
    }
    state = stood ?? afterEvent(state, event, spans);
    after.push({ at: event.at, state });
  }
  return historyOf([...spans.values()], first, after, (span, { cycle, owed, ...rest }) => {
    const dueOn = cycle === span.cycle ? owed.get(span.obligationId) : undefined;
    if (dueOn === undefined) return undefined;
    const standing = { cycle, owed, ...rest };
    return {
      ...{ dueOn, policy: rest.policy, calendar: rest.calendar },
      above: span.role === 'handler' ? levelsAbove(standing) : 0,
      rests: (leavesAt) => restsAt(standing, span, dueOn, leavesAt),
    };
  });
}

/** Whether what rules brought about would have come without the last act as well. */
function isOfTimeAlone(without: IssueState, { phase }: IssueState, event: IssueEvent, spans: Spans): boolean {
  switch (event.type) {
    case 'obligationLapsed':
    case 'proposalRaised':
      return without.owed.has(event.obligationId);
    case 'obligationOpened': {
      if (event.proposalId !== undefined) return without.proposals.has(event.proposalId);
      const isOwedAnyway = [...without.owed.keys()].some((id) => spanOf(spans, without, id)?.kind === event.kind);
      return countedAnew.includes(event.kind) && without.phase === phase && !isOwedAnyway;
    }
    case 'commitmentKept':
    case 'commitmentBroken':
      return without.promise?.until === event.until;
    default:
      return false;
  }
}
