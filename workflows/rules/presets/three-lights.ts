import type { Policy } from '../policy.ts';
import { planInAMonth, progressReport } from './duties.ts';
import { due, proposal } from './ladders.ts';
import { sharedLadders, sharedPolicy } from './shared.ts';

/**
 * The preset 三色预警 (江津): green at twenty workdays left tells the handler, yellow at ten also the leader in charge, red,
 * once overdue, the unit and its head as well.
 */
export const threeLights: Policy = {
  ...sharedPolicy,
  name: '三色预警',
  yellowWithinWorkdays: 10,
  duties: [planInAMonth, progressReport],
  closure: {
    levels: [
      { role: 'office', of: 'all' },
      { role: 'reviewer', of: 'major' },
    ],
    satisfaction: 'none',
  },
  ladders: {
    ...sharedLadders,
    evidence: [
      due(-20, 'reminder', ['handler'], { missed: 'collapse' }),
      due(-10, 'reminder', ['handler', 'responsibleLeader'], { missed: 'collapse' }),
      due(0, 'reminder', ['handler'], { missed: 'collapse' }),
      due(1, 'escalation', ['handler', 'responsibleLeader', 'groupHead']),
      due(5, 'urge', ['handler', 'responsibleLeader'], { everyWorkdays: 5, missed: 'collapse' }),
      proposal(10, 'talk'),
    ],
  },
};
