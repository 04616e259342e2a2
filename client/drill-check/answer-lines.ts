import type { IssueEvent } from '../../workflows/rules/events.ts';
import { addDays, at, dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Policy, Role } from '../../workflows/rules/policy.ts';
import type { DutyHistory } from './duty-history.ts';
import type { Rules } from './asked-lines.ts';
import type { DrillFacts, IssueFacts } from './facts.ts';
import type { WorkdayCount } from './workday-count.ts';

/** A mail that tells somebody what became of what he asked for or did. */
export interface ExpectedAnswer {
  readonly issueId: string;
  readonly sequence: number;
  readonly role: Role;
  readonly eventAt: IsoInstant;
  readonly moment: IsoInstant;
  /** `may` where it depends on who had been mailed before a step was taken back. */
  readonly call: 'must' | 'may';
}

/** The answers that an issue's events call for. */
export function expectedAnswers(
  { policyOf, workdaysOf }: Rules,
  history: DutyHistory,
  { id, events }: IssueFacts,
): ExpectedAnswer[] {
  const takenBack = new Set(events.flatMap((event) => (event.type === 'undone' ? [event.undoneSequence] : [])));
  return events.flatMap((event) => {
    const { sequence, at: eventAt } = event;
    const call = event.type === 'undone' || takenBack.has(sequence) ? 'may' : 'must';
    const law = history.lawAt(eventAt);
    return toldOf(event).map((role) => {
      const moment = nextOpenMoment(policyOf(law), workdaysOf(law), eventAt);
      return { issueId: id, sequence, role, eventAt, moment, call };
    });
  });
}

/** Who is told of an event, because he asked for it, or because it concerns what he did. */
function toldOf(event: IssueEvent): readonly Role[] {
  switch (event.type) {
    case 'closureReturned':
    case 'closureApproved':
    case 'rebounded':
    case 'extensionGranted':
    case 'extensionRefused':
    case 'disputeRejected':
    case 'withdrawn':
    case 'mergedInto':
      return ['handler'];
    case 'undone':
      return ['handler', 'responsibleLeader', 'groupHead', 'reviewer'];
    case 'evidenceJudged':
      return event.returned.length > 0 ? ['handler'] : [];
    case 'itemsRechecked':
      return event.back.length > 0 ? ['handler'] : [];
    case 'proposalDecided':
      return event.decision === 'accepted' ? ['handler', 'responsibleLeader'] : [];
    default:
      return [];
  }
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
