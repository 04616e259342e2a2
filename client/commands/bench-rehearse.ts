import { addDays, addMonths, at, startOfDay } from '../../workflows/rules/instants.ts';
import { simplePolicy } from '../../workflows/rules/simple-policy.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import type { Holding } from '../rehearsal/addressees.ts';
import type { RehearsalInput } from '../rehearsal/rehearsal-input.ts';
import { rehearseRound } from '../rehearsal/rehearse-round.ts';
import { columns, type Output } from './output.ts';

/** What one rehearsal took. */
interface Measured {
  readonly seconds: number;
  /** Of this process: on a busy machine the seconds say more about the others. */
  readonly cpuSeconds: number;
  readonly millisecondsPerIssue: number;
  /** How many different lives had to be played. */
  readonly shapes: number;
  readonly mails: number;
  readonly lines: number;
}

/** The answer of `bench rehearse`. */
interface RehearseBench {
  readonly issues: number;
  readonly measures: number;
  readonly months: number;
  /** Issues whose measures are due on one of a dozen days, as in a real plan. */
  readonly alike: Measured;
  /** No two issues with the same days. */
  readonly distinct: Measured;
  /** How much longer the distinct ones take. */
  readonly ratio: number;
}

const issueCount = 1_000;
const measuresEach = 3;
const months = 30;
const launchedOn = '2023-09-18';
const deadlinesAlike = 12;
const daysApart = 541;
const handlers = 60;
const leaders = 8;

/** `bench rehearse`: how long the rehearsal of a round of a thousand issues takes, in this process and without a ledger. */
export function benchRehearse(output: Output): void {
  const alike = measured(inputOf((index) => (index % deadlinesAlike) * 14));
  const distinct = measured(inputOf(apart));
  const bench: RehearseBench = {
    ...{ issues: issueCount, measures: issueCount * measuresEach, months, alike, distinct },
    ratio: Math.round((100 * distinct.cpuSeconds) / alike.cpuSeconds) / 100,
  };
  output.answer(bench, () => words(bench));
}

/** No two of fewer than 500 × 541 issues have the same days. */
function apart(index: number, measure: number): number {
  return measure === 0 ? index % 500 : (index * (measure + 6) + Math.floor(index / 500)) % daysApart;
}

function measured(input: RehearsalInput): Measured {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const { rehearsal, shapes } = rehearseRound(input);
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    seconds: Math.round(ms) / 1000,
    cpuSeconds: Math.round((user + system) / 1000) / 1000,
    millisecondsPerIssue: Math.round((1000 * ms) / issueCount) / 1000,
    ...{ shapes, mails: rehearsal.mails, lines: rehearsal.lines },
  };
}

/** @param dueAfter how many days after its first month a measure is due */
function inputOf(dueAfter: (index: number, measure: number) => number): RehearsalInput {
  const launchedAt = at(launchedOn, '08:00');
  const calendar = bundledCalendar;
  const issues = Array.from({ length: issueCount }, (_, index) => {
    const measures = Array.from({ length: measuresEach }, (_measure, place) => ({
      number: place + 1,
      deadline: addDays(launchedOn, 30 + dueAfter(index, place)),
    }));
    const deadline = measures.map((measure) => measure.deadline).reduce((one, other) => (one > other ? one : other));
    return {
      code: `BM-${String(index + 1)}`,
      terms: {
        ...{ issueId: `bench-i${String(index + 1)}`, roundId: 'bench', kind: 'ordinary' as const, deadline, measures },
        ...{ policy: simplePolicy, calendar, launchedAt, firstMail: 'inHours' as const },
        clock: { kind: 'real' as const },
      },
    };
  });
  const holdings = issues.flatMap(({ terms }, index) => [
    holding(terms.issueId, 'handler', `handler-${String(index % handlers)}`),
    holding(terms.issueId, 'responsibleLeader', `leader-${String(index % leaders)}`),
  ]);
  const ofRound = (['groupHead', 'office', 'reviewer'] as const).map((role) => holding(null, role, role));
  return {
    round: {
      ...{ roundId: 'bench', policy: simplePolicy, calendar, launchedAt, feedbackOn: launchedOn },
      ...{ clock: { kind: 'real' }, concentratedEndsOn: addMonths(launchedOn, simplePolicy.concentratedMonths) },
    },
    ...{ codePrefix: 'BM', firstMail: 'inHours', issues, delegations: [] },
    until: startOfDay(addMonths(launchedOn, months)),
    holdings: [...holdings, ...ofRound],
    people: [...new Set([...holdings, ...ofRound].map(({ personId }) => personId))].map((id) => ({
      ...{ id, name: id },
      reach: 'mail' as const,
    })),
  };
}

function holding(issueId: string | null, role: Holding['role'], personId: string): Holding {
  return { issueId, role, personId, measure: null, fromAt: null, untilAt: null };
}

function words({ issues, months: span, alike, distinct, ratio }: RehearseBench): string {
  const row = (name: string, { seconds, cpuSeconds, millisecondsPerIssue, shapes, mails, lines }: Measured) => [
    name,
    ...[seconds, cpuSeconds, millisecondsPerIssue, shapes, mails, lines].map(String),
  ];
  return [
    `预演 ${String(issues)} 个问题、${String(span)} 个月无人办理：`,
    columns([
      ['', '秒', '处理器秒', '毫秒/问题', '不同的时限', '邮件', '行'],
      row('时限多有相同', alike),
      row('时限各不相同', distinct),
    ]),
    `后者为前者的 ${String(ratio)} 倍`,
  ].join('\n');
}
