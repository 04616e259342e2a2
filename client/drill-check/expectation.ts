import { addDays, dayOf, type IsoDate } from '../../workflows/rules/instants.ts';
import { type ExpectedAnswer, expectedAnswers } from './answer-lines.ts';
import { type DutySpan, dutySpans } from './duty-spans.ts';
import { type ExpectedLine, expectedLines } from './expected-lines.ts';
import type { DrillFacts } from './facts.ts';
import { WorkdayCount } from './workday-count.ts';

/** What the rules ask for, worked out from the recorded facts alone. */
export interface Expectation {
  readonly facts: DrillFacts;
  readonly workdays: WorkdayCount;
  /** By `issue/cycle/obligation`. */
  readonly spans: ReadonlyMap<string, DutySpan>;
  /** By key. */
  readonly lines: ReadonlyMap<string, ExpectedLine>;
  readonly answers: readonly ExpectedAnswer[];
}

export function expectationOf(facts: DrillFacts): Expectation {
  const { policy, calendar, firstMail, issues } = facts;
  const through = dayOf(facts.now);
  const spans = issues.flatMap(dutySpans);
  const days = [through, ...spans.flatMap(({ openedAt, dueOn }) => [dayOf(openedAt), dueOn])].sort();
  const workdays = new WorkdayCount(calendar, days[0]!, reachable(days.at(-1)!));
  const lines = spans.flatMap((span) => expectedLines({ policy, firstMail, workdays }, span, through));
  return {
    facts,
    workdays,
    spans: new Map(spans.map((span) => [`${span.issueId}/${String(span.cycle)}/${span.obligationId}`, span])),
    lines: new Map(lines.map((line) => [line.key, line])),
    answers: issues.flatMap((issue) => expectedAnswers(policy, workdays, issue)),
  };
}

/** The workday after the longest holiday lies within a month. */
function reachable(day: IsoDate): IsoDate {
  return addDays(day, 30);
}
