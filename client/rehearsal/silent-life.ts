import type { Obligation } from '../../workflows/rules/events.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { LadderTerms } from '../../workflows/rules/ladder.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { Ladders, LadderStep } from './ladders.ts';

/** Something that nobody does, from when it is first owed until it lapses, with the lines that leave meanwhile. */
export interface SilentDuty<Owed extends Obligation = Obligation> {
  readonly cycle: number;
  readonly obligation: Owed;
  /** The moment it lapsed: what would leave then leaves no more. Undefined while it is owed. */
  readonly closedAt: IsoInstant | undefined;
  /** In the order in which they leave; shared between duties that are owed alike. */
  readonly steps: readonly LadderStep[];
}

/** What one look of a workflow leaves open. */
interface Look<Owed extends Obligation> {
  readonly cycle: number;
  readonly obligations: readonly Owed[];
  readonly lookAgainAt: IsoInstant | undefined;
}

/**
 * Takes every look that a workflow would take while nobody does anything, and notes what was owed from when until when.
 *
 * @param until the last moment that is played, inclusive
 */
export function silentDuties<Owed extends Obligation>(
  from: IsoInstant,
  until: IsoInstant,
  look: (now: IsoInstant) => Look<Owed>,
): Omit<SilentDuty<Owed>, 'steps'>[] {
  const duties: Mutable<Omit<SilentDuty<Owed>, 'steps'>>[] = [];
  let open: typeof duties = [];
  for (let now: IsoInstant | undefined = from; now !== undefined && now <= until;) {
    const { cycle, obligations, lookAgainAt } = look(now);
    const still: typeof duties = [];
    for (const duty of open) {
      if (duty.cycle === cycle && obligations.some(({ id }) => id === duty.obligation.id)) still.push(duty);
      else duty.closedAt = now;
    }
    for (const obligation of obligations) {
      if (still.some((duty) => duty.obligation.id === obligation.id)) continue;
      const duty = { cycle, obligation, closedAt: undefined };
      duties.push(duty);
      still.push(duty);
    }
    open = still;
    now = lookAgainAt;
  }
  return duties;
}

type Mutable<Value> = { -readonly [Part in keyof Value]: Value[Part] };

/** The duties with their lines. Whoever does nothing breaks no promise, so the ladder starts as high as in the beginning. */
export function withSteps<Owed extends Obligation>(
  duties: readonly Omit<SilentDuty<Owed>, 'steps'>[],
  { terms, lift, ladders }: { terms: LadderTerms; lift: number; ladders: Ladders },
): SilentDuty<Owed>[] {
  return duties.map((duty) => ({ ...duty, steps: ladders.of(terms, lift, duty.obligation, duty.closedAt) }));
}

/** The same facts come about by it, without the lines, which would be made anew at every look. */
export function withoutReminders(policy: Policy): Policy {
  const ladders = Object.entries(policy.ladders).map(([kind, rungs]) => [
    kind,
    rungs.filter(({ proposal }) => proposal !== undefined),
  ]);
  return { ...policy, ladders: Object.fromEntries(ladders) as Policy['ladders'] };
}
