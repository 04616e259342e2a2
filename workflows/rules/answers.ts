import type { IssueEvent, IssueFact } from './events.ts';
import type { IsoDate, IsoInstant } from './instants.ts';
import type { Role } from './policy.ts';
import { windowFrom } from './sending-hours.ts';
import type { IssueTerms } from './terms.ts';

/** What somebody is answered about: the event that the answer follows from. */
export type AnsweredEvent = Extract<
  IssueFact['type'],
  | 'closureReturned'
  | 'closureApproved'
  | 'rebounded'
  | 'extensionGranted'
  | 'extensionRefused'
  | 'disputeRejected'
  | 'withdrawn'
  | 'mergedInto'
  | 'evidenceJudged'
  | 'itemsRechecked'
  | 'proposalDecided'
  | 'undone'
>;

/** A mail that answers somebody and so is no reminder: it leaves at once, within the sending hours. */
export interface PlannedAnswer {
  /** `issue/cycle/answer-<event>/<role>`. */
  readonly key: string;
  readonly sequence: number;
  readonly role: Role;
  readonly about: AnsweredEvent;
  readonly reason: string;
  readonly plannedOn: IsoDate;
  readonly earliestAt: IsoInstant;
  readonly latestAt: IsoInstant;
}

/**
 * The answers that follow from an event: the handler learns what became of what he asked for or handed in, and of the
 * look-back; a measure against people is told to the responsible leader as well, a step that was taken back to all who may
 * know of it.
 */
export function answersTo(terms: IssueTerms, cycle: number, event: IssueEvent): PlannedAnswer[] {
  const answer = answerTo(event);
  if (answer === undefined) return [];
  const { to, about, reason } = answer;
  const window = windowFrom(terms, event.at);
  return to.map((role) => ({
    key: [terms.issueId, cycle, `answer-${String(event.sequence)}`, role].join('/'),
    sequence: event.sequence,
    role,
    about,
    reason,
    ...window,
  }));
}

interface Answer {
  readonly to: readonly Role[];
  readonly about: AnsweredEvent;
  readonly reason: string;
}

/** All but the office, whose step it was. */
const toldOfUndo: readonly Role[] = ['handler', 'responsibleLeader', 'groupHead', 'reviewer'];

function answerTo(event: IssueEvent): Answer | undefined {
  const handler = (reason: string, about: AnsweredEvent): Answer => ({ to: ['handler'], about, reason });
  switch (event.type) {
    case 'closureApproved':
      return handler('', event.type);
    case 'rebounded':
      return handler(event.finding, event.type);
    case 'closureReturned':
    case 'extensionGranted':
    case 'extensionRefused':
    case 'disputeRejected':
    case 'withdrawn':
    case 'mergedInto':
      return handler(event.reason, event.type);
    // Of these the ledger leaves out who has had no mail since the step: he knows nothing of it.
    case 'undone':
      return { to: toldOfUndo, about: event.type, reason: event.reason };
    // What is accepted asks for nothing more; what is returned does.
    case 'evidenceJudged':
      return event.returned.length === 0 ? undefined : handler(event.reason, event.type);
    case 'itemsRechecked':
      return event.back.length === 0 ? undefined : handler(event.finding, event.type);
    case 'proposalDecided':
      return event.decision === 'declined'
        ? undefined
        : { to: ['handler', 'responsibleLeader'], about: event.type, reason: event.reason };
    default:
      return undefined;
  }
}
