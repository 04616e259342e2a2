import { addDays, addMonths, dayOf, type IsoInstant, startOfDay } from './instants.ts';
import type { RoundFact } from './step.ts';
import type { RoundTerms } from './terms.ts';

/** What has happened to a round so far. */
export interface RoundProgress {
  readonly sequence: number;
  readonly stage: 'launching' | 'concentrated' | 'afterwards' | 'ended';
}

export interface RoundPlan {
  readonly facts: readonly RoundFact[];
  /** Later than `now`; undefined once the round has ended. */
  readonly lookAgainAt: IsoInstant | undefined;
}

/** The progress after a fact. */
export function recordRound({ sequence }: RoundProgress, fact: RoundFact): RoundProgress {
  const stages = { launched: 'concentrated', concentratedPeriodEnded: 'afterwards', ended: 'ended' } as const;
  return { sequence: sequence + 1, stage: stages[fact.type] };
}

/**
 * What a round records by now, and when it looks again: the day after the concentrated period (集中整改期),
 * then on the first of each month until nothing is unsettled.
 */
export function roundPlanned(
  terms: RoundTerms,
  progress: RoundProgress,
  now: IsoInstant,
  unsettled: number,
): RoundPlan {
  const facts: RoundFact[] = [];
  let after = progress;
  for (
    let type = dueFact(terms, after, now, unsettled);
    type !== undefined;
    type = dueFact(terms, after, now, unsettled)
  ) {
    facts.push({ type });
    after = recordRound(after, { type });
  }
  return { facts, lookAgainAt: nextLook(terms, after, now) };
}

function dueFact(
  terms: RoundTerms,
  { stage }: RoundProgress,
  now: IsoInstant,
  unsettled: number,
): RoundFact['type'] | undefined {
  if (stage === 'launching') return 'launched';
  if (stage === 'concentrated' && now >= periodOver(terms)) return 'concentratedPeriodEnded';
  if (stage === 'afterwards' && unsettled === 0) return 'ended';
  return undefined;
}

function nextLook(terms: RoundTerms, { stage }: RoundProgress, now: IsoInstant): IsoInstant | undefined {
  if (stage === 'ended') return undefined;
  if (stage !== 'afterwards') return periodOver(terms);
  return startOfDay(addMonths(`${dayOf(now).slice(0, 7)}-01`, 1));
}

function periodOver({ concentratedEndsOn }: RoundTerms): IsoInstant {
  return startOfDay(addDays(concentratedEndsOn, 1));
}
