/** Reading models: what the ledger says, put together for people. They only read, and what they give is plain JSON. */
export { readIssueList, readIssuePage } from './issue-list.ts';
export type { IssueRow } from './issue-rows.ts';
export { type IssueReading, readIssue } from './issue.ts';
export { readOverview } from './overview.ts';
export { readRoundStatus, type RoundStatus } from './round-status.ts';
export { whyIssue, type WhyIssue, type WhyLine, whyPerson, type WhyPerson, whyRound, type WhyRound } from './why.ts';
export { findIssueId, findPersonId } from './find.ts';
export { readRecurrences, type RecurrenceReading } from './beside.ts';
export { type LeaderReading, readLeader } from './leader.ts';
export { type LeadersReading, readLeaders } from './leaders.ts';
