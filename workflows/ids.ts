/** Workflow ids are opaque: no name and no address stands in one. */
export const workflowIds = {
  issue: (issueId: string) => `issue/${issueId}`,
  round: (roundId: string) => `round/${roundId}`,
  postOffice: (clockId: string) => `post-office/${clockId}`,
  conductor: (drillId: string) => `conductor/${drillId}`,
} as const;

/** Where issues, rounds and drills are worked on; mail has the queue `mail`, see workflows/ports.ts. */
export const mainTaskQueue = 'main';
