import type { IssueEvent } from '../events.ts';
import type { IssueProgress } from '../progress.ts';
import { regular } from './obligations.ts';

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

/**
 * The progress after an event, with what an undo goes back to. What follows from rules does not stand in the way of one; as
 * far as it would have come without the step as well, it is kept there too, so that nobody is asked twice. What a person
 * does afterwards has built on the step.
 */
export function undoableAfter(
  before: IssueProgress,
  event: IssueEvent,
  afterIt: (progress: IssueProgress) => IssueProgress,
): IssueProgress {
  const after = afterIt(before);
  if (event.by === null) {
    const { undoable } = after;
    if (undoable === undefined || !comesAnyway(undoable.before, after, event)) return after;
    return { ...after, undoable: { ...undoable, before: afterIt(undoable.before) } };
  }
  const { undoable: _past, ...rest } = after;
  if (!reversible.has(event.type)) return rest;
  const { undoable: _earlier, ...stood } = before;
  return { ...rest, undoable: { sequence: event.sequence, by: event.by, before: stood } };
}

/** Comes of time alone, whether or not the step was taken. */
function comesAnyway(stood: IssueProgress, after: IssueProgress, event: IssueEvent): boolean {
  switch (event.type) {
    case 'obligationOverdue':
    case 'obligationLapsed':
    case 'proposalRaised':
      return stood.obligations.some(({ id }) => id === event.obligationId);
    case 'obligationOpened':
      if (event.proposalId !== undefined) return stood.proposals.some(({ id }) => id === event.proposalId);
      return (
        regular.has(event.kind) &&
        stood.phase === after.phase &&
        stood.obligations.every(({ kind }) => kind !== event.kind)
      );
    case 'commitmentKept':
    case 'commitmentBroken':
      return stood.commitment?.until === event.until;
    default:
      return false;
  }
}

/** As it stood before the step, except that no ordinal is given twice: a line's key must never come back to life. */
export function takenBack(progress: IssueProgress): IssueProgress {
  const { undoable, sequence, opened } = progress;
  if (undoable === undefined) return progress;
  const reopened = { ...undoable.before.opened, ...opened };
  return { ...undoable.before, sequence, opened: reopened };
}
