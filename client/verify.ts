import type { Ledger } from '../prisma/client.ts';
import { toIsoDate } from '../prisma/days.ts';
import type { IssueEvent } from '../workflows/rules/events.ts';
import { openIssue, type IssueProgress } from '../workflows/rules/progress.ts';
import { record } from '../workflows/rules/record.ts';
import type { IssueTerms } from '../workflows/rules/terms.ts';
import { groupBy } from './reading/group-by.ts';
import { type ObligationReplay, replayObligations } from './verify/obligations.ts';

/** A projected row that is not what its events say. */
export interface Difference {
  /** The row, `Issue GM-07 (id)` or `Obligation GM-07/1/evidence-2-1`. */
  readonly row: string;
  readonly field: string;
  readonly stored: unknown;
  readonly replayed: unknown;
}

export interface Verification {
  readonly issues: number;
  readonly events: number;
  readonly obligations: number;
  readonly differences: readonly Difference[];
}

/** So many issues' events are held in memory at a time. */
const issuesAtATime = 200;

/**
 * Replays the events of every launched issue and compares what they give with the projected rows. Reads only; names
 * every row and field that differs, and every gap in an issue's numbers.
 */
export async function verify(ledger: Ledger): Promise<Verification> {
  let events = 0;
  let obligations = 0;
  const differences: Difference[] = [];
  const launched = await ledger.issue.findMany({
    where: { step: { gt: 0 } },
    select: { id: true },
    orderBy: [{ roundId: 'asc' }, { number: 'asc' }],
  });
  for (let first = 0; first < launched.length; first += issuesAtATime) {
    const ids = launched.slice(first, first + issuesAtATime).map(({ id }) => id);
    const [issues, eventRows, obligationRows] = await Promise.all([
      ledger.issue.findMany({ where: { id: { in: ids } }, orderBy: { number: 'asc' } }),
      ledger.issueEvent.findMany({
        where: { issueId: { in: ids } },
        orderBy: [{ issueId: 'asc' }, { sequence: 'asc' }],
      }),
      ledger.obligation.findMany({ where: { issueId: { in: ids } } }),
    ]);
    const eventsOf = groupBy(eventRows, ({ issueId }) => issueId);
    const obligationsOf = groupBy(obligationRows, ({ issueId }) => issueId);
    events += eventRows.length;
    obligations += obligationRows.length;
    for (const issue of issues) {
      const replay = replayed(issue.terms as unknown as IssueTerms, (eventsOf.get(issue.id) ?? []).map(toEvent));
      differences.push(...issueDifferences(issue, replay.progress, replay.gaps));
      differences.push(...obligationDifferences(issue.code, obligationsOf.get(issue.id) ?? [], replay.obligations));
    }
  }
  return { issues: launched.length, events, obligations, differences };
}

type EventRow = Awaited<ReturnType<Ledger['issueEvent']['findMany']>>[number];
type IssueRow = Awaited<ReturnType<Ledger['issue']['findMany']>>[number];
type ObligationRow = Awaited<ReturnType<Ledger['obligation']['findMany']>>[number];

/** An event as the workflow recorded it. */
function toEvent({ sequence, at, type, by, source, requestId, detail }: EventRow): IssueEvent {
  return { ...(detail as object), sequence, at: at.toISOString(), type, by, source, requestId } as IssueEvent;
}

function replayed(terms: IssueTerms, events: readonly IssueEvent[]) {
  const gaps = events.flatMap(({ sequence }, index) => (sequence === index + 1 ? [] : [sequence]));
  const progress = events.reduce<IssueProgress>(record, openIssue(terms, terms.launchedAt));
  return { progress, gaps, obligations: replayObligations(terms, events) };
}

function issueDifferences(issue: IssueRow, progress: IssueProgress, gaps: readonly number[]): Difference[] {
  const row = `Issue ${issue.code}（${issue.id}）`;
  const { phase, phaseSince, cycle, deadline, sequence } = progress;
  const stored = {
    phase: issue.phase,
    phaseSince: issue.phaseSince?.toISOString() ?? null,
    cycle: issue.cycle,
    deadline: issue.deadline && toIsoDate(issue.deadline),
    sequence: issue.sequence,
  };
  const gapRows = gaps
    .slice(0, 1)
    .map((number) => ({ row, field: 'events', stored: `第${String(number)}号`, replayed: '编号不连续' }));
  return [
    ...gapRows,
    ...fieldDifferences(row, stored, { phase, phaseSince, cycle, deadline, sequence }),
    ...(isEqual(issue.progress, progress)
      ? []
      : fieldDifferences(`${row} progress`, (issue.progress ?? {}) as Record<string, unknown>, { ...progress })),
  ];
}

function obligationDifferences(
  code: string,
  rows: readonly ObligationRow[],
  replay: ReadonlyMap<string, ObligationReplay>,
): Difference[] {
  const stored = new Map(rows.map((row) => [`${String(row.cycle)}/${row.id}`, row]));
  const keys = new Set([...stored.keys(), ...replay.keys()]);
  return [...keys].flatMap((key) => {
    const row = `Obligation ${code}/${key}`;
    const found = stored.get(key);
    const expected = replay.get(key);
    if (!found || !expected) {
      const field = 'row';
      return [{ row, field, stored: found ? '有' : '无', replayed: expected ? '有' : '无' }];
    }
    const { kind, role, measure, closedBy } = found;
    const moments = {
      openedAt: found.openedAt.toISOString(),
      overdueAt: found.overdueAt?.toISOString() ?? null,
      closedAt: found.closedAt?.toISOString() ?? null,
    };
    return fieldDifferences(
      row,
      { kind, role, measure, dueOn: toIsoDate(found.dueOn), ...moments, closedBy },
      { ...expected },
    );
  });
}

function fieldDifferences(row: string, stored: Record<string, unknown>, replay: Record<string, unknown>): Difference[] {
  return [...new Set([...Object.keys(stored), ...Object.keys(replay)])]
    .filter((field) => !isEqual(stored[field], replay[field]))
    .map((field) => ({ row, field, stored: stored[field] ?? null, replayed: replay[field] ?? null }));
}

/** Alike whatever the order of keys, which the ledger's JSON does not keep. */
function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
}
