import { ApplicationFailure } from '@temporalio/common';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Ledger, LedgerTransaction } from '../../prisma/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import { lightColumns, projectMeasureLights } from '../../prisma/projected-lights.ts';
import { liftOf } from '../../workflows/rules/climb.ts';
import { earliest, type IsoInstant } from '../../workflows/rules/instants.ts';
import { type IssueProgress, openIssue } from '../../workflows/rules/progress.ts';
import { record } from '../../workflows/rules/record.ts';
import type { IssueStep } from '../../workflows/rules/step.ts';
import { clockIdOf, type IssueTerms } from '../../workflows/rules/terms.ts';
import { becauseOf } from './because.ts';
import { requireNext, requireSame } from './numbered-step.ts';
import { addRows, cancelLines, lineRow, rewriteRows } from './outbox-lines.ts';
import { projectItems } from './project-items.ts';
import { projectObligations } from './project-obligations.ts';
import { answersStillDue } from './undone-answers.ts';

/** Calls a clock's post-office when a line comes before the moment it waits for. */
export type RowsPlanned = (clockId: string, earliestAt: IsoInstant) => Promise<void>;

/** Where a step belongs. */
export interface StepPlace {
  readonly clockId: string;
  readonly roundId: string;
}

/**
 * Appends an issue's events to the ledger, projects its row and its obligations, and brings the outbox in line, in one
 * transaction. Running twice finds its own rows and does nothing. Says where it belongs.
 *
 * @throws ApplicationFailure `UnknownIssue` when the ledger has no such issue
 * @throws ApplicationFailure `SequenceConflict` when the ledger holds another event under one of the numbers
 */
export async function writeDown(ledger: Ledger, rowsPlanned: RowsPlanned, step: IssueStep): Promise<StepPlace> {
  const place = await ledger.$transaction(async (tx) => {
    const issue = await lockedIssue(tx, step.issueId);
    const place = { clockId: clockIdOf(issue.terms.clock), roundId: issue.terms.roundId };
    const subject = `issue ${step.issueId}`;
    if (step.number <= issue.step) {
      requireSame(subject, step, await knownEvents(tx, step));
      return place;
    }
    requireNext(subject, step, issue);
    const after = await append(tx, issue, step);
    await cancelLines(tx, step);
    await plan(tx, step.terms ?? issue.terms, after, step);
    return place;
  });
  const earliestAt = earliest(
    ...step.linesAdded.map((line) => line.earliestAt),
    ...step.answers.map((answer) => answer.earliestAt),
  );
  if (earliestAt !== undefined) await rowsPlanned(place.clockId, earliestAt);
  return place;
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

/** The ledger's events under the numbers of the step's own. */
async function knownEvents(tx: LedgerTransaction, { issueId, events }: IssueStep) {
  return tx.issueEvent.findMany({
    where: { issueId, sequence: { in: events.map(({ sequence }) => sequence) } },
    orderBy: { sequence: 'asc' },
  });
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
  const rules = step.terms ?? terms;
  // A light follows from what is owed and from the rules: a step that changes neither plans lines only.
  const isChanged = rows.length > 0 || step.terms !== undefined;
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
      ...(isChanged && lightColumns(rules, after)),
    },
    select: { id: true },
  });
  if (isChanged) await projectMeasureLights(tx, rules, after);
  await projectObligations(tx, terms.issueId, progress, step.events);
  await projectItems(tx, progress, after, step.events.at(-1)?.at);
  return after;
}

async function plan(tx: LedgerTransaction, terms: IssueTerms, progress: IssueProgress, step: IssueStep): Promise<void> {
  const { linesAdded } = step;
  const answers = await answersStillDue(tx, step);
  const common = {
    clockId: clockIdOf(terms.clock),
    roundId: terms.roundId,
    issueId: terms.issueId,
    policyVersion: terms.policy.version,
    calendarVersion: terms.calendar.version,
  };
  const lift = liftOf(progress);
  const lines = linesAdded.map((line) => lineRow(common, line, becauseOf(terms, progress.obligations, lift, line)));
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
  await addRows(tx, [...lines, ...replies]);
  if (step.terms !== undefined) await rewriteRows(tx, lines);
}
