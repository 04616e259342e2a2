import { firstDue } from '../coming/coming-fact.ts';
import { byRule } from '../events.ts';
import { addDays, addMonths, dayOf, earliest, firstOfMonth, type IsoInstant, startOfDay } from '../instants.ts';
import { type Climb, linesOf, type PlannedLine } from '../ladder.ts';
import { lookBackOf } from '../policy-parts.ts';
import type { RoundTerms } from '../terms.ts';
import { owedByRound } from './coming.ts';
import type { ComingRoundFact } from './coming-fact.ts';
import type { RoundFact, RoundFactOf } from './events.ts';
import type { RoundProgress } from './progress.ts';
import { recordRound } from './record.ts';
import { rulesOf, type RoundStanding } from './rules.ts';

/** What a round owes now, which lines follow from it if nobody acts, and when the answer must be looked at again. */
export interface RoundPlan {
  readonly facts: readonly RoundFact[];
  /** How things stand once they are recorded. */
  readonly after: RoundProgress;
  /** Every line of every open obligation, past ones included: the same facts always give the same set. */
  readonly lines: readonly PlannedLine[];
  /** Later than `now`; undefined once the round has ended. */
  readonly lookAgainAt: IsoInstant | undefined;
}

/** More facts than this at one moment would be a rule that brings about itself. */
const factsAtOnce = 2_000;

/**
 * What a round records by now, what follows from it, and when it looks again: what falls due, the day after the
 * concentrated period (集中整改期), then at least on the first of each month until nothing is unsettled or owed.
 */
export function roundPlanned(
  terms: RoundTerms,
  progress: RoundProgress,
  now: IsoInstant,
  standing: RoundStanding,
): RoundPlan {
  const facts: RoundFact[] = [];
  let after = progress;
  let coming = comingRoundFacts(terms, after, now, standing);
  for (let fact = firstDue(coming, now); fact !== undefined; fact = firstDue(coming, now)) {
    facts.push(fact);
    after = recordRound(after, byRule(fact, after.sequence + 1, now));
    coming = comingRoundFacts(terms, after, now, standing);
    if (facts.length > factsAtOnce) throw new Error(`the rules bring about ${fact.type} without end`);
  }
  return { facts, after, lines: lines(terms, after, now), lookAgainAt: nextLook(terms, after, now, coming) };
}

/** What the round will owe next as time alone brings it, of each kind one, and since when it will (later than `now`). */
export function dutiesAhead(
  terms: RoundTerms,
  progress: RoundProgress,
  now: IsoInstant,
  standing: RoundStanding,
): { readonly at: IsoInstant; readonly duty: RoundFactOf<'obligationOpened'> }[] {
  const { after } = roundPlanned(terms, progress, now, standing);
  return comingRoundFacts(terms, after, now, standing).flatMap(({ at, fact }) =>
    fact.type === 'obligationOpened' && at > now ? [{ at, duty: fact }] : [],
  );
}

/** The round's story: launched, under concentrated rectification, afterwards until nothing is left. */
function comingRoundFacts(
  terms: RoundTerms,
  progress: RoundProgress,
  now: IsoInstant,
  standing: RoundStanding,
): ComingRoundFact[] {
  const rules = rulesOf(terms);
  const owed = () => (rules === undefined ? [] : owedByRound(rules, progress, standing, now));
  switch (progress.stage) {
    case 'launching':
      return [{ at: now, fact: { type: 'launched' } }];
    case 'concentrated':
      return [{ at: periodOver(terms), fact: { type: 'concentratedPeriodEnded' } }, ...owed()];
    case 'afterwards': {
      const coming = owed();
      const isOwed = progress.obligations.length > 0 || coming.some(({ fact }) => fact.type === 'obligationOpened');
      return isOwed || standing.unsettled > 0 ? coming : [{ at: now, fact: { type: 'ended' } }];
    }
    case 'ended':
      return [];
  }
}

function lines(terms: RoundTerms, progress: RoundProgress, now: IsoInstant): PlannedLine[] {
  const rules = rulesOf(terms);
  if (rules === undefined || progress.stage === 'ended') return [];
  const climb: Climb = { subjectId: terms.roundId, cycle: 1, lift: 0, rests: () => false };
  const through = addMonths(firstOfMonth(dayOf(now)), monthsWritten);
  return progress.obligations.flatMap((one) => linesOf({ ...rules, firstMail: 'inHours' }, climb, one, through));
}

/** Repeating rungs have no end, rows must: they are written so far ahead, and more of them long before they run out. */
const monthsWritten = 5;
const monthsUntilRefresh = 3;

function nextLook(
  terms: RoundTerms,
  progress: RoundProgress,
  now: IsoInstant,
  coming: readonly ComingRoundFact[],
): IsoInstant | undefined {
  const { stage } = progress;
  if (stage === 'ended') return undefined;
  const monthly = startOfDay(addMonths(firstOfMonth(dayOf(now)), 1));
  const rules = rulesOf(terms);
  if (rules === undefined) return stage === 'afterwards' ? monthly : periodOver(terms);
  const draws = lookBackOf(rules.policy).share < 1;
  return earliest(
    ...coming.map(({ at }) => at),
    stage === 'afterwards' || draws ? monthly : undefined,
    startOfDay(addMonths(firstOfMonth(dayOf(now)), monthsUntilRefresh)),
  );
}

function periodOver({ concentratedEndsOn }: RoundTerms): IsoInstant {
  return startOfDay(addDays(concentratedEndsOn, 1));
}
