import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ClosureDecision } from './rules/closure.ts';
import type { ClosureOutcome } from './rules/events.ts';
import type { IsoDate, IsoInstant } from './rules/instants.ts';
import type { IssueProgress } from './rules/progress.ts';

/** Who says it, from where, and under which id a second delivery is recognised. */
export interface Said {
  /** The Message-ID of a mail with the item's place in it, or an id made by the page: handled once, across runs. */
  readonly requestId: string;
  /** A person's id. */
  readonly by: string;
  /** The incoming mail's id, `page`, `commandLine` or `practice`. */
  readonly source: string;
}

/** What was said, with the moment by the round's clock. A drill's workflow learns the time from it. */
export type SaidAt = Said & { readonly at: IsoInstant };

/** The handler has taken the issue on (认领). A fact: it is never refused. */
export const acknowledged = defineSignal<[SaidAt]>('acknowledged');

/** A note on the progress stands in the ledger. A fact: it is never refused. */
export const progressReported = defineSignal<[SaidAt & { noteId: string }]>('progressReported');

/** Evidence (佐证材料) has been stored for this issue. A fact: it is never refused. */
export const evidenceReceived =
  defineSignal<[SaidAt & { evidence: readonly { evidenceId: string; measure?: number }[]; noteId?: string }]>(
    'evidenceReceived',
  );

/** Asks for closure (申请销号). Refused with `EvidenceMissing` or `WrongPhase`; answers when the office's duty to decide is in the ledger. */
export const proposeClosure = defineUpdate<void, [SaidAt & { outcome?: ClosureOutcome }]>('proposeClosure');

/** Approves closure or returns it with a reason. Refused with `WrongPhase`, `SamePerson`, `StateChanged`, `EvidenceNotAccepted` or `ReasonMissing`. */
export const decideClosure = defineUpdate<void, [SaidAt & { decision: ClosureDecision }]>('decideClosure');

/** Takes up or declines what the rules have proposed (提请决定). Refused with `NoSuchProposal`. */
export const decideProposal = defineUpdate<
  void,
  [SaidAt & { proposalId: string; decision: 'accepted' | 'declined'; reason: string }]
>('decideProposal');

/** Records a look-back (回头看): it holds, or the problem is back and gets a new deadline. Refused with `WrongPhase`, `SamePerson` or `DeadlineUnfit`. */
export const recordLookBack = defineUpdate<void, [SaidAt & { finding: string; rebound?: { deadline: IsoDate } }]>(
  'recordLookBack',
);

/** Tells a drill's workflow what time it is; answers when what falls due by then has been written down. */
export const momentOpened = defineUpdate<void, [IsoInstant]>('momentOpened');

/** A line has been planned for a moment before the one the post-office waits for. */
export const rowsPlanned = defineSignal<[{ earliestAt: IsoInstant }]>('rowsPlanned');

export interface IssueStatus {
  readonly progress: IssueProgress;
  readonly now: IsoInstant;
  readonly lookAgainAt: IsoInstant | null;
}

export const issueStatus = defineQuery<IssueStatus>('issueStatus');
