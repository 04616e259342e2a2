import type { PlannedAnswer } from './answers.ts';
import type { IssueEvent } from './events.ts';
import type { IsoInstant } from './instants.ts';
import type { PlannedLine } from './ladder.ts';
import type { RoundEvent } from './round/events.ts';
import type { IssueTerms, RoundTerms } from './terms.ts';

/**
 * What one look of an issue's workflow leaves behind, to be written down in one transaction.
 * It stands in the workflow's history before it is carried out, so a second run is the same step.
 */
export interface IssueStep {
  readonly issueId: string;
  /** From 1, without gaps: a step that the ledger has is not carried out again. */
  readonly number: number;
  readonly events: readonly IssueEvent[];
  readonly linesAdded: readonly PlannedLine[];
  /** Keys of lines that are no longer owed. Whatever has been claimed meanwhile is left alone. */
  readonly linesCancelled: readonly string[];
  readonly answers: readonly PlannedAnswer[];
  /** What the issue goes by from this step on, where a policy or a calendar has been adopted. */
  readonly terms?: IssueTerms;
  /** The issue's next look; null once it has ended. */
  readonly lookAgainAt: IsoInstant | null;
}

/** What one look of a round's workflow leaves behind, to be written down in one transaction. */
export interface RoundStep {
  readonly roundId: string;
  /** From 1, without gaps: a step that the ledger has is not carried out again. */
  readonly number: number;
  readonly events: readonly RoundEvent[];
  readonly linesAdded: readonly PlannedLine[];
  /** Keys of lines that are no longer owed. Whatever has been claimed meanwhile is left alone. */
  readonly linesCancelled: readonly string[];
  /** What the round goes by from this step on: with the first step, and where a policy or a calendar has been adopted. */
  readonly terms?: RoundTerms;
  /** The round's next look; null once it has ended. */
  readonly lookAgainAt: IsoInstant | null;
}
