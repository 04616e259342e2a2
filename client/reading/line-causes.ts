import type { Ledger } from '../../prisma/client.ts';
import type { IssueFact } from '../../workflows/rules/events.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { RoundFactOf } from '../../workflows/rules/round/events.ts';
import { eventWords, storedFact } from './event-words.ts';
import { dayWords, shortDayWords, timeWords } from './words.ts';

/** By which event a line was cancelled, and in words why. */
export interface LineCause {
  readonly sequence: number;
  readonly words: string;
}

interface CancelledRow {
  readonly key: string;
  readonly roundId: string | null;
  readonly issueId: string | null;
  readonly cycle: number | null;
  readonly obligationId: string | null;
  readonly stateReason: string | null;
}

interface Told {
  readonly sequence: number;
  readonly at: IsoInstant;
  readonly fact: IssueFact;
}

/** Why each of these lines was not sent; a few questions however many there are. */
export async function causesOf(ledger: Ledger, rows: readonly CancelledRow[]): Promise<ReadonlyMap<string, LineCause>> {
  const issueIds = [...new Set(rows.flatMap(({ issueId }) => issueId ?? []))];
  const roundIds = [...new Set(rows.flatMap(({ issueId, roundId }) => (issueId === null ? (roundId ?? []) : [])))];
  if (rows.length === 0) return new Map();
  const [closings, events, dutyClosings, dutyCorrections] = await Promise.all([
    ledger.obligation.findMany({
      where: { issueId: { in: issueIds }, closedBy: { not: null } },
      select: { issueId: true, cycle: true, id: true, closedBy: true },
    }),
    ledger.issueEvent.findMany({
      where: { issueId: { in: issueIds } },
      select: { issueId: true, sequence: true, at: true, type: true, detail: true },
    }),
    ledger.roundObligation.findMany({
      where: { roundId: { in: roundIds }, closedAt: { not: null } },
      select: { roundId: true, id: true, title: true, closedAt: true, closedBy: true },
    }),
    ledger.roundEvent.findMany({
      where: { roundId: { in: roundIds }, type: { in: ['batchCorrected', 'commentCorrected'] } },
      select: { roundId: true, sequence: true, detail: true },
    }),
  ]);
  const told = new Map(
    events.map((event): [string, Told] => [
      `${event.issueId}/${String(event.sequence)}`,
      { sequence: event.sequence, at: event.at.toISOString(), fact: storedFact(event) },
    ]),
  );
  const closed = new Map(
    closings.map(({ issueId, cycle, id, closedBy }) => [`${issueId}/${String(cycle)}/${id}`, closedBy]),
  );
  const duties = new Map(dutyClosings.map((duty) => [`${duty.roundId}/${duty.id}`, duty]));
  const corrected = new Map(
    dutyCorrections.map(({ roundId, sequence, detail }) => [
      `${roundId}/${String(sequence)}`,
      (detail as unknown as RoundFactOf<'batchCorrected' | 'commentCorrected'>).reason,
    ]),
  );
  return new Map(
    rows.flatMap((row): [string, LineCause][] => {
      if (row.issueId === null) {
        const duty = duties.get(`${row.roundId ?? ''}/${row.obligationId ?? ''}`);
        if (!duty?.closedAt) return [];
        const correction = corrected.get(`${row.roundId ?? ''}/${String(duty.closedBy)}`);
        const ended = correction === undefined ? '办结' : `更正（${correction}）`;
        const words = `${momentWords(duty.closedAt.toISOString())}“${duty.title}”${ended}之后不再需要`;
        return [[row.key, { sequence: duty.closedBy ?? 0, words }]];
      }
      // The step in which it was cancelled names its event; what the line was about may have been met later.
      const named = told.get(`${row.issueId}/${/第(\d+)号事件/u.exec(row.stateReason ?? '')?.[1] ?? ''}`);
      const closedBy = closed.get(`${row.issueId}/${String(row.cycle)}/${row.obligationId ?? ''}`);
      // A promise meets what a report meets, and lets the rest lie.
      const rest = named && named.sequence !== closedBy ? restWords(named) : undefined;
      if (named && rest !== undefined) return [[row.key, { sequence: named.sequence, words: rest }]];
      const met = (closedBy == null ? undefined : told.get(`${row.issueId}/${String(closedBy)}`)) ?? named;
      if (met === undefined) return [];
      const words = `${momentWords(met.at)}“${eventWords(met.fact)}”（事件${String(met.sequence)}）之后不再需要`;
      return [[row.key, { sequence: met.sequence, words }]];
    }),
  );
}

/** What is owed still, and not chased on that day: because of a promise, a suspension, a dispute, or another day. */
function restWords({ at, sequence, fact }: Told): string | undefined {
  const since = `${momentWords(at)}“${eventWords(fact)}”（事件${String(sequence)}）`;
  switch (fact.type) {
    case 'committed':
      return `${since}：承诺到${dayWords(fact.until)}，此前不催`;
    case 'suspended':
      return `${since}：中止期间计时停止，不催`;
    case 'disputed':
      return `${since}：异议核实期间不催责任人`;
    case 'extensionGranted':
    case 'deadlineCorrected':
      return `${since}：时限改了，改按新时限催`;
    case 'resumed':
      return `${since}：时限顺延，改按新时限催`;
    case 'policyAdopted':
      return `${since}：改按新政策催`;
    case 'calendarAdopted':
      return `${since}：放假安排有变，改在新的日期催`;
    case 'undone':
      return `${since}：该步已撤回`;
    default:
      return undefined;
  }
}

function momentWords(at: IsoInstant): string {
  return `${shortDayWords(dayOf(at))} ${timeWords(at)}`;
}
