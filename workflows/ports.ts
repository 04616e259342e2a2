import { proxyActivities } from '@temporalio/workflow';
import type { DrillActivities, LedgerActivities, MailActivities, RoundActivities } from '../activities/index.ts';

/**
 * The ledger is ours: a write that fails is an outage or a defect, so it is tried until it is in, and a defect shows as
 * an activity that goes on failing instead of as a dead issue. Ten seconds, so that a step whose worker was killed is
 * soon done by the next; writing it twice is one write.
 */
export const { writeDown } = proxyActivities<Pick<LedgerActivities, 'writeDown'>>({
  startToCloseTimeout: '10 seconds',
  retry: {
    initialInterval: '200 milliseconds',
    maximumInterval: '10 seconds',
  },
  summary: '记账：事件、义务与将发的提醒',
});

export const { writeRoundDown } = proxyActivities<Pick<LedgerActivities, 'writeRoundDown'>>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '10 seconds' },
  summary: '记账：轮次',
});

/** Starting hundreds of workflows takes a while; the heartbeat tells a slow start from a dead worker. */
export const { launchIssues } = proxyActivities<Pick<RoundActivities, 'launchIssues'>>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '10 seconds',
  retry: {
    initialInterval: '500 milliseconds',
    maximumInterval: '10 seconds',
  },
  summary: '交办：逐项启动反馈问题',
});

export const { roundStanding } = proxyActivities<Pick<RoundActivities, 'roundStanding'>>({
  startToCloseTimeout: '10 seconds',
  summary: '看本轮还有几项未了',
});

/**
 * The mail server is not ours: an outage is no failure of the activity, which writes it down and says when to try
 * again. A queue of its own, so that a slow server holds up no bookkeeping.
 */
export const { deliverDue } = proxyActivities<Pick<MailActivities, 'deliverDue'>>({
  taskQueue: 'mail',
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
  summary: '发信：取到期的行，一人一封',
});

/** Opening a moment waits for every step it causes; nothing in it is lost or doubled when it is done again. */
export const { openNextMoment } = proxyActivities<Pick<DrillActivities, 'openNextMoment'>>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '10 seconds',
  retry: {
    initialInterval: '500 milliseconds',
    maximumInterval: '5 seconds',
  },
  summary: '演练：打开下一个时刻',
});
