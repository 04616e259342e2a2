import { workflowInfo, type WorkflowInterceptors } from '@temporalio/workflow';

/**
 * To be bundled with workflows for the time-skipping server, which never suggests to continue as new: here it is
 * suggested as soon as a run's history has more events than this, as a real server does it at its own limit.
 */
const eventsInARun = 60;

export function interceptors(): WorkflowInterceptors {
  return {
    internals: [
      {
        activate: (input, next) => {
          const info = workflowInfo();
          Object.assign(info, { continueAsNewSuggested: info.historyLength > eventsInARun });
          next(input);
        },
      },
    ],
  };
}
