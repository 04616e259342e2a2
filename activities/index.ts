import type { IsoInstant } from '../workflows/rules/instants.ts';
import type { RoundStanding } from '../workflows/rules/round/rules.ts';
import type { IssueStep, RoundStep } from '../workflows/rules/step.ts';

/** What the workflows may ask for; each implementation says what a second run does. */
export interface LedgerActivities {
  writeDown(step: IssueStep): Promise<void>;
  writeRoundDown(step: RoundStep): Promise<void>;
}

export interface RoundActivities {
  launchIssues(input: { roundId: string; launchedAt: IsoInstant }): Promise<void>;
  roundStanding(input: { roundId: string }): Promise<RoundStanding>;
}

export interface MailActivities {
  /** Sends what is due by `now` and says when the next line or the next attempt falls due; null when nothing waits. */
  deliverDue(input: { clockId: string; now: IsoInstant }): Promise<{ delivered: number; nextAt: IsoInstant | null }>;
}

export interface DrillActivities {
  /** Opens the next moment of a drill and returns when all it caused is recorded; `nextAt` null ends the drill. */
  openNextMoment(input: { drillId: string }): Promise<{ openedAt: IsoInstant; nextAt: IsoInstant | null }>;
}
