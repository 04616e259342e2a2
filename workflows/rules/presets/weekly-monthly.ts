import type { Policy, PolicyDuty } from '../policy.ts';
import { evaluation, planInAMonth, progressReport } from './duties.ts';
import { due, proposal } from './ladders.ts';
import { sharedLadders, sharedPolicy } from './shared.ts';

const weeklyCheck: PolicyDuty = {
  id: 'weekly-check',
  kind: 'weeklyCheck',
  title: '周检查',
  role: 'office',
  cadence: { every: 'week', weekday: 5 },
  until: 'concentratedPeriod',
};

const monthlyDispatch: PolicyDuty = {
  id: 'monthly-dispatch',
  kind: 'monthlyDispatch',
  title: '月调度',
  role: 'office',
  cadence: { every: 'month', dayOfMonth: 25 },
  until: 'lastClosure',
};

/**
 * The preset 周检查·月调度·定期评估 (中山): the office checks every Friday, dispatches once a month and evaluates after the
 * concentrated period; what is late is chased by letter, 工作提示单 → 督办单 → 催办函 → 警示函; three levels review a closure.
 */
export const weeklyMonthly: Policy = {
  ...sharedPolicy,
  name: '周检查·月调度·定期评估',
  duties: [planInAMonth, weeklyCheck, monthlyDispatch, progressReport, evaluation],
  closure: {
    levels: [
      { role: 'office', of: 'all' },
      { role: 'responsibleLeader', of: 'all' },
      { role: 'reviewer', of: 'major' },
    ],
    satisfaction: 'none',
  },
  attestation: { endorsedBy: 'responsibleLeader', endorseWithinWorkdays: 5 },
  ladders: {
    ...sharedLadders,
    evidence: [
      due(-10, 'reminder', ['handler'], { missed: 'collapse', paper: 'workPrompt' }),
      due(-3, 'reminder', ['handler'], { missed: 'collapse' }),
      due(0, 'reminder', ['handler'], { missed: 'collapse' }),
      due(1, 'escalation', ['handler', 'responsibleLeader'], { paper: 'supervisionLetter' }),
      due(3, 'urge', ['handler', 'responsibleLeader'], { paper: 'urgeLetter' }),
      due(5, 'escalation', ['responsibleLeader', 'groupHead'], { paper: 'warningLetter' }),
      proposal(10, 'talk'),
      due(11, 'urge', ['handler', 'responsibleLeader'], { everyWorkdays: 5, missed: 'collapse', paper: 'urgeLetter' }),
    ],
  },
};
