import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import type { RoundEvent } from '../../workflows/rules/round/events.ts';
import { type Difference, fieldDifferences, gapDifferences, presenceDifference } from './differences.ts';
import { isEqual } from './is-equal.ts';
import { replayRound, type RoundObligationReplay } from './round-obligations.ts';

export interface RoundsVerified {
  readonly rounds: number;
  readonly events: number;
  readonly obligations: number;
  readonly differences: readonly Difference[];
}

/**
 * Replays the events of every round whose progress is kept, and compares what they give with its row and with what it
 * owes. A round of an earlier form kept no progress until its first step under the present one: there is nothing to compare.
 */
export async function verifyRounds(ledger: Ledger): Promise<RoundsVerified> {
  const rounds = await ledger.round.findMany({
    where: { step: { gt: 0 } },
    select: { id: true, name: true, sequence: true, progress: true },
    orderBy: { createdAt: 'asc' },
  });
  const kept = rounds.filter(({ progress }) => progress !== null);
  let events = 0;
  let obligations = 0;
  const differences: Difference[] = [];
  for (const { id, name, sequence, progress } of kept) {
    const [eventRows, obligationRows] = await Promise.all([
      ledger.roundEvent.findMany({ where: { roundId: id }, orderBy: { sequence: 'asc' } }),
      ledger.roundObligation.findMany({ where: { roundId: id }, orderBy: { id: 'asc' } }),
    ]);
    events += eventRows.length;
    obligations += obligationRows.length;
    const replay = replayRound(eventRows.map(toEvent));
    const row = `Round ${name}（${id}）`;
    differences.push(
      ...gapDifferences(row, eventRows),
      ...fieldDifferences(row, { sequence }, { sequence: replay.progress.sequence }),
      ...(isEqual(progress, replay.progress)
        ? []
        : fieldDifferences(`${row} progress`, progress as Record<string, unknown>, { ...replay.progress })),
      ...obligationDifferences(name, obligationRows, replay.obligations),
    );
  }
  return { rounds: kept.length, events, obligations, differences };
}

type EventRow = Awaited<ReturnType<Ledger['roundEvent']['findMany']>>[number];
type ObligationRow = Awaited<ReturnType<Ledger['roundObligation']['findMany']>>[number];

/** An event as the workflow recorded it. */
function toEvent({ sequence, at, type, by, source, requestId, recordedBy, detail }: EventRow): RoundEvent {
  return {
    ...(detail as object),
    ...(recordedBy !== null && { recordedBy }),
    sequence,
    at: at.toISOString(),
    type,
    by,
    source,
    requestId,
  } as RoundEvent;
}

function obligationDifferences(
  name: string,
  rows: readonly ObligationRow[],
  replay: ReadonlyMap<string, RoundObligationReplay>,
): Difference[] {
  const stored = new Map(rows.map((row) => [row.id, row]));
  return [...new Set([...stored.keys(), ...replay.keys()])].flatMap((id) => {
    const row = `RoundObligation ${name}/${id}`;
    const found = stored.get(id);
    const expected = replay.get(id);
    if (!found || !expected) return [presenceDifference(row, found ? 'stored' : 'replayed')];
    const { kind, role, title, scope, closedBy } = found;
    const moments = {
      openedAt: found.openedAt.toISOString(),
      overdueAt: found.overdueAt?.toISOString() ?? null,
      closedAt: found.closedAt?.toISOString() ?? null,
    };
    const fields = { kind, role, title, scope, dueOn: toIsoDate(found.dueOn), ...moments, closedBy };
    return fieldDifferences(row, fields, { ...expected });
  });
}
