import { addDays, addMonths, type IsoDate } from '../instants.ts';
import type { Policy, PolicyDuty, PolicyPhase } from '../policy.ts';
import { planInAMonth, progressReport } from './duties.ts';
import { sharedPolicy } from './shared.ts';

const groupMeeting: PolicyDuty = {
  id: 'group-meeting',
  kind: 'monthlyDispatch',
  title: '整改工作领导小组会议',
  role: 'office',
  cadence: { every: 'month', dayOfMonth: 20 },
  until: 'lastClosure',
};

/** The preset 三阶段 (坪山): at once, then the root causes, then the look-back; the group meets every month. */
export function threePhases(feedbackOn: IsoDate): Policy {
  return {
    ...sharedPolicy,
    name: '三阶段',
    lookBackAfterMonths: 6,
    phases: phasesFrom(feedbackOn),
    duties: [planInAMonth, groupMeeting, progressReport],
    closure: {
      levels: [
        { role: 'office', of: 'all' },
        { role: 'groupHead', of: 'major' },
      ],
      satisfaction: 'none',
    },
  };
}

/** Whole months: what is done at once ends in the month in which the root causes begin; the look-back has a year after that. */
function phasesFrom(feedbackOn: IsoDate): readonly PolicyPhase[] {
  const month = (n: number) => addMonths(`${feedbackOn.slice(0, 7)}-01`, n);
  const span = (first: number, last: number) => ({ from: month(first), to: addDays(month(last + 1), -1) });
  return [
    { id: 'immediate', title: '立行立改', ...span(0, 2) },
    { id: 'root-causes', title: '标本兼治', ...span(2, 6) },
    { id: 'look-back', title: '巩固提升、回头看', ...span(7, 18) },
  ];
}
