import { addDays, at, dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { ObligationKind, Policy, Role, Rung } from '../../workflows/rules/policy.ts';
import type { Asked, DutySpan } from './duty-history.ts';
import type { Law } from './facts.ts';
import type { WorkdayCount } from './workday-count.ts';

/** What a law says, and when the first mail leaves. */
export interface Rules {
  readonly policyOf: (law: Law) => Policy;
  readonly workdaysOf: (law: Law) => WorkdayCount;
  readonly firstMail: 'inHours' | 'now';
}

/** A line as one state of things asks for it. */
export interface AskedLine {
  readonly role: Role;
  readonly leavesAt: IsoInstant;
  /** After it nothing is written that has not been written before. */
  readonly windowTo: IsoInstant;
  readonly times: 'once' | 'repeated';
}

/** The lines that one state of things asks for on a day, by key. */
export function linesAt(rules: Rules, span: DutySpan, asked: Asked | undefined, day: IsoDate): [string, AskedLine][] {
  if (asked === undefined) return [];
  const policy = rules.policyOf(asked);
  const workdays = rules.workdaysOf(asked);
  const counted = countedDays(policy, workdays, day);
  if (counted.length === 0) return [];
  return rungsOf(policy, span).flatMap((rung): [string, AskedLine][] => {
    if (rung.proposal !== undefined) return [];
    if (!counted.some((one) => fallsOn(rules, { policy, workdays }, span, asked, rung, one))) return [];
    const leavesAt = momentOf(rules, policy, span, rung, day);
    // Nothing was owed yet when the mails left, or nobody is to be reminded.
    if (leavesAt < span.openedAt || asked.rests(leavesAt)) return [];
    const windowTo = leavesAtOnce(rules, span, rung) ? at(addDays(day, 1), '00:00') : at(day, policy.sendingHours.to);
    const times = rung.repeatEveryWorkdays === undefined ? 'once' : 'repeated';
    return readersOf(rung, asked.above).map((role) => {
      const { subjectId, cycle, obligationId } = span;
      const key = [subjectId, cycle, obligationId, rung.id, role, day].join('/');
      return [key, { role, leavesAt, windowTo, times }];
    });
  });
}

/** Duties that the policy gives to whom it likes: whoever has it takes the place of him for whom the ladder is written. */
const given: readonly ObligationKind[] = [
  ...(['closureDecision', 'extensionDecision', 'itemRecheck', 'attestationEndorsement'] as const),
  ...(['rectificationPlan', 'weeklyCheck', 'monthlyDispatch', 'periodicDuty', 'evaluation', 'progressReport'] as const),
];

function rungsOf({ ladders }: Policy, { kind, role: owedBy }: DutySpan): readonly Rung[] {
  const rungs = ladders[kind] ?? [];
  const writtenFor = rungs[0]?.to[0];
  if (!given.includes(kind)) return rungs;
  return rungs.map((rung) => ({
    ...rung,
    to: [...new Set(rung.to.map((role) => (role === writtenFor ? owedBy : role)))],
  }));
}

/** The days whose lines leave on this one: itself, and the quiet days (静默日) that are put off to it. */
function countedDays({ quietDays = [] }: Policy, workdays: WorkdayCount, day: IsoDate): IsoDate[] {
  const isQuiet = (one: IsoDate) => quietDays.some(({ from, to }) => one >= from && one <= to);
  if (isQuiet(day)) return [];
  const days = [day];
  if (!workdays.isWorked(day)) return days;
  for (let before = addDays(day, -1); isQuiet(before) || !workdays.isWorked(before); before = addDays(before, -1)) {
    if (isQuiet(before)) days.push(before);
  }
  return days;
}

function fallsOn(
  rules: Rules,
  { policy, workdays }: { policy: Policy; workdays: WorkdayCount },
  span: DutySpan,
  { dueOn }: Asked,
  rung: Rung,
  day: IsoDate,
): boolean {
  if (rung.from === 'opened' && leavesAtOnce(rules, span, rung) && day === dayOf(span.openedAt)) return true;
  if (!workdays.isWorked(day)) return false;
  const from = rung.from === 'due' ? dueOn : firstMailDay(rules, policy, workdays, span, rung);
  if (rung.from === 'opened' && day < from) return false;
  // A day off counts like the workday before it: the first workday after Sunday is Monday, the last before it Friday.
  const behind = workdays.upTo(day) - workdays.upTo(from) - rung.workdays;
  if (behind === 0) return true;
  return rung.repeatEveryWorkdays !== undefined && behind > 0 && behind % rung.repeatEveryWorkdays === 0;
}

/** The day whose mail can still carry what was opened: today's until it leaves, an assignment's all through the hours. */
function firstMailDay(rules: Rules, policy: Policy, workdays: WorkdayCount, span: DutySpan, rung: Rung): IsoDate {
  const { openedAt } = span;
  let day = dayOf(openedAt);
  if (leavesAtOnce(rules, span, rung)) return day;
  const isInTime =
    rung.letter === 'assignment' ? openedAt < at(day, policy.sendingHours.to) : openedAt <= at(day, policy.sendAt);
  if (workdays.isWorked(day) && isInTime) return day;
  do day = addDays(day, 1);
  while (!workdays.isWorked(day));
  return day;
}

function momentOf(rules: Rules, policy: Policy, span: DutySpan, rung: Rung, day: IsoDate): IsoInstant {
  const { openedAt } = span;
  const usual = at(day, policy.sendAt);
  if (rung.from !== 'opened' || day !== dayOf(openedAt)) return usual;
  return leavesAtOnce(rules, span, rung) || openedAt > usual ? openedAt : usual;
}

function leavesAtOnce({ firstMail }: Rules, { cycle, obligationId }: DutySpan, rung: Rung): boolean {
  const isHandedOut = cycle === 1 && obligationId === 'acknowledgement-1' && rung.letter === 'assignment';
  return firstMail === 'now' && isHandedOut;
}

/** Whom a ladder climbs to, one after the other. */
const climbing: readonly Role[] = ['handler', 'responsibleLeader', 'groupHead'];

/** Who came back, did it before, or broke his word is read by so many levels above him wherever a due day is counted. */
function readersOf({ to, from }: Rung, above: number): readonly Role[] {
  if (from !== 'due' || above === 0 || !to.every((role) => climbing.includes(role))) return to;
  const reached = Math.max(...to.map((role) => climbing.indexOf(role)));
  return [...to, ...climbing.filter((_, level) => level > reached && level <= above)];
}
