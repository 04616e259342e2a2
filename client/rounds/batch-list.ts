import type { Ledger } from '../../prisma/client.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { correctionOf, readTold, type RoundCorrection } from './round-corrections.ts';

/** A supervision batch (督办批次) as it stands, with what was corrected about it. */
export interface ListedBatch {
  readonly number: number;
  readonly title: string;
  readonly task: string;
  /** Inclusive. */
  readonly dueOn: IsoDate;
  /** Codes. */
  readonly issues: readonly string[];
  readonly issuedOn: IsoDate;
  readonly issuedBy: string;
  readonly corrections: readonly RoundCorrection[];
}

/** The round's batches in their order, told from its events: what each said first stands in the corrections. */
export async function listBatches(ledger: Ledger, roundId: string): Promise<ListedBatch[]> {
  const [events, issues] = await Promise.all([
    readTold(ledger, roundId, ['batchIssued', 'batchCorrected']),
    ledger.issue.findMany({ where: { roundId }, select: { id: true, code: true }, orderBy: { number: 'asc' } }),
  ]);
  const codesOf = (ids: readonly string[]) => issues.filter(({ id }) => ids.includes(id)).map(({ code }) => code);
  const batches = new Map<number, ListedBatch>();
  for (const event of events) {
    const { fact, on, by } = event;
    const { number } = fact;
    if (fact.type === 'batchIssued') {
      const { title, task, dueOn, units } = fact;
      const named = codesOf(units.flatMap(({ issueIds }) => issueIds));
      batches.set(number, { number, title, task, dueOn, issues: named, issuedOn: on, issuedBy: by, corrections: [] });
      continue;
    }
    const was = batches.get(number);
    if (was === undefined) continue;
    const { task = was.task, dueOn = was.dueOn, issueIds } = fact;
    const named = issueIds === undefined ? was.issues : codesOf(issueIds);
    const changes = [
      ...(task === was.task ? [] : [`任务由“${was.task}”改为“${task}”`]),
      ...(dueOn === was.dueOn ? [] : [`期限由${was.dueOn}改为${dueOn}`]),
      ...(named.join() === was.issues.join() ? [] : [`涉及的问题由${was.issues.join('、')}改为${named.join('、')}`]),
    ];
    const corrections = [...was.corrections, correctionOf({ ...event, fact }, changes)];
    batches.set(number, { ...was, task, dueOn, issues: named, corrections });
  }
  return [...batches.values()];
}
