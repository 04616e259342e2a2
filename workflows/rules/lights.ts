import { addWorkdays, isWorkday, workdaysBetween } from './calendar.ts';
import type { Obligation } from './events.ts';
import { addDays, dayOf, type IsoDate, type IsoInstant } from './instants.ts';
import { hasEnded, type IssueProgress } from './progress.ts';
import type { IssueTerms } from './terms.ts';

/** A light (灯号) follows from what is owed; it always says why. */
export interface Light {
  readonly colour: 'red' | 'yellow' | 'green' | 'none';
  /** The obligation that decides it. */
  readonly obligation?: Obligation;
  /** Workdays to its day: negative when overdue. */
  readonly workdaysLeft?: number;
}

/** The light of every day as long as nothing happens: what a list needs to know without reading what is owed. */
export interface LightDays {
  /** The light while nothing is owed. */
  readonly idle: 'green' | 'none';
  /** The first day of yellow, and the first of red: both absent while nothing is owed, else both present. */
  readonly yellowFrom?: IsoDate;
  readonly redFrom?: IsoDate;
}

type Rules = Pick<IssueTerms, 'calendar' | 'policy'>;

/**
 * Red when something is overdue, yellow when its day is near (江津三色预警), green otherwise; with nothing owed none or green
 * by the phase. While the clock stands still only the office's own question counts, while a dispute is checked the
 * handler's duties do not.
 */
export function lightOf(terms: Rules, progress: IssueProgress, now: IsoInstant): Light {
  const today = dayOf(now);
  const first = deciding(progress);
  if (first === undefined) return { colour: idleLight(progress) };
  const workdaysLeft = workdaysBetween(terms.calendar, today, first.dueOn);
  const colour = first.dueOn < today ? 'red' : workdaysLeft <= yellowWithin(terms, first) ? 'yellow' : 'green';
  return { colour, obligation: first, workdaysLeft };
}

/** The days on which `lightOf` changes its colour if nothing happens. */
export function lightDays(terms: Rules, progress: IssueProgress): LightDays {
  const idle = idleLight(progress);
  const first = deciding(progress);
  if (first === undefined) return { idle };
  const within = yellowWithin(terms, first);
  // On a day off nothing is worked: so many workdays to it are left from the day of one more on.
  const back = isWorkday(terms.calendar, first.dueOn) ? within : within + 1;
  return {
    idle,
    yellowFrom: back === 0 ? first.dueOn : addWorkdays(terms.calendar, first.dueOn, -back),
    redFrom: addDays(first.dueOn, 1),
  };
}

/** As `lightDays`, for each measure about which anything is owed: what its own unit answers for. */
export function lightDaysOfMeasures(terms: Rules, progress: IssueProgress): ReadonlyMap<number, LightDays> {
  const numbers = new Set(progress.obligations.flatMap(({ measure }) => measure ?? []));
  return new Map(
    [...numbers].map((number) => {
      const obligations = progress.obligations.filter(({ measure }) => measure === number);
      return [number, lightDays(terms, { ...progress, obligations })];
    }),
  );
}

/** The colour that these days give on a day. */
export function colourOn({ idle, yellowFrom, redFrom }: LightDays, day: IsoDate): Light['colour'] {
  if (redFrom === undefined || yellowFrom === undefined) return idle;
  return day >= redFrom ? 'red' : day >= yellowFrom ? 'yellow' : 'green';
}

/** The obligations that a light goes by: what a suspension or a dispute leaves out of account is not late. */
export function countedObligations({
  obligations,
  suspension,
  dispute,
}: Pick<IssueProgress, 'obligations' | 'suspension' | 'dispute'>): readonly Obligation[] {
  return obligations.filter(({ kind, role }) =>
    suspension !== undefined ? kind === 'suspensionReview' : dispute === undefined || role !== 'handler',
  );
}

/** The obligation that is due first; of several on one day the one that was opened first. */
function deciding(progress: IssueProgress): Obligation | undefined {
  return countedObligations(progress).reduce<Obligation | undefined>(
    (first, one) => (first === undefined || one.dueOn < first.dueOn ? one : first),
    undefined,
  );
}

function idleLight(progress: IssueProgress): LightDays['idle'] {
  return progress.suspension !== undefined || progress.phase === 'lookBack' || hasEnded(progress) ? 'none' : 'green';
}

/** Short duties such as a check-in turn yellow on the last three workdays, evidence when the policy says. */
function yellowWithin({ policy }: Pick<IssueTerms, 'policy'>, { kind }: Obligation): number {
  return kind === 'evidence' ? policy.yellowWithinWorkdays : Math.min(3, policy.yellowWithinWorkdays);
}
