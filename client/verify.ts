import type { Ledger } from '../prisma/client.ts';
import { toIsoDate } from '../prisma/days.ts';
import type { IssueEvent } from '../workflows/rules/events.ts';
import { openIssue, type IssueProgress } from '../workflows/rules/progress.ts';
import { record } from '../workflows/rules/record.ts';
import type { IssueTerms } from '../workflows/rules/terms.ts';
import { groupBy } from '../workflows/rules/group-by.ts';
import { type Difference, fieldDifferences, gapDifferences, presenceDifference } from './verify/differences.ts';
import { verifyDeliveries } from './verify/deliveries.ts';
import { verifyFiles } from './verify/files.ts';
import { isEqual } from './verify/is-equal.ts';
import { type ItemReplay, replayItems } from './verify/items.ts';
import { verifyLetters } from './verify/letters.ts';
import { lightDifferences } from './verify/lights.ts';
import { verifyNamedRows } from './verify/named-rows.ts';
import { type ObligationReplay, replayObligations } from './verify/obligations.ts';
import { verifyRounds } from './verify/rounds.ts';
import { unnamedEvidence } from './verify/unnamed-evidence.ts';

export type { Difference };

export interface Verification {
  readonly issues: number;
  readonly events: number;
  readonly obligations: number;
  readonly rounds: number;
  readonly roundEvents: number;
  readonly roundObligations: number;
  /** How many pieces of evidence and notes the events name. */
  readonly evidence: number;
  readonly notes: number;
  /** Copies of lines in mails and on pages, each for one person. */
  readonly deliveries: number;
  readonly letters: number;
  /** Files of evidence that were read again; 0 where no folder is given. */
  readonly files: number;
  readonly differences: readonly Difference[];
}

/** So many issues' events are held in memory at a time. */
const issuesAtATime = 200;

/**
 * Replays the events of every launched issue and round and compares what they give with the projected rows; looks whether
 * what they name is there, and whether every file of evidence is still what it was; the other way round, whether a piece of
 * evidence, a copy of a line, a mail or a letter stands there that nothing accounts for. Reads only; names every row and
 * field that differs, and every gap in the numbers of the events.
 */
export async function verify(ledger: Ledger, evidenceFolder?: string): Promise<Verification> {
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
    const [issues, eventRows, obligationRows, itemRows] = await Promise.all([
      ledger.issue.findMany({
        where: { id: { in: ids } },
        include: { measures: { orderBy: { number: 'asc' } } },
        orderBy: { number: 'asc' },
      }),
      ledger.issueEvent.findMany({
        where: { issueId: { in: ids } },
        orderBy: [{ issueId: 'asc' }, { sequence: 'asc' }],
      }),
      ledger.obligation.findMany({ where: { issueId: { in: ids } } }),
      ledger.ledgerItem.findMany({ where: { issueId: { in: ids } }, orderBy: { number: 'asc' } }),
    ]);
    const eventsOf = groupBy(eventRows, ({ issueId }) => issueId);
    const obligationsOf = groupBy(obligationRows, ({ issueId }) => issueId);
    const itemsOf = groupBy(itemRows, ({ issueId }) => issueId);
    events += eventRows.length;
    obligations += obligationRows.length;
    for (const issue of issues) {
      const replay = replayed(issue.terms as unknown as IssueTerms, (eventsOf.get(issue.id) ?? []).map(toEvent));
      differences.push(...issueDifferences(issue, replay.progress, replay.events));
      differences.push(...lightDifferences(issue, replay.progress));
      differences.push(...obligationDifferences(issue.code, obligationsOf.get(issue.id) ?? [], replay.obligations));
      differences.push(...itemDifferences(issue.code, itemsOf.get(issue.id) ?? [], replayItems(replay.progress)));
    }
  }
  const ofRounds = await verifyRounds(ledger);
  const named = await verifyNamedRows(ledger);
  const unnamed = await unnamedEvidence(ledger);
  const sent = await verifyDeliveries(ledger);
  const issued = await verifyLetters(ledger);
  const kept = evidenceFolder === undefined ? { files: 0, differences: [] } : await verifyFiles(ledger, evidenceFolder);
  return {
    issues: launched.length,
    events,
    obligations,
    rounds: ofRounds.rounds,
    roundEvents: ofRounds.events,
    roundObligations: ofRounds.obligations,
    evidence: named.evidence,
    notes: named.notes,
    deliveries: sent.deliveries,
    letters: issued.letters,
    files: kept.files,
    differences: [
      ...differences,
      ...ofRounds.differences,
      ...named.differences,
      ...unnamed,
      ...sent.differences,
      ...issued.differences,
      ...kept.differences,
    ],
  };
}

type EventRow = Awaited<ReturnType<Ledger['issueEvent']['findMany']>>[number];
type IssueRow = Awaited<ReturnType<Ledger['issue']['findMany']>>[number];
type ItemRow = Awaited<ReturnType<Ledger['ledgerItem']['findMany']>>[number];
type ObligationRow = Awaited<ReturnType<Ledger['obligation']['findMany']>>[number];

/** An event as the workflow recorded it. */
function toEvent({ sequence, at, type, by, source, requestId, recordedBy, onBehalfOf, detail }: EventRow): IssueEvent {
  return {
    ...(detail as object),
    ...(recordedBy !== null && { recordedBy }),
    ...(onBehalfOf !== null && { onBehalfOf }),
    sequence,
    at: at.toISOString(),
    type,
    by,
    source,
    requestId,
  } as IssueEvent;
}

function replayed(terms: IssueTerms, events: readonly IssueEvent[]) {
  const progress = events.reduce<IssueProgress>(record, openIssue(terms, terms.launchedAt));
  return { progress, events, obligations: replayObligations(terms, events) };
}

function issueDifferences(issue: IssueRow, progress: IssueProgress, events: readonly IssueEvent[]): Difference[] {
  const row = `Issue ${issue.code}（${issue.id}）`;
  const { phase, phaseSince, cycle, deadline, sequence } = progress;
  const stored = {
    phase: issue.phase,
    phaseSince: issue.phaseSince?.toISOString() ?? null,
    cycle: issue.cycle,
    deadline: issue.deadline && toIsoDate(issue.deadline),
    sequence: issue.sequence,
  };
  return [
    ...gapDifferences(row, events),
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
    if (!found || !expected) return [presenceDifference(row, found ? 'stored' : 'replayed')];
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

/** An item that has never come in stands as it was made; one that the events know must be there. */
function itemDifferences(
  code: string,
  rows: readonly ItemRow[],
  replay: ReadonlyMap<string, ItemReplay>,
): Difference[] {
  const known = new Set(rows.map(({ id }) => id));
  const lost = [...replay.keys()].filter((id) => !known.has(id));
  return [
    ...lost.map((id) => presenceDifference(`LedgerItem ${code}/${id}`, 'replayed')),
    ...rows.flatMap(({ id, number, state, askedAt, leftAt }) => {
      const expected = replay.get(id) ?? { state: 'entered', askedAt: null, left: 'no' };
      const stored = { state, askedAt: askedAt?.toISOString() ?? null, left: leftAt === null ? 'no' : 'yes' };
      return fieldDifferences(`LedgerItem ${code}/${String(number)}`, stored, { ...expected });
    }),
  ];
}
