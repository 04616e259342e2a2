import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { BatchUnit } from '../../workflows/rules/round/events.ts';
import { keepLetter } from './keep-letter.ts';
import { batchLetter, type LetterText, titleInLetter } from './letter-text.ts';

/** A supervision batch (督办批次) that has been issued, one part for each unit. */
export interface IssuedBatch {
  readonly roundId: string;
  /** Within the round, from 1. */
  readonly number: number;
  readonly task: string;
  readonly dueOn: IsoDate;
  readonly units: readonly BatchUnit[];
  readonly issuedBy: string | null;
  readonly issuedAt: IsoInstant;
  /** The units' letters replace those they had before, since the event with this number. */
  readonly correction?: { readonly sequence: number; readonly reason: string };
}

/** Writes one 督办单 for each unit of the batch; a second call finds them. */
export async function writeBatchLetters(ledger: Ledger, batch: IssuedBatch): Promise<void> {
  const { roundId, number, issuedBy, issuedAt, correction } = batch;
  const cause = `batch-${String(number)}${correction === undefined ? '' : `-correction-${String(correction.sequence)}`}`;
  for (const [index, text] of (await batchLetterTexts(ledger, batch)).entries()) {
    const id = `letter/${roundId}/${cause}/${String(index + 1)}`;
    await keepLetter(ledger, { ...text, id, roundId, issueId: null, kind: 'supervisionLetter', issuedBy, issuedAt });
  }
}

/** As much of a batch as its letters say. */
type BatchLetters = Omit<IssuedBatch, 'issuedBy' | 'correction'> & {
  readonly correction?: { readonly reason: string } | undefined;
};

/** The 督办单 of each unit of the batch, in its order; reads only. */
export async function batchLetterTexts(
  ledger: Ledger,
  { roundId, number, task, dueOn, units, issuedAt, correction }: BatchLetters,
): Promise<LetterText[]> {
  const [round, issues] = await Promise.all([
    ledger.round.findUniqueOrThrow({
      where: { id: roundId },
      select: { name: true, bodies: { select: { name: true }, orderBy: { id: 'asc' } } },
    }),
    ledger.issue.findMany({
      where: { id: { in: units.flatMap(({ issueIds }) => issueIds) } },
      select: { id: true, code: true, title: true, secrecy: true, body: { select: { name: true } } },
      orderBy: { number: 'asc' },
    }),
  ]);
  return units.map(({ unit, issueIds, measures = {} }) => {
    const ofUnit = issues.filter(({ id }) => issueIds.includes(id));
    const bodies = [...new Set(ofUnit.flatMap(({ body }) => body?.name ?? []))];
    return batchLetter({
      roundName: round.name,
      // A unit of several bodies answers to the round's first: its office issues the batch.
      bodyName: (bodies.length === 1 ? bodies[0] : round.bodies[0]?.name) ?? '',
      number,
      unit,
      task,
      dueOn,
      issues: ofUnit.map(({ id, code, ...issue }) => ({
        code,
        title: titleInLetter(issue),
        measures: measures[id] ?? [],
      })),
      issuedOn: dayOf(issuedAt),
      correctedBecause: correction?.reason,
    });
  });
}
