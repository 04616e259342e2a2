import type { Policy, PolicyDuty } from '../policy.ts';
import { evaluation, planInAMonth, progressReport } from './duties.ts';
import { due, proposal } from './ladders.ts';
import { sharedLadders, sharedPolicy } from './shared.ts';

const monthlyReport: PolicyDuty = {
  id: 'monthly-report',
  kind: 'monthlyDispatch',
  title: '子台账月报汇总通报',
  role: 'office',
  cadence: { every: 'month', dayOfMonth: 28 },
  until: 'lastClosure',
};

/**
 * The preset 黑点月报 (高明): what is in a sub-ledger is reported every month and leaves only after the office's re-check;
 * whoever stays behind is reminded in a talk, summoned to one (约谈), and then named, and that counts in the evaluation.
 */
export const blackSpots: Policy = {
  ...sharedPolicy,
  name: '黑点月报',
  duties: [planInAMonth, monthlyReport, progressReport, { ...evaluation, title: '整改情况评估（计入年度考核）' }],
  subLedger: { reportEveryMonths: 1, recheckedBy: 'office', recheckWithinWorkdays: 5 },
  publication: { windowWorkdays: 20, answerWithinWorkdays: 10 },
  completionRate: 'longTermApart',
  ladders: {
    ...sharedLadders,
    evidence: [
      ...(sharedLadders.evidence ?? []).filter(
        ({ proposal: measure, workdays }) => measure === undefined && workdays < 10,
      ),
      proposal(4, 'reminderTalk'),
      proposal(6, 'talk'),
      proposal(15, 'notice'),
      due(16, 'urge', ['handler', 'responsibleLeader'], { everyWorkdays: 5, missed: 'collapse' }),
    ],
    itemReport: [...(sharedLadders.itemReport ?? []), proposal(10, 'talk')],
  },
};
