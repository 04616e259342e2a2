import type { IssueEvent } from '../../workflows/rules/events.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { PlannedLine } from '../../workflows/rules/ladder.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import type { Staff } from './arbitraries/staff.ts';
import type { Message } from './messages.ts';

/** An event with how things stood before and after it. */
export interface Folded {
  readonly before: IssueProgress;
  readonly event: IssueEvent;
  readonly after: IssueProgress;
  /** What the issue went by when it was asked. */
  readonly terms: IssueTerms;
  readonly message: Message | undefined;
}

/** One look of the workflow: what it found, and what it wrote down. */
export interface Look {
  readonly at: IsoInstant;
  readonly terms: IssueTerms;
  readonly progress: IssueProgress;
  readonly lookAgainAt: IsoInstant | undefined;
  readonly lines: readonly PlannedLine[];
  readonly linesCancelled: readonly string[];
  /** What has happened since the look before, with what this one found to be due. */
  readonly events: readonly IssueEvent[];
}

/** What arrived and left no event: refused, or heard before. */
export interface Unheard {
  readonly message: Message;
  readonly because: 'refused' | 'repeated' | 'ended';
  readonly before: IssueProgress;
  readonly after: IssueProgress;
}

/** A row of the outbox. */
export interface Row {
  line: PlannedLine;
  readonly cycle: number;
  state: 'planned' | 'claimed' | 'sent' | 'cancelled' | 'collapsed' | 'skipped';
  stateReason: string | null;
  earliestAt: IsoInstant;
  latestAt: IsoInstant;
  recipients: readonly string[] | null;
  deliveredTo: string[];
  /** Who had not had his copy when the line was taken back. */
  withheld: readonly string[];
}

/** A line that reached a person. */
export interface Delivery {
  readonly line: PlannedLine;
  readonly cycle: number;
  readonly personId: string;
  readonly at: IsoInstant;
  readonly digestOn: IsoDate | null;
  /** How things stood in the ledger when it was claimed. */
  readonly progress: IssueProgress;
  readonly terms: IssueTerms;
  readonly staff: Staff;
}

/** What one run handed to the next, before and after it travelled as JSON. */
export interface Carried {
  readonly given: IssueProgress;
  readonly taken: IssueProgress;
}

/** A message when it arrived, heard or not. */
export interface Arrival {
  readonly at: IsoInstant;
  readonly message: Message;
}

/** Everything that happened to one issue, as a bystander with eyes everywhere would have seen it. */
export interface History {
  readonly launched: IssueTerms;
  readonly terms: IssueTerms;
  readonly progress: IssueProgress;
  readonly folded: readonly Folded[];
  readonly looks: readonly Look[];
  readonly arrivals: readonly Arrival[];
  readonly unheard: readonly Unheard[];
  readonly deliveries: readonly Delivery[];
  readonly rows: readonly Row[];
  readonly carried: readonly Carried[];
  readonly endedAt: IsoInstant;
  /** While nothing could be sent, both exclusive. */
  readonly outages: readonly { readonly from: IsoInstant; readonly to: IsoInstant }[];
}
