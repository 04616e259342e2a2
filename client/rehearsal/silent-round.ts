import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { RoundObligation } from '../../workflows/rules/round/events.ts';
import { roundPlanned } from '../../workflows/rules/round/planner.ts';
import { newRound } from '../../workflows/rules/round/progress.ts';
import type { RoundRules } from '../../workflows/rules/round/rules.ts';
import type { Ladders } from './ladders.ts';
import { type SilentDuty, silentDuties, withoutReminders, withSteps } from './silent-life.ts';

/** What is owed about the round as a whole (周检查、月调度 …) while nobody does anything: none of its issues is ever settled. */
export function silentRound(
  terms: RoundRules,
  { issues, ladders, until }: { issues: number; ladders: Ladders; until: IsoInstant },
): SilentDuty<RoundObligation>[] {
  const unheard = { ...terms, policy: withoutReminders(terms.policy) };
  let progress = newRound;
  const duties = silentDuties(terms.launchedAt, until, (now) => {
    const { after, lookAgainAt } = roundPlanned(unheard, progress, now, { unsettled: issues, drawDueOn: null });
    progress = after;
    return { cycle: 1, obligations: after.obligations, lookAgainAt };
  });
  const { policy, calendar } = terms;
  return withSteps(duties, { terms: { policy, calendar, firstMail: 'inHours' }, lift: 0, ladders });
}
