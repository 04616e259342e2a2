import type { PolicyDuty } from '../policy.ts';

/** The plan (整改方案) within a month of the feedback. */
export const planInAMonth: PolicyDuty = {
  id: 'plan',
  kind: 'rectificationPlan',
  title: '整改方案',
  role: 'office',
  cadence: { every: 'once', after: 'feedback', months: 1 },
  until: 'concentratedPeriod',
};

/** The report on the day the concentrated period ends. */
export const progressReport: PolicyDuty = {
  id: 'progress-report',
  kind: 'progressReport',
  title: '集中整改进展情况报告',
  role: 'office',
  cadence: { every: 'once', after: 'concentratedPeriod', months: 0 },
  until: 'lastClosure',
};

/** The evaluation within a month of the concentrated period. */
export const evaluation: PolicyDuty = {
  id: 'evaluation',
  kind: 'evaluation',
  title: '整改情况评估',
  role: 'office',
  cadence: { every: 'once', after: 'concentratedPeriod', months: 1 },
  until: 'lastClosure',
};
