import type { IsoInstant } from '../instants.ts';
import type { Asker, Refusal } from '../refusal.ts';
import type { RoundTerms } from '../terms.ts';
import type { RoundFact } from './events.ts';
import type { RoundProgress } from './progress.ts';

/** How a round stands when somebody asks for something. */
export interface RoundStandpoint {
  readonly terms: RoundTerms;
  readonly progress: RoundProgress;
  readonly now: IsoInstant;
}

/** What may stand in the way of a request to a round, and the fact that it becomes when nothing does. */
export interface RoundRequestRule<Request> {
  /** Everything that stands in the way, at once; empty when nothing does. */
  readonly refusals: (standing: RoundStandpoint, request: Request & Asker) => readonly Refusal[];
  readonly fact: (standing: RoundStandpoint, request: Request & Asker) => RoundFact;
  /** What the round goes by from then on, where the request changes that. */
  readonly terms?: (terms: RoundTerms, request: Request) => RoundTerms;
}

/** Refused once the round has ended. */
export function notEnded({ progress }: RoundStandpoint, act: string): Refusal[] {
  return progress.stage === 'ended' ? [{ code: 'Ended', message: `本轮已经结束，不能${act}` }] : [];
}

/** Refused before the launch, after the end, and where the round goes by no rules of its own. */
export function underWay(standing: RoundStandpoint, act: string): Refusal[] {
  const { terms, progress } = standing;
  if (progress.stage === 'launching') return [{ code: 'NotLaunched', message: `本轮尚未交办，不能${act}` }];
  if (terms.policy === undefined || terms.calendar === undefined) {
    return [{ code: 'NoPolicy', message: `本轮由旧版启动，请先采用政策和日历，再${act}` }];
  }
  return notEnded(standing, act);
}
