import type { DutySpan } from './duty-history.ts';
import type { IssueState } from './issue-state.ts';

/** What has been owed so far, by `cycle/obligation`. */
export type Spans = ReadonlyMap<string, DutySpan>;

export function spanOf(spans: Spans, { cycle }: IssueState, obligationId: string): DutySpan | undefined {
  return spans.get(`${String(cycle)}/${obligationId}`);
}

/** Nobody has to decide any more about somebody who has delivered. */
export function without(state: IssueState, spans: Spans, isMet: (span: DutySpan) => boolean): IssueState {
  const met = [...state.owed.keys()].filter((id) => {
    const span = spanOf(spans, state, id);
    return span !== undefined && isMet(span);
  });
  const proposals = new Map([...state.proposals].filter(([, about]) => !met.includes(about)));
  const owed = new Map(
    [...state.owed].filter(([id]) => {
      const proposalId = spanOf(spans, state, id)?.proposalId;
      const hasFallen = proposalId !== undefined && state.proposals.has(proposalId) && !proposals.has(proposalId);
      return !met.includes(id) && !hasFallen;
    }),
  );
  return { ...state, owed, proposals };
}

export function nothingOwed(state: IssueState): IssueState {
  return { ...state, owed: new Map(), proposals: new Map() };
}

/** Who has another day is not late, and what was proposed about his being late falls. */
export function moved(
  state: IssueState,
  others: readonly { readonly obligationId: string; readonly dueOn: string }[],
  spans: Spans,
): IssueState {
  const ids = others.map(({ obligationId }) => obligationId);
  const fallen = [...state.proposals].filter(([, about]) => ids.includes(about)).map(([id]) => id);
  const proposals = new Map([...state.proposals].filter(([id]) => !fallen.includes(id)));
  const owed = new Map([...state.owed].filter(([id]) => !fallen.includes(spanOf(spans, state, id)?.proposalId ?? '')));
  for (const { obligationId, dueOn } of others) if (owed.has(obligationId)) owed.set(obligationId, dueOn);
  return { ...state, proposals, owed };
}

/** What is new during a review has been seen by none of the levels that have approved: it begins again. */
export function seenAnew(state: IssueState, spans: Spans): IssueState {
  if (state.phase !== 'review' || state.approvals === 0) return state;
  return without({ ...state, approvals: 0 }, spans, ({ kind }) => kind === 'closureDecision');
}

export function itemsAs(
  { items }: Pick<IssueState, 'items'>,
  ids: readonly string[],
  to: string,
): ReadonlyMap<string, string> {
  return new Map([...items].map(([id, was]) => [id, ids.includes(id) ? to : was]));
}
