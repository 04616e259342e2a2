import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IssueEvent, IssueFact } from '../../workflows/rules/events.ts';
import { planned } from '../../workflows/rules/planner.ts';
import { openIssue } from '../../workflows/rules/progress.ts';
import { record } from '../../workflows/rules/record.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { issues } from './arbitraries/issue.ts';
import { beijingDay, later, moment } from './calendar-by-hand.ts';
import { type Answer, ReferenceModel, type Reminder } from './reference-model.ts';

/** A few answers, at minutes at which no mail leaves. */
const answers = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 150 }),
    fc.constantFrom('taken on', 'progress', 'evidence', 'evidence'),
    fc.nat(7),
  ),
  { maxLength: 6 },
);

function scripted(terms: IssueTerms, chosen: readonly (readonly [number, string, number])[]): Answer[] {
  const given = new Set<number>();
  return chosen
    .toSorted(([one], [other]) => one - other)
    .map(([days, says, which], index): Answer => {
      const at = moment(later(beijingDay(terms.launchedAt), days + 1), `10:${String(31 + index)}`);
      const measure = terms.measures[which % terms.measures.length]!.number;
      if (says !== 'evidence' || given.has(measure)) return { at, says: says === 'taken on' ? 'taken on' : 'progress' };
      given.add(measure);
      return { at, says: { evidenceFor: measure } };
    });
}

/** What the planner reminds of: lines whose moment comes while they are in the plan. */
function planners(terms: IssueTerms, end: string, given: readonly Answer[]): Reminder[] {
  let progress = openIssue(terms, terms.launchedAt);
  let now = terms.launchedAt;
  const reminders: Reminder[] = [];
  const fold = (fact: IssueFact, by: string | null) => {
    const event: IssueEvent = { ...fact, sequence: progress.sequence + 1, at: now, by, source: null, requestId: null };
    progress = record(progress, event);
  };
  const waiting = [...given];
  while (now < moment(end)) {
    while (waiting[0] !== undefined && waiting[0].at <= now) fold(factOf(waiting.shift()!), 'p-chen');
    const plan = planned(terms, progress, now);
    for (const fact of plan.facts) fold(fact, null);
    const next = [plan.lookAgainAt!, waiting[0]?.at ?? plan.lookAgainAt!, moment(end)].toSorted()[0]!;
    for (const { key, role, plannedOn, earliestAt } of plan.lines) {
      if (earliestAt >= now && earliestAt < next) reminders.push({ key, role, day: plannedOn, at: earliestAt });
    }
    now = next;
  }
  return reminders;
}

function factOf({ says, at }: Answer): IssueFact {
  if (says === 'taken on') return { type: 'acknowledged' };
  if (says === 'progress') return { type: 'progressReported', noteId: 'n' };
  return { type: 'evidenceReceived', evidence: [{ evidenceId: `e-${at}`, measure: says.evidenceFor }] };
}

function sorted(reminders: readonly Reminder[]): string[] {
  return reminders.map(({ key, day, role, at }) => [key, day, role, at].join(' ')).toSorted();
}

const aYear = 365;

test(
  'the planner reminds of the same as a model that counts day by day, over a year, in silence and with answers',
  { timeout: 900_000 },
  () => {
    let count = 0;
    fc.assert(
      fc.property(issues, answers, fc.boolean(), (terms, chosen, isSilent) => {
        const end = later(beijingDay(terms.launchedAt), aYear);
        const given = isSilent ? [] : scripted(terms, chosen);
        const reminders = sorted(planners(terms, end, given));
        expect(reminders).toEqual(sorted(new ReferenceModel(terms).remindersUntil(end, given)));
        count += reminders.length;
      }),
      { numRuns: 1_000 },
    );
    expect(count).toBeGreaterThan(100_000);
  },
);
