import type { IssueFact, IssuePhase } from './events.ts';
import type { IsoInstant } from './instants.ts';
import { phaseNames } from './names.ts';
import type { IssueProgress } from './progress.ts';
import type { IssueTerms } from './terms.ts';

/** Why something cannot be done in the issue's present state: a stable code and a sentence for people. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** How an issue stands when somebody asks for something. */
export interface Standing {
  readonly terms: IssueTerms;
  readonly progress: IssueProgress;
  readonly now: IsoInstant;
}

/** Who asks. */
export interface Asker {
  /** A person's id: who acts. */
  readonly by: string;
  /** Who entered it for him (代录). */
  readonly recordedBy?: string;
}

/** What may stand in the way of a request, and the fact that it becomes when nothing does. */
export interface RequestRule<Request> {
  /** Everything that stands in the way, at once; empty when nothing does. */
  readonly refusals: (standing: Standing, request: Request & Asker) => readonly Refusal[];
  readonly fact: (standing: Standing, request: Request & Asker) => IssueFact;
  /** What the issue goes by from then on, where the request changes that. */
  readonly terms?: (terms: IssueTerms, request: Request) => IssueTerms;
}

/** Refused in every phase but these. */
export function onlyIn(phases: readonly IssuePhase[], { phase }: IssueProgress, act: string): Refusal[] {
  if (phases.includes(phase)) return [];
  return [{ code: 'WrongPhase', message: `现在是“${phaseNames[phase]}”，不能${act}` }];
}

/** Refused without a reason: what is decided is explained. */
export function withReason(reason: string, act: string): Refusal[] {
  return reason.trim() === '' ? [{ code: 'ReasonMissing', message: `${act}须写明理由` }] : [];
}

/** Refused while the clock stands still. */
export function notSuspended({ suspension }: IssueProgress, act: string): Refusal[] {
  return suspension === undefined ? [] : [{ code: 'Suspended', message: `该问题已中止，恢复后才能${act}` }];
}

export const open: readonly IssuePhase[] = ['assignment', 'rectification', 'closureReview'];
export const rectifying: readonly IssuePhase[] = ['assignment', 'rectification'];
export const followed: readonly IssuePhase[] = [...open, 'longTerm', 'lookBack'];
