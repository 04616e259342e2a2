import { dayOf, type IsoDate } from '../instants.ts';
import { stemOf } from '../obligation-ids.ts';
import { type Refusal, withReason } from '../refusal.ts';
import type { BatchUnit, RoundEvent, RoundFactOf } from './events.ts';
import type { Batch, RoundProgress } from './progress.ts';
import { type RoundRequestRule, type RoundStandpoint, underWay } from './request-rule.ts';

/** What of a batch was told wrongly; what is left out stands. */
interface BatchCorrection {
  readonly number: number;
  readonly task?: string;
  /** Inclusive. */
  readonly dueOn?: IsoDate;
  /** Who owes an answer about which issues, once the wrong ones are out and the forgotten ones in. */
  readonly units?: readonly BatchUnit[];
  readonly reason: string;
}

/**
 * 更正督办批次. Whoever has still to answer and was told something wrong is asked anew and has a letter anew; who has
 * answered is not asked again about the same, and what was owed in its old form ends with the correction.
 */
export const correctBatch: RoundRequestRule<BatchCorrection> = {
  refusals: (standing, correction) => {
    const { number, dueOn, task, units, reason } = correction;
    const batch = batchOf(standing.progress, number);
    if (batch === undefined) return [{ code: 'NoSuchBatch', message: `本轮没有第${String(number)}批督办` }];
    return [
      ...underWay(standing, '更正督办批次'),
      ...withReason(reason, '更正督办批次'),
      ...(task?.trim() === '' ? [{ code: 'TaskMissing', message: '督办批次须写明任务' }] : []),
      ...(units?.length === 0 ? [{ code: 'IssuesMissing', message: '督办批次须列明涉及的问题' }] : []),
      ...nothingIn(standing, batch, correction),
      ...dayPassed(standing, batch, dueOn, askedAnew(standing.progress, batch, correction).asks),
    ];
  },
  fact: ({ progress }, correction) => {
    const { number, task, dueOn, units, reason } = correction;
    const batch = batchOf(progress, number);
    if (batch === undefined) throw new RangeError(`no batch ${String(number)}`);
    return {
      type: 'batchCorrected',
      number,
      ...(task !== undefined && { task }),
      ...(dueOn !== undefined && dueOn !== batch.dueOn && { dueOn }),
      ...(units !== undefined && { issueIds: issuesOf(units) }),
      ...askedAnew(progress, batch, correction),
      reason,
    };
  },
};

/** The progress after a batch was corrected. */
export function batchCorrected(
  progress: RoundProgress,
  { number, dueOn, closes, asks }: RoundEvent & RoundFactOf<'batchCorrected'>,
): RoundProgress {
  const corrected = (batch: Batch): Batch => ({
    ...batch,
    dueOn: dueOn ?? batch.dueOn,
    units: [
      ...batch.units
        .slice(0, openedOf(progress, number))
        .map((unit, index) =>
          closes.includes(idOf(number, index)) ? { ...unit, correction: 'tookBack' as const } : unit,
        ),
      ...asks.map((unit) => ({ ...unit, correction: 'brought' as const })),
    ],
  });
  return {
    ...progress,
    obligations: progress.obligations.filter(({ id }) => !closes.includes(id)),
    batches: progress.batches.map((batch) => (batch.number === number ? corrected(batch) : batch)),
  };
}

/** Which obligations end with the correction, and what is asked of which unit instead. */
function askedAnew(
  progress: RoundProgress,
  batch: Batch,
  { task, dueOn, units }: BatchCorrection,
): { closes: string[]; asks: BatchUnit[] } {
  const opened = openedOf(progress, batch.number);
  const owed = new Set(progress.obligations.map(({ id }) => id));
  const parts = batch.units.map(({ correction, ...unit }, index) => ({
    unit,
    id: idOf(batch.number, index),
    isBack: correction === 'tookBack',
    isComing: index >= opened,
  }));
  const open = parts.filter(({ id, isComing }) => isComing || owed.has(id));
  const answered = parts.filter((part) => !part.isBack && !open.includes(part)).map(({ unit }) => unit);
  const isToldOtherwise = task !== undefined || (dueOn !== undefined && dueOn !== batch.dueOn);
  const kept = new Set<string>();
  const asks: BatchUnit[] = [];
  for (const wanted of units ?? open.map(({ unit }) => unit)) {
    const rest = withoutAnswered(wanted, answered);
    if (rest.issueIds.length === 0) continue;
    const same = open.find(({ unit, isComing }) => !isComing && !isToldOtherwise && isSame(unit, rest));
    if (same === undefined) asks.push(rest);
    else kept.add(same.id);
  }
  return { closes: open.filter(({ id, isComing }) => !isComing && !kept.has(id)).map(({ id }) => id), asks };
}

function nothingIn({ progress }: RoundStandpoint, batch: Batch, correction: BatchCorrection): Refusal[] {
  const { task, dueOn, units } = correction;
  if (task !== undefined || (dueOn !== undefined && dueOn !== batch.dueOn)) return [];
  const { closes, asks } = askedAnew(progress, batch, correction);
  if (closes.length + asks.length > 0) return [];
  const listed = issuesOf(batch.units.filter(({ correction: of }) => of !== 'tookBack'));
  if (units !== undefined && issuesOf(units).join() !== listed.join()) return [];
  return [{ code: 'NothingCorrected', message: '任务、期限、涉及的问题都没有改动，请写明更正什么' }];
}

/** What is asked anew has a day to come. */
function dayPassed({ now }: RoundStandpoint, batch: Batch, dueOn: IsoDate | undefined, asks: readonly BatchUnit[]) {
  if (dueOn !== undefined && dueOn !== batch.dueOn) {
    if (dueOn >= dayOf(now)) return [];
    return [{ code: 'DueDayPassed', message: `办结期限${dueOn}已经过去，请核对` }];
  }
  if (asks.length === 0 || batch.dueOn >= dayOf(now)) return [];
  return [{ code: 'DueDayPassed', message: `原办结期限${batch.dueOn}已经过去，请同时写明新的办结期限` }];
}

/** What a unit has answered is not asked of it again, nor what is left of it now that some has been proven. */
function withoutAnswered({ unit, issueIds, measures = {} }: BatchUnit, answered: readonly BatchUnit[]): BatchUnit {
  const isAnswered = (issueId: string) =>
    answered.some(
      (part) =>
        part.unit === unit &&
        part.issueIds.includes(issueId) &&
        (part.measures?.[issueId] === undefined || isWithin(measures[issueId], part.measures[issueId])),
    );
  const left = issueIds.filter((issueId) => !isAnswered(issueId));
  const own = Object.fromEntries(left.flatMap((id) => (measures[id] === undefined ? [] : [[id, measures[id]]])));
  return { unit, issueIds: left, ...(Object.keys(own).length > 0 && { measures: own }) };
}

/** Whether what is wanted is what was asked, or what is left of it now that some measures have been proven. */
function isSame(asked: BatchUnit, wanted: BatchUnit): boolean {
  return (
    asked.unit === wanted.unit &&
    isEqualList([...asked.issueIds].sort(), [...wanted.issueIds].sort()) &&
    asked.issueIds.every((id) => isWithin(wanted.measures?.[id], asked.measures?.[id]))
  );
}

/** Numbers of measures; undefined is the whole issue, which is within nothing less. */
function isWithin(wanted: readonly number[] | undefined, asked: readonly number[] | undefined): boolean {
  if (wanted === undefined || asked === undefined) return wanted === asked;
  return wanted.every((number) => asked.includes(number));
}

function isEqualList(one: readonly unknown[] = [], other: readonly unknown[] = []): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

function issuesOf(units: readonly BatchUnit[]): string[] {
  return [...new Set(units.flatMap(({ issueIds }) => issueIds))].sort();
}

function batchOf({ batches }: RoundProgress, number: number): Batch | undefined {
  return batches.find((batch) => batch.number === number);
}

function openedOf({ opened }: RoundProgress, number: number): number {
  return opened[stemOf({ kind: 'supervisionBatch', measure: number })] ?? 0;
}

/** The unit's obligation: units are asked in the order of their parts. */
function idOf(number: number, index: number): string {
  return `${stemOf({ kind: 'supervisionBatch', measure: number })}-${String(index + 1)}`;
}
