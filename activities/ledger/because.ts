import { isProvisional, workdaysBetween } from '../../workflows/rules/calendar.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import type { Obligation } from '../../workflows/rules/events.ts';
import type { LadderTerms, PlannedLine } from '../../workflows/rules/ladder.ts';
import { ladderOf } from '../../workflows/rules/policy-parts.ts';

/** Why a line is planned for its day; what `why` tells. */
export interface Because {
  readonly rule: string;
  readonly kind: string;
  readonly measure?: number;
  readonly from: 'opened' | 'due';
  /** The rung's own count: workdays after (negative: before) the day it counts from. */
  readonly workdays: number;
  readonly repeatEveryWorkdays?: number;
  readonly dueOn: IsoDate;
  readonly openedAt: string;
  /** How many levels above the handler read the line at least, whatever the policy says; left out when none. */
  readonly lift?: number;
  /** Workdays from the due day to the line's day; negative before it. */
  readonly workdaysFromDue: number;
  /** `provisional` while the State Council has not published the year's days off: the day may move. */
  readonly calendar: 'published' | 'provisional';
}

/** The rule, the due day and the count behind a line: frozen with the row, so that a later policy cannot retell it. */
export function becauseOf(
  { policy, calendar }: Pick<LadderTerms, 'policy' | 'calendar'>,
  obligations: readonly Obligation[],
  lift: number,
  { obligationId, rungId, plannedOn }: PlannedLine,
): Because & Record<string, string | number | undefined> {
  const obligation = obligations.find(({ id }) => id === obligationId);
  const rung = obligation && ladderOf(policy, obligation.kind).find(({ id }) => id === rungId);
  if (!obligation || !rung) throw new Error(`no open obligation ${obligationId} with a rung ${rungId}`);
  return {
    rule: `${obligation.kind}/${rung.id}`,
    kind: obligation.kind,
    ...(obligation.measure !== undefined && { measure: obligation.measure }),
    from: rung.from,
    workdays: rung.workdays,
    ...(rung.repeatEveryWorkdays !== undefined && { repeatEveryWorkdays: rung.repeatEveryWorkdays }),
    dueOn: obligation.dueOn,
    ...(obligation.role === 'handler' && lift > 0 && { lift }),
    openedAt: obligation.openedAt,
    workdaysFromDue: workdaysBetween(calendar, obligation.dueOn, plannedOn),
    calendar: isProvisional(calendar, plannedOn) ? 'provisional' : 'published',
  };
}
