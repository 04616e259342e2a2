import { type IsoDate } from '../../workflows/rules/instants.ts';
import type { DutyCadence, Policy, PolicyDuty } from '../../workflows/rules/policy.ts';
import { presetPolicy } from '../../workflows/rules/presets/index.ts';
import type { Mechanism, RecurringDuty } from './mechanism.ts';

/**
 * The policy a round starts with: the preset that the notice's words name, with the period, the phases and the recurring
 * duties that the notice states. What it does not state stays as the preset has it.
 */
export function policyOfMechanism(mechanism: Mechanism, feedbackOn: IsoDate): Policy {
  const preset = presetPolicy(mechanism.preset.name, { feedbackOn });
  const phases = mechanism.phases.map(({ title, from, to }, index) => ({
    id: `phase-${String(index + 1)}`,
    title,
    from,
    to,
  }));
  const duties = dutiesOf(mechanism.duties);
  return {
    ...preset,
    ...(mechanism.concentratedMonths !== null && { concentratedMonths: mechanism.concentratedMonths }),
    ...(phases.length > 0 && { phases }),
    ...(duties.length > 0 && { duties: [...(preset.duties ?? []), ...duties] }),
  };
}

/** On what day a cadence falls, where the notice only says how often. */
const cadences: Readonly<Record<'month' | 'quarter' | 'year', DutyCadence>> = {
  month: { every: 'month', dayOfMonth: 25 },
  quarter: { every: 'quarter', dayOfMonth: 25 },
  year: { every: 'year', dayOfMonth: 20 },
};

const cadenceNames = { month: '月度', quarter: '季度', year: '年度' } as const;

/**
 * The office sees once a cadence that what the notice promises every month, quarter and year is done: one duty each,
 * naming its issues. What is done daily or weekly inside an issue is the issue's own.
 */
function dutiesOf(duties: readonly RecurringDuty[]): PolicyDuty[] {
  return (['month', 'quarter', 'year'] as const).flatMap((every): PolicyDuty[] => {
    const these = duties.filter((duty) => duty.every === every && duty.issue !== null);
    if (these.length === 0) return [];
    const issues = [...new Set(these.map(({ issue }) => issue))].join('、');
    return [
      {
        id: `${every}-of-issues`,
        kind: 'periodicDuty',
        title: `${cadenceNames[every]}事项（第${issues}项问题）`,
        role: 'office',
        cadence: cadences[every],
        until: every === 'month' ? 'concentratedPeriod' : 'lastClosure',
      },
    ];
  });
}
