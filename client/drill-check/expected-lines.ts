import { addDays, at, dayOf, endOfDay, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { ObligationKind, Policy, Role, Rung } from '../../workflows/rules/policy.ts';
import type { Asked, DutyHistory, DutySpan } from './duty-history.ts';
import type { Law } from './facts.ts';
import type { Whose } from './holders.ts';
import type { WorkdayCount } from './workday-count.ts';

/** A line that the rules ask for on a day, as the checker reads them. */
export interface ExpectedLine {
  /** `subject/cycle/obligation/rung/role/plannedOn`. */
  readonly key: string;
  readonly role: Role;
  readonly span: DutySpan;
  readonly history: DutyHistory;
  /** When it should leave. */
  readonly moment: IsoInstant;
  /** `crossed`: whether it was still asked for cannot be told, since somebody acted at that very moment. */
  readonly certainty: 'sure' | 'crossed';
}

export interface Rules {
  readonly policyOf: (law: Law) => Policy;
  readonly workdaysOf: (law: Law) => WorkdayCount;
  readonly firstMail: 'inHours' | 'now';
}

/** A line as one state of things asks for it. */
interface AskedLine {
  readonly role: Role;
  readonly leavesAt: IsoInstant;
  /** After it nothing is written that has not been written before. */
  readonly windowTo: IsoInstant;
}

/** Every line the rules ask for about a duty up to `through`, day by day, each once. */
export function expectedLines(rules: Rules, history: DutyHistory, span: DutySpan, through: IsoDate): ExpectedLine[] {
  const found = new Map<string, ExpectedLine>();
  const endedAt = history.endOf(span);
  const lastDay = endedAt === undefined || dayOf(endedAt) > through ? through : dayOf(endedAt);
  for (let day = dayOf(span.openedAt); day <= lastDay; day = addDays(day, 1)) {
    for (const moment of momentsOn(rules, history, span, day)) {
      const standings = history.askedAt(span, moment).map((asked) => new Map(linesAt(rules, span, asked, day)));
      const last = standings.at(-1)!;
      for (const [key, line] of standings.flatMap((one) => [...one])) {
        if (found.get(key)?.certainty === 'sure') continue;
        const isSure = last.has(key);
        // What should have left before and is asked for only now is written as long as its window is open.
        const isLate = line.leavesAt < moment && (moment >= line.windowTo || !isSure);
        if (line.leavesAt > moment || isLate) continue;
        const leavesAt = found.get(key)?.moment ?? moment;
        const certainty = isSure ? 'sure' : 'crossed';
        found.set(key, { key, role: line.role, span, history, moment: leavesAt, certainty });
      }
    }
  }
  return [...found.values()];
}

/** Whose the line is: a role's, for a measure, an issue, a batch's issues or the round. */
export function whoseOf({ span: { issueIds, measure, kind }, role }: ExpectedLine): Whose {
  return { issueIds, measure, role, kind };
}

/** Whether the line is asked for at a moment, by how things stood right before it or after anything that happened then. */
export function isAskedFor(rules: Rules, { key, history, span }: ExpectedLine, moment: IsoInstant): boolean {
  const day = key.slice(-10);
  return history.askedAt(span, moment).some((asked) => linesAt(rules, span, asked, day).some(([one]) => one === key));
}

/** When a day's lines may become due: at the moments they name, and whenever something happens on the day. */
function momentsOn({ policyOf }: Rules, history: DutyHistory, { openedAt }: DutySpan, day: IsoDate): IsoInstant[] {
  const laws = [history.lawAt(at(day, '00:00')), history.lawAt(endOfDay(day))];
  const usual = laws.map((law) => at(day, policyOf(law).sendAt));
  return [...new Set([...history.momentsOn(day), ...usual])].filter((moment) => moment >= openedAt).sort();
}

function linesAt(rules: Rules, span: DutySpan, asked: Asked | undefined, day: IsoDate): [string, AskedLine][] {
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
    return readersOf(rung, asked.above).map((role) => {
      const { subjectId, cycle, obligationId } = span;
      const key = [subjectId, cycle, obligationId, rung.id, role, day].join('/');
      return [key, { role, leavesAt, windowTo }];
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

function leavesAtOnce({ firstMail }: Rules, { obligationId }: DutySpan, rung: Rung): boolean {
  return firstMail === 'now' && rung.letter === 'assignment' && obligationId.endsWith('-1');
}

/** Whom a ladder climbs to, one after the other. */
const climbing: readonly Role[] = ['handler', 'responsibleLeader', 'groupHead'];

/** Who came back, did it before, or broke his word is read by so many levels above him wherever a due day is counted. */
function readersOf({ to, from }: Rung, above: number): readonly Role[] {
  if (from !== 'due' || above === 0 || !to.every((role) => climbing.includes(role))) return to;
  const reached = Math.max(...to.map((role) => climbing.indexOf(role)));
  return [...to, ...climbing.filter((_, level) => level > reached && level <= above)];
}
