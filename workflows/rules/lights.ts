import { workdaysBetween } from './calendar.ts';
import type { Obligation } from './events.ts';
import { dayOf, type IsoDate, type IsoInstant } from './instants.ts';
import type { IssueProgress } from './progress.ts';
import type { IssueTerms } from './terms.ts';

/** A light (灯号) is derived, never stored; it always says why. */
export interface Light {
  readonly colour: 'red' | 'yellow' | 'green' | 'none';
  /** The obligation that decides it. */
  readonly obligation?: Obligation;
  /** Workdays to its day: negative when overdue. */
  readonly workdaysLeft?: number;
}

/** Red when something is overdue, yellow when its day is near (江津三色预警), green otherwise; none when nothing is owed. */
export function lightOf(
  terms: Pick<IssueTerms, 'calendar' | 'policy'>,
  progress: IssueProgress,
  now: IsoInstant,
): Light {
  const today = dayOf(now);
  const [first] = [...progress.obligations].sort((one, other) =>
    one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0,
  );
  if (first === undefined)
    return { colour: progress.phase === 'archived' || progress.phase === 'lookBack' ? 'none' : 'green' };
  const workdaysLeft = workdaysTo(terms, today, first.dueOn);
  const colour = first.dueOn < today ? 'red' : workdaysLeft <= yellowWithin(terms, first) ? 'yellow' : 'green';
  return { colour, obligation: first, workdaysLeft };
}

/** Short duties such as a check-in turn yellow on the last three workdays, evidence when the policy says. */
function yellowWithin({ policy }: Pick<IssueTerms, 'policy'>, { kind }: Obligation): number {
  return kind === 'evidence' ? policy.yellowWithinWorkdays : Math.min(3, policy.yellowWithinWorkdays);
}

function workdaysTo({ calendar }: Pick<IssueTerms, 'calendar'>, today: IsoDate, day: IsoDate): number {
  return workdaysBetween(calendar, today, day);
}
