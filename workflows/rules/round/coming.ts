import { addWorkdays, nextWorkday } from '../calendar.ts';
import { addDays, addMonths, dayOf, type IsoDate, type IsoInstant, startOfDay } from '../instants.ts';
import { workdayAround } from '../ladder.ts';
import { obligationNames } from '../names.ts';
import type { Role } from '../policy.ts';
import { lookBackOf } from '../policy-parts.ts';
import { bodiesOf, type NumberedBody } from './bodies.ts';
import type { ComingRoundFact } from './coming-fact.ts';
import { duties } from './duties.ts';
import type { RoundObligation } from './events.ts';
import { roundOpening } from './opening.ts';
import { planOf, type RoundProgress } from './progress.ts';
import type { RoundRules, RoundStanding } from './rules.ts';
import { bodyIdOf } from './scope.ts';

/** What time alone will bring to a round that is under way. */
export function owedByRound(
  rules: RoundRules,
  progress: RoundProgress,
  standing: RoundStanding,
  now: IsoInstant,
): ComingRoundFact[] {
  return [
    ...phases(rules, progress),
    ...duties(rules, progress, standing),
    ...[undefined, ...bodiesOf(rules)].flatMap((body) => plan(rules, progress, body)),
    ...batches(progress),
    ...comments(progress),
    ...draw(rules, progress, standing, now),
    ...progress.obligations.filter(({ overdue }) => overdue === 'no').map(becomesOverdue),
  ];
}

/** 阶段: they may overlap, so each begins and ends by itself. */
function phases({ policy }: RoundRules, progress: RoundProgress): ComingRoundFact[] {
  return (policy.phases ?? []).flatMap(({ id, from, to }): ComingRoundFact[] => {
    const state = progress.phases[id];
    if (state === 'over') return [];
    return state === 'running'
      ? [{ at: startOfDay(addDays(to, 1)), fact: { type: 'phaseEnded', phaseId: id } }]
      : [{ at: startOfDay(from), fact: { type: 'phaseStarted', phaseId: id } }];
  });
}

/** 整改方案: what was submitted is approved or returned; what was returned, or asked for again, is owed again. */
function plan({ policy, calendar }: RoundRules, progress: RoundProgress, body?: NumberedBody): ComingRoundFact[] {
  const last = planOf(progress, body?.id);
  if (last === undefined) return [];
  const { state, at } = last;
  const day = dayOf(at);
  const within = (workdays: number) => addWorkdays(calendar, day, workdays);
  const again = (dueOn: IsoDate, title: string): ComingRoundFact[] => {
    if (isOwed(progress, 'rectificationPlan', body)) return [];
    const owed = { kind: 'rectificationPlan', role: planRole(policy.duties), dueOn, number: 1, title, body } as const;
    return [{ at, fact: roundOpening(progress, owed) }];
  };
  switch (state) {
    case 'approved':
      return [];
    case 'submitted': {
      if (isOwed(progress, 'planApproval', body)) return [];
      const dueOn = within(policy.decideClosureWithinWorkdays);
      const title = obligationNames.planApproval;
      return [{ at, fact: roundOpening(progress, { kind: 'planApproval', role: 'groupHead', dueOn, title, body }) }];
    }
    case 'returned':
      return again(within(policy.returnedWithinWorkdays), '整改方案（重报）');
    case 'askedAgain':
      return again(workdayAround(calendar, addMonths(day, planWithinMonths), 0), '二次整改方案');
  }
}

/** As the first plan after the feedback. */
const planWithinMonths = 1;

function planRole(listed: RoundRules['policy']['duties']): Role {
  return listed?.find(({ kind }) => kind === 'rectificationPlan')?.role ?? 'office';
}

/** 督办批次: each unit owes its answer. */
function batches(progress: RoundProgress): ComingRoundFact[] {
  return progress.batches.flatMap(({ number, title, dueOn, issuedAt, units }): ComingRoundFact[] => {
    const next = units[progress.opened[`supervision-batch-${String(number)}`] ?? 0];
    if (next === undefined) return [];
    const { unit, issueIds, measures, correction } = next;
    const standing = units.filter((one) => one.correction !== 'tookBack');
    const whose = standing.length === 1 || unit === '' ? '' : `（${unit}）`;
    const anew = correction === undefined ? '' : '（更正）';
    const owed = {
      kind: 'supervisionBatch' as const,
      role: 'handler' as const,
      dueOn,
      number,
      title: `第${String(number)}批督办“${title}”${whose}${anew}`,
      scope: { unit, issueIds, ...(measures !== undefined && { measures }) },
    };
    return [{ at: issuedAt, fact: roundOpening(progress, owed) }];
  });
}

/** 群众意见 */
function comments(progress: RoundProgress): ComingRoundFact[] {
  const owed = new Set(progress.obligations.map(({ scope }) => scope?.commentId));
  return progress.comments
    .filter(({ id }) => !owed.has(id))
    .slice(0, 1) // one at a time, so that each gets the next ordinal
    .map(({ id, dueOn, receivedAt, issueId, title }) => ({
      at: receivedAt,
      fact: roundOpening(progress, {
        kind: 'publicComment',
        role: 'office',
        dueOn,
        title: title ?? ((ordinal) => `答复第${String(ordinal)}件群众意见`),
        scope: { commentId: id, ...(issueId !== undefined && { issueIds: [issueId] }) },
      }),
    }));
}

/**
 * 抽取回头看: owed by the day on which the first issue that nobody has drawn would be looked back at. One draw takes in
 * all that are closed by then; for those that close later there is another.
 */
function draw(
  { policy, calendar }: RoundRules,
  progress: RoundProgress,
  { drawDueOn }: RoundStanding,
  now: IsoInstant,
): ComingRoundFact[] {
  if (drawDueOn == null || lookBackOf(policy).share === 1 || isOwed(progress, 'lookBackDraw')) return [];
  const today = nextWorkday(calendar, dayOf(now));
  const usual = workdayAround(calendar, drawDueOn, 0);
  const dueOn = usual < today ? today : usual;
  const opens = workdayAround(calendar, dueOn, -policy.openAheadWorkdays);
  const owed = { kind: 'lookBackDraw', role: 'office', dueOn, title: obligationNames.lookBackDraw } as const;
  return [{ at: startOfDay(opens), fact: roundOpening(progress, owed) }];
}

function becomesOverdue({ id, dueOn }: RoundObligation): ComingRoundFact {
  return { at: startOfDay(addDays(dueOn, 1)), fact: { type: 'obligationOverdue', obligationId: id } };
}

function isOwed({ obligations }: RoundProgress, kind: RoundObligation['kind'], body?: NumberedBody): boolean {
  return obligations.some((one) => one.kind === kind && bodyIdOf(one.scope) === body?.id);
}
