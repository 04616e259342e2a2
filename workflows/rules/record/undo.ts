import type { IssueEvent } from '../events.ts';
import type { IssueProgress } from '../progress.ts';

/**
 * The office's steps that it can take back. What has closed or reopened a cycle, ended an issue or changed who is
 * responsible is none: people have been told, and a closed cycle never changes.
 */
const reversible: ReadonlySet<IssueEvent['type']> = new Set([
  'evidenceJudged',
  'evidenceCorrected',
  'closureReturned',
  'closureLevelApproved',
  'proposalDecided',
  'extensionGranted',
  'extensionRefused',
  'deadlineCorrected',
  'disputeRejected',
  'suspended',
  'resumed',
  'itemsRechecked',
] satisfies IssueEvent['type'][]);

/** What follows from rules does not stand in the way of an undo; what a person does afterwards has built on the step. */
export function undoableAfter(before: IssueProgress, event: IssueEvent, after: IssueProgress): IssueProgress {
  if (event.by === null) return after;
  const { undoable: _past, ...rest } = after;
  if (!reversible.has(event.type)) return rest;
  const { undoable: _earlier, ...stood } = before;
  return { ...rest, undoable: { sequence: event.sequence, by: event.by, before: stood } };
}

/** As it stood before the step, except that no ordinal is given twice: a line's key must never come back to life. */
export function takenBack(progress: IssueProgress): IssueProgress {
  const { undoable, sequence, opened } = progress;
  if (undoable === undefined) return progress;
  const reopened = { ...undoable.before.opened, ...opened };
  return { ...undoable.before, sequence, opened: reopened };
}
