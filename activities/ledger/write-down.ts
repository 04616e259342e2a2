import { ApplicationFailure } from '@temporalio/common';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Ledger, LedgerTransaction } from '../../prisma/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import type { IssueEvent } from '../../workflows/rules/events.ts';
import { earliest, type IsoInstant } from '../../workflows/rules/instants.ts';
import { type IssueProgress, openIssue } from '../../workflows/rules/progress.ts';
import { record } from '../../workflows/rules/record.ts';
import type { IssueStep } from '../../workflows/rules/step.ts';
import { clockIdOf, type IssueTerms } from '../../workflows/rules/terms.ts';
import { becauseOf } from './because.ts';
import { projectItems } from './project-items.ts';
import { projectObligations } from './project-obligations.ts';

/** Calls a clock's post-office when a line comes before the moment it waits for. */
export type RowsPlanned = (clockId: string, earliestAt: IsoInstant) => Promise<void>;

/**
 * Appends an issue's events to the ledger, projects its row and its obligations, and brings the outbox in line, in one
 * transaction. Running twice finds its own rows and does nothing.
 *
 * @throws ApplicationFailure `UnknownIssue` when the ledger has no such issue
 * @throws ApplicationFailure `SequenceConflict` when the ledger holds another event under one of the numbers
 */
export async function writeDown(ledger: Ledger, rowsPlanned: RowsPlanned, step: IssueStep): Promise<void> {
  const clockId = await ledger.$transaction(async (tx) => {
    const issue = await lockedIssue(tx, step.issueId);
    const clockId = clockIdOf(issue.terms.clock);
    if (step.number <= issue.step) {
      await requireSame(tx, step);
      return clockId;
    }
    requireNext(step, issue);
    const after = await append(tx, issue, step);
    await cancel(tx, step);
    await plan(tx, step.terms ?? issue.terms, after, step);
    return clockId;
  });
  const earliestAt = earliest(
    ...step.linesAdded.map((line) => line.earliestAt),
    ...step.answers.map((answer) => answer.earliestAt),
  );
  if (earliestAt !== undefined) await rowsPlanned(clockId, earliestAt);
}

interface LockedIssue {
  readonly terms: IssueTerms;
  readonly progress: IssueProgress;
  readonly sequence: number;
  readonly step: number;
}

/** One writer at a time: a worker believed dead may still be writing the same step. */
async function lockedIssue(tx: LedgerTransaction, issueId: string): Promise<LockedIssue> {
  const [row] = await tx.$queryRaw<
    (Omit<LockedIssue, 'terms' | 'progress'> & { terms: IssueTerms | null; progress: IssueProgress | null })[]
  >`
    SELECT terms, progress, sequence, step FROM "Issue" WHERE id = ${issueId} FOR UPDATE`;
  if (!row?.terms) throw ApplicationFailure.retryable(`the ledger has no launched issue ${issueId}`, 'UnknownIssue');
  const { terms, sequence, step } = row;
  return { terms, sequence, step, progress: row.progress ?? openIssue(terms, terms.launchedAt) };
}

/** A step that stands in the ledger already must be the same one: anything else would be a defect, and is loud. */
async function requireSame(tx: LedgerTransaction, { issueId, number, events }: IssueStep): Promise<void> {
  const known = await tx.issueEvent.findMany({
    where: { issueId, sequence: { in: events.map(({ sequence }) => sequence) } },
    orderBy: { sequence: 'asc' },
  });
  if (events.length !== known.length || events.some((event, index) => !isSame(event, known[index]!))) {
    throw conflict(issueId, `step ${String(number)} stands in the ledger with other events`);
  }
}

function requireNext({ issueId, number, events }: IssueStep, { step, sequence }: LockedIssue): void {
  const [first] = events;
  if (number !== step + 1) throw conflict(issueId, `step ${String(number)} came after step ${String(step)}`);
  if (first !== undefined && first.sequence !== sequence + 1) {
    throw conflict(issueId, `event ${String(first.sequence)} came after event ${String(sequence)}`);
  }
}

function conflict(issueId: string, what: string): ApplicationFailure {
  return ApplicationFailure.retryable(`issue ${issueId}: ${what}`, 'SequenceConflict');
}

function isSame(
  event: IssueEvent,
  row: { sequence: number; at: Date; type: string; requestId: string | null; by: string | null },
): boolean {
  const { sequence, at, type, requestId, by } = event;
  return (
    row.sequence === sequence &&
    row.type === type &&
    row.at.toISOString() === at &&
    row.requestId === requestId &&
    row.by === by
  );
}

async function append(
  tx: LedgerTransaction,
  { progress, terms }: LockedIssue,
  step: IssueStep,
): Promise<IssueProgress> {
  const rows: Prisma.IssueEventCreateManyInput[] = [];
  let after = progress;
  for (const event of step.events) {
    after = record(after, event);
    const { sequence, at, type, by, source, requestId, recordedBy, onBehalfOf, ...detail } = event;
    const who = { by, source, requestId, recordedBy: recordedBy ?? null, onBehalfOf: onBehalfOf ?? null };
    rows.push({
      issueId: terms.issueId,
      sequence,
      at,
      cycle: after.cycle,
      type,
      ...who,
      detail: detail as Prisma.InputJsonObject,
    });
  }
  if (rows.length > 0) await tx.issueEvent.createMany({ data: rows });
  const { phase, phaseSince, cycle, deadline, sequence } = after;
  const merged = step.events.find((event) => event.type === 'mergedInto');
  await tx.issue.update({
    where: { id: terms.issueId },
    data: {
      phase,
      phaseSince,
      cycle,
      deadline: fromIsoDate(deadline),
      sequence,
      progress: after as unknown as Prisma.InputJsonObject,
      step: step.number,
      ...(step.terms && { terms: step.terms as unknown as Prisma.InputJsonObject }),
      ...(merged && { mergedIntoId: merged.issueId }),
      lookAgainAt: step.lookAgainAt,
    },
    select: { id: true },
  });
  await projectObligations(tx, terms.issueId, progress, step.events);
  await projectItems(tx, progress, after, step.events.at(-1)?.at);
  return after;
}

/** What has been claimed meanwhile is on its way and left alone: the answer and the reminder have crossed. */
async function cancel(tx: LedgerTransaction, { linesCancelled, events }: IssueStep): Promise<void> {
  if (linesCancelled.length === 0) return;
  const cause = events.findLast(({ type }) => type !== 'obligationOpened');
  const stateReason = cause === undefined ? '不再需要' : `第${String(cause.sequence)}号事件后不再需要`;
  await tx.outboxRow.updateMany({
    where: { key: { in: [...linesCancelled] }, state: 'planned' },
    data: { state: 'cancelled', stateReason },
  });
}

async function plan(tx: LedgerTransaction, terms: IssueTerms, progress: IssueProgress, step: IssueStep): Promise<void> {
  const { linesAdded, answers } = step;
  if (linesAdded.length === 0 && answers.length === 0) return;
  const common = {
    clockId: clockIdOf(terms.clock),
    roundId: terms.roundId,
    issueId: terms.issueId,
    policyVersion: terms.policy.version,
    calendarVersion: terms.calendar.version,
  };
  const lines = linesAdded.map(
    ({ key, obligationId, rungId, role, letter, paper, plannedOn, earliestAt, latestAt, missed }) => ({
      ...common,
      key,
      kind: 'reminder' as const,
      cycle: Number(key.split('/')[1]),
      obligationId,
      rungId,
      letter,
      paper: paper ?? null,
      role,
      plannedOn: fromIsoDate(plannedOn),
      earliestAt,
      latestAt,
      missed,
      because: becauseOf(terms, progress, obligationId, rungId, plannedOn),
    }),
  );
  const replies = answers.map(({ key, sequence, role, about, reason, plannedOn, earliestAt, latestAt }) => ({
    ...common,
    key,
    kind: 'answer' as const,
    cycle: Number(key.split('/')[1]),
    letter: 'answer',
    role,
    plannedOn: fromIsoDate(plannedOn),
    earliestAt,
    latestAt,
    missed: 'sendLate' as const,
    because: { rule: 'answer', event: sequence },
    content: { about, reason },
  }));
  await tx.outboxRow.createMany({ data: [...lines, ...replies], skipDuplicates: true });
  // The same line planned again comes back to life, unless somebody has it already.
  await tx.outboxRow.updateMany({
    where: { key: { in: linesAdded.map(({ key }) => key) }, state: 'cancelled', claimedAt: null },
    data: { state: 'planned', stateReason: null },
  });
}
