import { sliceOf } from '../../workflows/rules/calendar.ts';
import { at } from '../../workflows/rules/instants.ts';
import type { Letter, Policy, PolicyDuty, Role, Rung } from '../../workflows/rules/policy.ts';
import { simplePolicy } from '../../workflows/rules/simple-policy.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import type { RoundTerms } from '../../workflows/rules/terms.ts';

function rung(id: string, from: Rung['from'], workdays: number, letter: Letter, to: readonly Role[]): Rung {
  return { id, from, workdays, letter, to, missed: 'sendLate' };
}

const ladder: readonly Rung[] = [
  rung('on-day', 'due', 0, 'reminder', ['office']),
  rung('after-1', 'due', 1, 'urge', ['office', 'groupHead']),
];

const weeklyCheck: PolicyDuty = {
  id: 'weekly',
  kind: 'weeklyCheck',
  title: '周检查',
  role: 'office',
  cadence: { every: 'week', weekday: 5 },
  until: 'concentratedPeriod',
};

/** The duties of a round one by one, for tests to choose from. */
export const dutiesOfRound = {
  weeklyCheck,
  monthlyDispatch: {
    id: 'monthly',
    kind: 'monthlyDispatch',
    title: '月调度',
    role: 'office',
    cadence: { every: 'month', dayOfMonth: 31 },
    until: 'lastClosure',
  },
  plan: {
    id: 'plan',
    kind: 'rectificationPlan',
    title: '报整改方案',
    role: 'office',
    cadence: { every: 'once', after: 'feedback', months: 1 },
    until: 'concentratedPeriod',
  },
  evaluation: {
    id: 'evaluation',
    kind: 'evaluation',
    title: '定期评估',
    role: 'office',
    cadence: { every: 'once', after: 'concentratedPeriod', months: 1 },
    until: 'lastClosure',
  },
} as const satisfies Record<string, PolicyDuty>;

/** The preset 简明 with these duties of the round and a ladder for each of their kinds. */
export function roundPolicy(duties: readonly PolicyDuty[], changes: Partial<Policy> = {}): Policy {
  return {
    ...simplePolicy,
    duties,
    ladders: {
      ...simplePolicy.ladders,
      weeklyCheck: ladder,
      monthlyDispatch: ladder,
      rectificationPlan: ladder,
      evaluation: ladder,
      lookBackDraw: ladder,
      publicComment: ladder,
      planApproval: [rung('submitted', 'opened', 0, 'reminder', ['groupHead'])],
      supervisionBatch: [
        rung('issued', 'opened', 0, 'assignment', ['handler']),
        rung('on-day', 'due', 0, 'reminder', ['handler']),
      ],
    },
    ...changes,
  };
}

/** A round fed back on 2024年1月2日(周二), launched on 2024年1月8日(周一) 08:00, concentrated until the end of June. */
export function roundTerms(duties: readonly PolicyDuty[], changes: Partial<RoundTerms> = {}): RoundTerms {
  return {
    roundId: 'round-1',
    concentratedEndsOn: '2024-06-30',
    clock: { kind: 'real' },
    launchedAt: at('2024-01-08', '08:00'),
    feedbackOn: '2024-01-02',
    policy: roundPolicy(duties),
    calendar: sliceOf(bundledCalendar, '2023-12-01', '2026-12-31'),
    ...changes,
  };
}
