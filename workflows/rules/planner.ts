import { climbOf } from './climb.ts';
import { firstDue } from './coming/coming-fact.ts';
import { comingFacts } from './coming-facts.ts';
import { byRule, type IssueFact } from './events.ts';
import { addMonths, dayOf, earliest, firstOfMonth, type IsoDate, type IsoInstant, startOfDay } from './instants.ts';
import { type LadderTerms, linesOf, type PlannedLine } from './ladder.ts';
import { hasEnded, type IssueProgress } from './progress.ts';
import { record } from './record.ts';
import type { IssueTerms } from './terms.ts';

/** What is owed now, which lines follow from it if nobody acts, and when the answer must be looked at again. */
export interface Plan {
  /** What time has brought about by now, to be recorded in this order. */
  readonly facts: readonly IssueFact[];
  /** How things stand once they are recorded. */
  readonly after: IssueProgress;
  /** Every line of every open obligation, past ones included: the same facts always give the same set. */
  readonly lines: readonly PlannedLine[];
  /** Later than `now`, and never later than what time brings next. Undefined once the issue has ended. */
  readonly lookAgainAt: IsoInstant | undefined;
}

/** More facts than this at one moment would be a rule that brings about itself. */
const factsAtOnce = 1_000;

/** What is owed now, the reminders (催办) that follow if nobody acts, and when the answer must be looked at again. */
export function planned(terms: IssueTerms, progress: IssueProgress, now: IsoInstant): Plan {
  const facts: IssueFact[] = [];
  let after = progress;
  let coming = comingFacts(terms, after, now);
  for (let fact = firstDue(coming, now); fact !== undefined; fact = firstDue(coming, now)) {
    facts.push(fact);
    after = record(after, byRule(fact, after.sequence + 1, now));
    coming = comingFacts(terms, after, now);
    if (facts.length > factsAtOnce) throw new Error(`the rules bring about ${fact.type} without end`);
  }
  if (hasEnded(after)) return { facts, after, lines: [], lookAgainAt: undefined };
  const through = plannedThrough(now);
  const climb = climbOf(terms.issueId, after);
  // Told to leave now was what the launch handed out; who takes over in a later cycle is written to within the hours.
  const ladder: LadderTerms = { ...terms, firstMail: after.cycle === 1 ? terms.firstMail : 'inHours' };
  return {
    facts,
    after,
    lines: after.obligations.flatMap((obligation) => linesOf(ladder, climb, obligation, through)),
    lookAgainAt: earliest(...coming.map(({ at }) => at), refreshAt(now)),
  };
}

/** Repeating rungs have no end, rows must: they are written until the end of the fifth month from now. */
function plannedThrough(now: IsoInstant): IsoDate {
  return addMonths(firstOfMonth(dayOf(now)), 5);
}

/** Well before the written rows run out, the issue is looked at again and gets more of them. */
function refreshAt(now: IsoInstant): IsoInstant {
  return startOfDay(addMonths(firstOfMonth(dayOf(now)), 3));
}
