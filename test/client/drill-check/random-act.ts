import { chance } from '../../../client/practice/chance.ts';
import { commitmentTo } from '../../../workflows/rules/commitment.ts';
import type { Calendar } from '../../../workflows/rules/calendar.ts';
import { closureStateOf } from '../../../workflows/rules/closure.ts';
import type { IssueFact } from '../../../workflows/rules/events.ts';
import { addDays, addMonths, dayOf } from '../../../workflows/rules/instants.ts';
import type { Policy } from '../../../workflows/rules/policy.ts';
import type { RequestRule, Standing } from '../../../workflows/rules/refusal.ts';
import { type IssueRequest, type IssueRequestName, requestRules } from '../../../workflows/rules/requests/index.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';

/** What somebody does: the fact, and the terms from then on. */
export interface RandomAct {
  readonly fact: IssueFact;
  readonly terms: IssueTerms;
  readonly by: string;
}

interface Tossing {
  readonly seed: string;
  /** How many events there are: every toss is another one. */
  readonly count: number;
  readonly laterPolicy: Policy;
  readonly laterCalendar: Calendar;
}

type Acts = { readonly [Name in IssueRequestName]: (toss: (what: string) => number) => IssueRequest<Name> };

/** How often each request is tried; what stands in its way is left out. */
const weights: Readonly<Partial<Record<IssueRequestName | IssueFact['type'], number>>> = {
  ...{ acknowledged: 2, progressReported: 4, evidenceReceived: 14, committed: 4, satisfactionNoted: 1 },
  ...{ proposeClosure: 12, decideClosure: 14, noteSatisfaction: 2, recordLookBack: 8, judgeEvidence: 2 },
  ...{ decideProposal: 3, recheckItems: 8, moveItems: 4, decideExtension: 3, decideDispute: 4, resumeIssue: 6 },
  ...{ withdrawIssue: 0.02, mergeInto: 0.02, endLongTerm: 0.3, settleLookBackDraw: 0.3, undoLastStep: 3 },
  ...{
    confirmRecurrence: 0.2,
    handOver: 0.6,
    changeUnit: 0.1,
    suspendIssue: 0.4,
    disputeFinding: 0.5,
    enterItems: 0.2,
  },
  ...{ correctEvidence: 0.4, correctPerson: 0.4, askStatus: 0.6, correctDeadline: 0.5, withdrawProposal: 0.5 },
  ...{ adoptPolicy: 0.3, adoptCalendar: 0.3, endorseAttestation: 5 },
};

/** Something that somebody may do now: a fact, or a request that its rule does not refuse. Nothing, now and then. */
export function randomAct(
  standing: Standing,
  { seed, count, laterPolicy, laterCalendar }: Tossing,
): RandomAct | undefined {
  const { terms, progress, now } = standing;
  const toss = (what: string) => chance(seed, what, count, now);
  const by = `person-${String(Math.floor(toss('who') * 4))}`;
  const today = dayOf(now);
  const later = (what: string, days: number) => addDays(today, 1 + Math.floor(toss(what) * days));
  const noteId = `note-${String(count)}`;
  const measures = progress.measures.map(({ number }) => number);
  const pick = <Item>(items: readonly Item[], what: string) => items[Math.floor(toss(what) * items.length)]!;
  const items = (progress.items ?? []).map(({ id }) => id);
  const someItems = items.filter((id) => toss(id) < 0.6);
  const pieces = [...progress.measures, ...(progress.remainder ?? [])].flatMap(({ evidence }) => evidence);
  const reason = '理由';

  const facts: Readonly<Record<string, () => IssueFact>> = {
    acknowledged: () => ({ type: 'acknowledged' }),
    progressReported: () => ({ type: 'progressReported', noteId }),
    committed: () =>
      commitmentTo(
        progress,
        {
          ...{ until: later('until', 40), noteId },
          ...(toss('of one') < 0.5 && measures.length > 0 && { measure: pick(measures, 'promised') }),
          ...(toss('rests') < 0.8 && { rests: 'covered' }),
        },
        today,
      ),
    evidenceReceived: () => {
      const evidence = { evidenceId: `e-${String(count)}` };
      return toss('whole') < 0.1
        ? { type: 'evidenceReceived', evidence: [evidence] }
        : { type: 'evidenceReceived', evidence: [{ ...evidence, measure: pick(measures, 'measure') }] };
    },
  };
  const requests: Acts = {
    proposeClosure: () => {
      const remainder = measures.slice(-1).map((measure) => ({ measure, deadline: later('remainder', 60) }));
      const outcome = pick(['done', 'done', 'longTerm', 'basicallyDone'] as const, 'outcome');
      return { outcome, ...(outcome === 'basicallyDone' && { remainder }) };
    },
    withdrawProposal: () => ({ reason }),
    decideClosure: () => ({
      decision:
        toss('decision') < 0.3
          ? { kind: 'returned', reason, measures: [pick(measures, 'measure')] }
          : {
              kind: 'approved',
              stateHash: closureStateOf(terms.issueId, progress) ?? '',
              acceptedEvidence: pieces.filter(({ state }) => state !== 'returned').map(({ evidenceId }) => evidenceId),
            },
    }),
    noteSatisfaction: () => ({ satisfaction: pick(['satisfied', 'basicallySatisfied'] as const, 'how'), noteId }),
    judgeEvidence: () => {
      const one = pieces.length === 0 ? [] : [pick(pieces, 'piece').evidenceId];
      return toss('judge') < 0.5 ? { accepted: one, returned: [], reason } : { accepted: [], returned: one, reason };
    },
    correctEvidence: () => ({
      evidenceId: pieces.length === 0 ? 'none' : pick(pieces, 'piece').evidenceId,
      measure: toss('to') < 0.3 ? null : pick(measures, 'measure'),
      reason,
    }),
    correctPerson: () => {
      const piece = pieces.length === 0 ? undefined : pick(pieces, 'piece');
      return {
        ...{ corrected: [1], evidenceIds: piece === undefined ? [] : [piece.evidenceId], from: piece?.by ?? 'none' },
        ...{ to: `person-${String(Math.floor(toss('whose') * 4))}`, reason },
      };
    },
    requestExtension: () => ({
      until: addDays(progress.deadline, 1 + Math.floor(toss('until') * 60)),
      measures: toss('all') < 0.5 ? [] : [pick(measures, 'measure')],
      ...{ reason, progress: '已完成大半' },
    }),
    decideExtension: () => ({ decision: toss('decision') < 0.7 ? 'granted' : 'refused', reason }),
    correctDeadline: () => ({ measures: [{ measure: pick(measures, 'measure'), deadline: later('on', 90) }], reason }),
    suspendIssue: () => ({ kind: 'litigation', authority: '', reason }),
    resumeIssue: () => ({ reason }),
    reviewSuspension: () => ({ finding: '仍在审理' }),
    enterItems: () => ({ itemIds: [`item-${String(count)}`, `item-${String(count)}b`] }),
    moveItems: () => {
      const idle = (progress.items ?? []).filter(({ state }) => state === 'entered').map(({ id }) => id);
      return idle.length > 0 ? { itemIds: idle, to: 'inWork' } : { itemIds: someItems, to: 'askedToLeave' };
    },
    recheckItems: () => ({
      left: someItems,
      back: items.filter((id) => !someItems.includes(id) && toss(`${id}back`) < 0.3),
      finding: '现场看过',
    }),
    decideProposal: () => ({
      proposalId: progress.proposals[0]?.id ?? '',
      decision: toss('decision') < 0.5 ? 'accepted' : 'declined',
      reason,
    }),
    disputeFinding: () => ({ reason }),
    decideDispute: () => ({ decision: toss('decision') < 0.9 ? 'rejected' : 'upheld', reason }),
    withdrawIssue: () => ({ reason }),
    mergeInto: () => ({ issueId: 'another', reason, carried: measures.map((measure) => ({ measure, into: 0 })) }),
    askStatus: () => ({ noteId }),
    endorseAttestation: () => ({}),
    endLongTerm: () => ({ reason }),
    recordLookBack: () => {
      const number = toss('finding');
      if (number < 0.5 && progress.cycle < 4) return { finding: '反弹', rebound: { deadline: addMonths(today, 2) } };
      return number < 0.75 ? { finding: '部分保持', partly: 'partly' } : { finding: '保持' };
    },
    confirmRecurrence: () => ({ earlierIssueId: 'earlier' }),
    undoLastStep: () => ({ reason }),
    changeUnit: () => ({ what: 'unit', from: '一科', to: '二科', reason }),
    handOver: () => ({
      ...{ role: 'handler', from: ['person-1'], to: ['person-2'], reason },
      ...(toss('anew') < 0.8 && { acknowledgement: 'anew' }),
      ...(toss('of a measure') < 0.4 && measures.length > 0 && { measure: pick(measures, 'measure') }),
    }),
    adoptPolicy: () => ({ policy: laterPolicy }),
    adoptCalendar: () => ({ calendar: laterCalendar }),
    settleLookBackDraw: () => ({ drawId: 'draw', outcome: toss('draw') < 0.8 ? 'drawn' : 'leftOut' }),
  };

  /** While a closure is reviewed, little comes in that would make it begin again. */
  const weightOf = (name: keyof typeof weights) => {
    const usual = weights[name] ?? 1;
    const isNews = name === 'evidenceReceived' || name.startsWith('correct') || name === 'noteSatisfaction';
    return progress.phase === 'closureReview' && isNews ? usual / 20 : usual;
  };
  const names = [...Object.keys(facts), ...(Object.keys(requests) as IssueRequestName[])] as (keyof typeof weights)[];
  const order = names
    .map((name) => ({ name, place: toss(name) ** (1 / weightOf(name)) }))
    .sort((one, other) => other.place - one.place);
  for (const { name } of order.slice(0, 6)) {
    const fact = facts[name];
    if (fact !== undefined) return { fact: fact(), terms, by };
    const rule = requestRules[name as IssueRequestName] as RequestRule<object>;
    const level = String(progress.closure?.approvals?.length ?? 0);
    const deciders: Readonly<Record<string, string>> = {
      ...{ decideClosure: `decider-${level}`, recordLookBack: 'reviewer', judgeEvidence: 'judge' },
      // Whoever took the last step is who may take it back.
      undoLastStep: progress.undoable?.by ?? by,
    };
    const who = deciders[name] ?? by;
    const request = { ...requests[name as IssueRequestName](toss), by: who };
    if (rule.refusals(standing, request).length > 0) continue;
    return { fact: rule.fact(standing, request), terms: rule.terms?.(terms, request) ?? terms, by: who };
  }
  return undefined;
}
