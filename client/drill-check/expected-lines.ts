import { addDays, at, dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Policy, Role, Rung } from '../../workflows/rules/policy.ts';
import type { DutySpan } from './duty-spans.ts';
import type { WorkdayCount } from './workday-count.ts';

/** A line that the rules ask for on a day, as the checker reads them. */
export interface ExpectedLine {
  /** `issue/cycle/obligation/rung/role/plannedOn`. */
  readonly key: string;
  readonly issueId: string;
  readonly role: Role;
  readonly span: DutySpan;
  /** When it should leave. */
  readonly moment: IsoInstant;
}

interface Rules {
  readonly policy: Policy;
  readonly firstMail: 'inHours' | 'now';
  readonly workdays: WorkdayCount;
}

/** Every line the rules ask for about a duty up to `through`, day by day; `span` says whether it was still owed then. */
export function expectedLines(rules: Rules, span: DutySpan, through: IsoDate): ExpectedLine[] {
  const lines: ExpectedLine[] = [];
  const lastDay = span.closedAt === undefined || dayOf(span.closedAt) > through ? through : dayOf(span.closedAt);
  for (let day = dayOf(span.openedAt); day <= lastDay; day = addDays(day, 1)) {
    for (const rung of rules.policy.ladders[span.kind] ?? []) {
      if (rung.proposal !== undefined || !fallsOn(rules, span, rung, day)) continue;
      const moment = momentOn(rules, span, rung, day);
      if (moment < span.openedAt) continue; // nothing was owed yet when the mails left
      for (const role of readersOf(rung, span.cycle)) {
        const key = [span.issueId, span.cycle, span.obligationId, rung.id, role, day].join('/');
        lines.push({ key, issueId: span.issueId, role, span, moment });
      }
    }
  }
  return lines;
}

function fallsOn(rules: Rules, span: DutySpan, rung: Rung, day: IsoDate): boolean {
  const { workdays } = rules;
  if (rung.from === 'opened' && leavesAtOnce(rules, rung) && day === dayOf(span.openedAt)) return true;
  if (!workdays.isWorked(day)) return false;
  const from = rung.from === 'due' ? span.dueOn : firstMailDay(rules, span, rung);
  // A day off counts like the workday before it: the first workday after Sunday is Monday, the last before it Friday.
  const behind = workdays.upTo(day) - workdays.upTo(from) - rung.workdays;
  if (behind === 0) return true;
  return rung.repeatEveryWorkdays !== undefined && behind > 0 && behind % rung.repeatEveryWorkdays === 0;
}

/** The day whose mail can still carry what was opened: today's until it leaves, an assignment's all through the hours. */
function firstMailDay(rules: Rules, { openedAt }: DutySpan, rung: Rung): IsoDate {
  const { policy, workdays } = rules;
  let day = dayOf(openedAt);
  if (leavesAtOnce(rules, rung)) return day;
  const isInTime =
    rung.letter === 'assignment' ? openedAt < at(day, policy.sendingHours.to) : openedAt <= at(day, policy.sendAt);
  if (workdays.isWorked(day) && isInTime) return day;
  do day = addDays(day, 1);
  while (!workdays.isWorked(day));
  return day;
}

function momentOn(rules: Rules, { openedAt }: DutySpan, rung: Rung, day: IsoDate): IsoInstant {
  const usual = at(day, rules.policy.sendAt);
  if (rung.from !== 'opened' || day !== dayOf(openedAt)) return usual;
  return leavesAtOnce(rules, rung) || openedAt > usual ? openedAt : usual;
}

function leavesAtOnce({ firstMail }: Rules, rung: Rung): boolean {
  return firstMail === 'now' && rung.letter === 'assignment';
}

/** From the second cycle on the responsible leader reads along wherever the handler alone was reminded of a due day. */
function readersOf({ to, from }: Rung, cycle: number): readonly Role[] {
  return cycle >= 2 && from === 'due' && to.join() === 'handler' ? ['handler', 'responsibleLeader'] : to;
}
