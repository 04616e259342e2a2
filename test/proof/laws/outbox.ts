import type { IssueEvent, Obligation } from '../../../workflows/rules/events.ts';
import { ladderFor } from '../../../workflows/rules/policy-parts.ts';
import type { Rung } from '../../../workflows/rules/policy.ts';
import type { IssueTerms } from '../../../workflows/rules/terms.ts';
import { moment, workedDay, workedDayAround } from '../calendar-by-hand.ts';
import type { History, Look } from '../history.ts';
import { restsBecause } from '../rests.ts';
import type { Violation } from './law.ts';

/** After these a line may be owed on another day, to others, or not at all. */
const changesLines: ReadonlySet<IssueEvent['type']> = new Set([
  'committed',
  'disputed',
  'suspended',
  'extensionGranted',
  'deadlineCorrected',
  'resumed',
  'undone',
  'policyAdopted',
  'calendarAdopted',
  // Who has reported again is no longer lifted up the ladder.
  'progressReported',
  'evidenceReceived',
] satisfies IssueEvent['type'][]);

/** 2. What is owed stands in the outbox once, and leaves it only for a reason; whoever owes nothing has no line. */
export function outbox(history: History): Violation[] {
  const found = history.looks.flatMap((look) => [...keys(look), ...cancelled(look), ...lacking(look)]);
  return [...found, ...left(history)].map((what): Violation => ({ law: 2, what }));
}

function keys({ at, lines, progress }: Look): string[] {
  const open = new Set(progress.obligations.map(({ id }) => id));
  const start = `issue-1/${String(progress.cycle)}/`;
  const seen = new Set<string>();
  const found: string[] = [];
  for (const { key, obligationId, plannedOn } of lines) {
    if (seen.has(key)) found.push(`${at}: ${key} is planned twice`);
    seen.add(key);
    if (!open.has(obligationId)) found.push(`${at}: ${key} is planned, and nobody owes it`);
    if (!key.startsWith(start)) found.push(`${at}: ${key} is of another cycle`);
    if (!key.endsWith(plannedOn)) found.push(`${at}: ${key} is planned for ${plannedOn}`);
  }
  return found;
}

function cancelled({ at, linesCancelled, progress, events }: Look): string[] {
  if (events.some(({ type }) => changesLines.has(type))) return [];
  const open = new Set(progress.obligations.map(({ id }) => `${String(progress.cycle)}/${id}`));
  return linesCancelled
    .filter((key) => open.has(key.split('/').slice(1, 3).join('/')))
    .map((key) => `${at}: ${key} is cancelled, and still owed`);
}

/** By hand: every rung's first day between this look and the next has its lines. */
function lacking({ at, terms, progress, lookAgainAt, lines }: Look): string[] {
  if (lookAgainAt === undefined) return [];
  const isPlanned = (key: string) => lines.some((line) => line.key === key);
  return progress.obligations.flatMap((obligation) =>
    ladderFor(terms.policy, obligation).flatMap((rung) => {
      if (rung.proposal !== undefined || rung.from !== 'due') return [];
      const day = dayByHand(terms, obligation, rung);
      const leavesAt = moment(day, terms.policy.sendAt);
      if (leavesAt <= at || leavesAt > lookAgainAt || leavesAt < obligation.openedAt) return [];
      if (restsBecause(progress, obligation, leavesAt) !== undefined) return [];
      return rung.to
        .map((role) => ['issue-1', progress.cycle, obligation.id, rung.id, role, day].join('/'))
        .filter((key) => !isPlanned(key))
        .map((key) => `${at}: ${key} is owed, and not planned`);
    }),
  );
}

const days = new WeakMap<IssueTerms, Map<string, string>>();

function dayByHand(terms: IssueTerms, { dueOn }: Obligation, { workdays }: Rung): string {
  const known = days.get(terms) ?? new Map<string, string>();
  days.set(terms, known);
  const name = `${dueOn} ${String(workdays)}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  let day = workedDayAround(terms.calendar, dueOn, workdays);
  while (terms.policy.quietDays?.some(({ from, to }) => day >= from && day <= to))
    day = workedDay(terms.calendar, day, 1);
  known.set(name, day);
  return day;
}

/** At the end, whatever has not left has a reason, or its time is still to come. */
function left({ rows, endedAt }: History): string[] {
  return rows.flatMap(({ line: { key }, state, stateReason, earliestAt, recipients, deliveredTo }) => {
    if (new Set(deliveredTo).size < deliveredTo.length) return [`${key} reached the same person twice`];
    switch (state) {
      case 'planned':
      case 'claimed':
        return earliestAt > endedAt ? [] : [`${key} was due at ${earliestAt} and is still ${state}`];
      case 'sent':
        return recipients !== null && deliveredTo.length > 0 ? [] : [`${key} is sent, and reached nobody`];
      default:
        return stateReason === null ? [`${key} is ${state} without a reason`] : [];
    }
  });
}
