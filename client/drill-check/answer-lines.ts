import { addDays, at, dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { DrillFacts, IssueFacts } from './facts.ts';
import type { WorkdayCount } from './workday-count.ts';

/** A mail that tells the handler what became of his closure or of the look-back. */
export interface ExpectedAnswer {
  readonly issueId: string;
  readonly sequence: number;
  readonly eventAt: IsoInstant;
  readonly moment: IsoInstant;
}

/** The answers that an issue's events call for. */
export function expectedAnswers(policy: Policy, workdays: WorkdayCount, { id, events }: IssueFacts): ExpectedAnswer[] {
  return events
    .filter(({ type }) => type === 'closureReturned' || type === 'closureApproved' || type === 'rebounded')
    .map(({ sequence, at: eventAt }) => ({
      issueId: id,
      sequence,
      eventAt,
      moment: nextOpenMoment(policy, workdays, eventAt),
    }));
}

/** Whether a moment lies on a workday and within the sending hours. */
export function isSendingTime(
  policy: Policy,
  workdays: WorkdayCount,
  moment: IsoInstant,
): 'yes' | 'dayOff' | 'outsideHours' {
  const day = dayOf(moment);
  if (!workdays.isWorked(day)) return 'dayOff';
  const { from, to } = policy.sendingHours;
  return moment >= at(day, from) && moment < at(day, to) ? 'yes' : 'outsideHours';
}

function nextOpenMoment(policy: Policy, workdays: WorkdayCount, moment: IsoInstant): IsoInstant {
  if (isSendingTime(policy, workdays, moment) === 'yes') return moment;
  for (let day = dayOf(moment); ; day = addDays(day, 1)) {
    const opensAt = at(day, policy.sendingHours.from);
    if (workdays.isWorked(day) && opensAt > moment) return opensAt;
  }
}

/** `issue/cycle/answer-7/handler`, whatever the cycle. */
export function answerOf(key: string): { issueId: string; sequence: number; role: string } | undefined {
  const parts = /^([^/]+)\/\d+\/answer-(\d+)\/([^/]+)$/.exec(key);
  return parts ? { issueId: parts[1]!, sequence: Number(parts[2]), role: parts[3]! } : undefined;
}

/** `ack/<incoming mail>`. */
export function acknowledgedMailOf(key: string): string | undefined {
  return /^ack\/(.+)$/.exec(key)?.[1];
}

/** Whether everything due by a moment must have been sent. */
export function isOver({ now, state }: Pick<DrillFacts, 'now' | 'state'>, moment: IsoInstant): boolean {
  return state === 'ended' ? moment <= now : moment < now;
}
