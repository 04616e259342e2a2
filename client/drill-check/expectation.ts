import { addDays, dayOf, type IsoDate } from '../../workflows/rules/instants.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { type ExpectedAnswer, expectedAnswers } from './answer-lines.ts';
import type { Rules } from './asked-lines.ts';
import type { DutyHistory } from './duty-history.ts';
import { type ExpectedLine, expectedLines } from './expected-lines.ts';
import type { DrillFacts, Law } from './facts.ts';
import { issueHistory } from './issue-history.ts';
import { roundHistory } from './round-states.ts';
import { WorkdayCount } from './workday-count.ts';

/** What the rules ask for, worked out from the recorded facts alone. */
export interface Expectation {
  readonly facts: DrillFacts;
  readonly rules: Rules;
  /** By the issue's or the round's id. */
  readonly histories: ReadonlyMap<string, DutyHistory>;
  /** By key. */
  readonly lines: ReadonlyMap<string, ExpectedLine>;
  readonly answers: readonly ExpectedAnswer[];
}

export function expectationOf(facts: DrillFacts): Expectation {
  const through = dayOf(facts.now);
  const histories = new Map([
    ...facts.issues.map((issue) => [issue.id, issueHistory(issue, facts.launchedWith)] as const),
    [facts.round.id, roundHistory(facts.round, facts.launchedWith)] as const,
  ]);
  const rules = rulesOf(facts, daysNamed(facts, through));
  const lines = [...histories.values()].flatMap((history) =>
    history.spans.flatMap((span) => expectedLines(rules, history, span, through)),
  );
  return {
    ...{ facts, rules, histories },
    lines: new Map(lines.map((line) => [line.key, line])),
    answers: facts.issues.flatMap((issue) => expectedAnswers(rules, histories.get(issue.id)!, issue)),
  };
}

function rulesOf({ policies, calendars, firstMail }: DrillFacts, [from, to]: readonly [IsoDate, IsoDate]): Rules {
  const counts = new Map<number, WorkdayCount>();
  const calendarOf = ({ calendar }: Law): Calendar => known(calendars, calendar, 'calendar');
  const policyOf = ({ policy }: Law): Policy => known(policies, policy, 'policy');
  const workdaysOf = (law: Law): WorkdayCount => {
    const count = counts.get(law.calendar) ?? new WorkdayCount(calendarOf(law), from, to);
    counts.set(law.calendar, count);
    return count;
  };
  return { policyOf, workdaysOf, firstMail };
}

function known<Body>(versions: ReadonlyMap<number, Body>, version: number, what: string): Body {
  const body = versions.get(version);
  if (body === undefined) throw new Error(`the ledger has no ${what} ${String(version)}`);
  return body;
}

/** From the first day that anything names to the last: the workday after the longest quiet time lies within months. */
function daysNamed({ issues, round }: DrillFacts, through: IsoDate): readonly [IsoDate, IsoDate] {
  const ofIssues = issues.flatMap(({ events }) =>
    events.flatMap((event) => [
      dayOf(event.at),
      ...(event.type === 'obligationOpened' ? [event.dueOn] : []),
      ...('moved' in event ? event.moved.map(({ dueOn }) => dueOn) : []),
    ]),
  );
  const ofRound = round.events.flatMap(({ at, detail }) => [
    dayOf(at),
    ...(detail.dueOn === undefined ? [] : [detail.dueOn]),
  ]);
  const days = [through, ...ofIssues, ...ofRound].sort();
  return [addDays(days[0]!, -daysAround), addDays(days.at(-1)!, daysAround)];
}

const daysAround = 100;
