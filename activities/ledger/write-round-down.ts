import { ApplicationFailure } from '@temporalio/common';
import type { Ledger, LedgerTransaction } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { earliest } from '../../workflows/rules/instants.ts';
import type { RoundEvent, RoundFact } from '../../workflows/rules/round/events.ts';
import { newRound, resumedRound, type RoundProgress } from '../../workflows/rules/round/progress.ts';
import { recordRound } from '../../workflows/rules/round/record.ts';
import { rulesOf } from '../../workflows/rules/round/rules.ts';
import type { RoundStep } from '../../workflows/rules/step.ts';
import type { RoundTerms } from '../../workflows/rules/terms.ts';
import { becauseOf } from './because.ts';
import { requireNext, requireSame } from './numbered-step.ts';
import { addRows, cancelLines, lineRow, rewriteRows } from './outbox-lines.ts';
import { projectRoundObligations, projectRoundRows } from './project-round.ts';
import type { RowsPlanned, StepPlace } from './write-down.ts';

/**
 * Appends a round's events to the ledger, projects its row and its obligations, and brings the outbox in line, in one
 * transaction. Running twice finds its own rows and does nothing; a step that the round is past changes nothing.
 * One of an earlier form, without a number, was in flight when the program was renewed: it is written like any other, as long
 * as no numbered step has been. The first mails wait for `launched`, so that one mail gathers all that is assigned to a person: then the post-office is called.
 *
 * @throws ApplicationFailure `UnknownRound` when the ledger has no such round
 * @throws ApplicationFailure `SequenceConflict` when the ledger holds another event under one of the numbers
 */
export async function writeRoundDown(
  ledger: Ledger,
  rowsPlanned: RowsPlanned,
  written: RoundStep | EarlierRoundStep,
): Promise<StepPlace> {
  const step = inPresentForm(written);
  const { roundId, events, linesAdded } = step;
  const clockId = await ledger.$transaction(async (tx) => {
    const round = await lockedRound(tx, roundId);
    const subject = `round ${roundId}`;
    if (isPast(step, round)) {
      requireSame(subject, step, await knownEvents(tx, step));
      return round.clockId;
    }
    // A round of an earlier form counted no steps in the ledger: it begins with whichever comes first.
    requireNext(subject, step, round.step === 0 ? { ...round, step: step.number - 1 } : round);
    const after = await append(tx, round.progress, step);
    await cancelLines(tx, step);
    await plan(tx, round, after, step);
    return round.clockId;
  });
  const launched = events.find(({ type }) => type === 'launched');
  const earliestAt = earliest(launched?.at, ...linesAdded.map((line) => line.earliestAt));
  if (earliestAt !== undefined) await rowsPlanned(clockId, earliestAt);
  return { clockId, roundId };
}

/** A step as rounds wrote it down before their steps were counted; they planned no lines, and only the rules spoke. */
type EarlierRoundStep = Pick<RoundStep, 'roundId' | 'lookAgainAt'> & {
  readonly events: readonly (RoundFact & Pick<RoundEvent, 'sequence' | 'at'>)[];
};

/** Numbers begin at 1. */
const uncounted = 0;

function inPresentForm(step: RoundStep | EarlierRoundStep): RoundStep {
  if ('number' in step) return step;
  const events = step.events.map((event): RoundEvent => ({ by: null, source: null, requestId: null, ...event }));
  return { ...step, number: uncounted, events, linesAdded: [], linesCancelled: [] };
}

function isPast({ number, events }: RoundStep, { step, sequence }: LockedRound): boolean {
  if (number !== uncounted) return number <= step;
  const last = events.at(-1);
  return step > uncounted || (last !== undefined && last.sequence <= sequence);
}

interface LockedRound {
  readonly clockId: string;
  readonly terms: RoundTerms | null;
  readonly progress: RoundProgress;
  readonly sequence: number;
  readonly step: number;
}

/** One writer at a time: a worker believed dead may still be writing the same step. */
async function lockedRound(tx: LedgerTransaction, roundId: string): Promise<LockedRound> {
  const [row] = await tx.$queryRaw<(Omit<LockedRound, 'progress'> & { progress: RoundProgress | null })[]>`
    SELECT "clockId", terms, progress, sequence, step FROM "Round" WHERE id = ${roundId} FOR UPDATE`;
  if (!row) throw ApplicationFailure.retryable(`the ledger has no round ${roundId}`, 'UnknownRound');
  const progress = row.progress === null ? await progressOfEvents(tx, roundId) : resumedRound(row.progress);
  return { ...row, progress, sequence: progress.sequence };
}

/** A round of an earlier form kept events, but no progress. */
async function progressOfEvents(tx: LedgerTransaction, roundId: string): Promise<RoundProgress> {
  const rows = await tx.roundEvent.findMany({ where: { roundId }, orderBy: { sequence: 'asc' } });
  return rows
    .map(
      ({ sequence, at, type, by, source, requestId, detail }) =>
        ({ ...(detail as object), sequence, at: at.toISOString(), type, by, source, requestId }) as RoundEvent,
    )
    .reduce(recordRound, newRound);
}

/** The ledger's events under the numbers of the step's own. */
async function knownEvents(tx: LedgerTransaction, { roundId, events }: RoundStep) {
  return tx.roundEvent.findMany({
    where: { roundId, sequence: { in: events.map(({ sequence }) => sequence) } },
    orderBy: { sequence: 'asc' },
  });
}

async function append(tx: LedgerTransaction, before: RoundProgress, step: RoundStep): Promise<RoundProgress> {
  const { roundId, events, number, lookAgainAt, terms } = step;
  if (events.length > 0) {
    await tx.roundEvent.createMany({
      data: events.map(({ sequence, at, type, by, source, requestId, recordedBy, ...detail }) => ({
        roundId,
        sequence,
        at,
        type,
        by,
        source,
        requestId,
        recordedBy: recordedBy ?? null,
        detail: detail as unknown as Prisma.InputJsonObject,
      })),
    });
  }
  const after = events.reduce(recordRound, before);
  const launched = events.find(({ type }) => type === 'launched');
  const ended = events.find(({ type }) => type === 'ended');
  await tx.round.update({
    where: { id: roundId },
    data: {
      lookAgainAt,
      step: number,
      sequence: after.sequence,
      progress: after as unknown as Prisma.InputJsonObject,
      ...(terms && { terms: terms as unknown as Prisma.InputJsonObject }),
      ...(launched && { state: 'launched', launchedAt: launched.at }),
      ...(ended && { state: 'ended', endedAt: ended.at }),
    },
    select: { id: true },
  });
  await projectRoundObligations(tx, roundId, before, events);
  await projectRoundRows(tx, roundId, events);
  return after;
}

async function plan(
  tx: LedgerTransaction,
  round: LockedRound,
  { obligations }: RoundProgress,
  { roundId, linesAdded, terms: adopted }: RoundStep,
): Promise<void> {
  if (linesAdded.length === 0) return;
  const terms = adopted ?? round.terms;
  const rules = terms === null ? undefined : rulesOf(terms);
  if (rules === undefined)
    throw ApplicationFailure.retryable(`round ${roundId} has no terms in the ledger`, 'UnknownRound');
  const common = {
    clockId: round.clockId,
    roundId,
    issueId: null,
    policyVersion: rules.policy.version,
    calendarVersion: rules.calendar.version,
  };
  const rows = linesAdded.map((line) => lineRow(common, line, becauseOf(rules, obligations, 0, line)));
  await addRows(tx, rows);
  if (adopted !== undefined) await rewriteRows(tx, rows);
}
