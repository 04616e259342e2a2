import type { IsoInstant } from './rules/instants.ts';
import type { PlannedLine } from './rules/ladder.ts';
import type { Asker, Refusal } from './rules/refusal.ts';
import type { EventHead } from './rules/events.ts';

/** What one run hands to the next. */
export interface Carry<Progress> {
  readonly progress: Progress;
  readonly now: IsoInstant;
  readonly lookAgainAt: IsoInstant | null;
  /** The number of the last step written down. */
  readonly step: number;
  /** Keys of the lines in the outbox that belong to open obligations. */
  readonly written: readonly string[];
  /** Keys among them of lines that had left when adopted rules moved their day; a run of an earlier form knows none. */
  readonly had?: readonly string[];
  /** Ids of the requests handled last: the server's own deduplication ends with a run. */
  readonly handled: readonly string[];
}

/** What a look found, as far as the mechanism cares. */
export interface LookedAt<Fact> {
  readonly facts: readonly Fact[];
  readonly lines: readonly PlannedLine[];
  readonly lookAgainAt: IsoInstant | undefined;
}

/** What a look leaves behind, to be written down in one transaction. */
export interface Step<Terms, Event> {
  readonly number: number;
  readonly events: readonly Event[];
  readonly linesAdded: readonly PlannedLine[];
  readonly linesCancelled: readonly string[];
  readonly lookAgainAt: IsoInstant | null;
  readonly terms?: Terms;
}

/** A request that may be refused, as the rules of an issue or a round put it. */
export interface Rule<Terms, Progress, Fact> {
  readonly refusals: (standing: Standing<Terms, Progress>, request: Asker) => readonly Refusal[];
  readonly fact: (standing: Standing<Terms, Progress>, request: Asker) => Fact;
  readonly terms?: (terms: Terms, request: Asker) => Terms;
}

/** How it stands when somebody asks for something. */
export interface Standing<Terms, Progress> {
  readonly terms: Terms;
  readonly progress: Progress;
  readonly now: IsoInstant;
}

/** How facts are folded, and when there is nothing more to tell. */
export interface Story<Progress, Fact> {
  readonly record: (progress: Progress, event: EventHead & Fact) => Progress;
  readonly hasEnded: (progress: Progress) => boolean;
  /** Whether its terms stand in the ledger before its first step, or come with it. */
  readonly terms: 'inLedger' | 'withFirstStep';
}
