import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import type { IssueDraft } from './round-draft.ts';

/** Issues (反馈问题) with their measures, as a draft takes them from a notice; two statements, however many. */
export function issueRows(
  ledger: Pick<Ledger, 'issue' | 'measure'>,
  {
    roundId,
    drafts,
    bodyIdOf,
    source,
  }: {
    readonly roundId: string;
    readonly drafts: readonly IssueDraft[];
    /** Of the draft at this place. */
    readonly bodyIdOf: (index: number) => string;
    readonly source: string;
  },
): [Prisma.PrismaPromise<unknown>, Prisma.PrismaPromise<unknown>] {
  return [
    ledger.issue.createMany({
      data: drafts.map(({ measures: _measures, firstDeadline, ...draft }, index) => ({
        ...draft,
        id: issueIdOf(roundId, draft.number),
        roundId,
        bodyId: bodyIdOf(index),
        source,
        firstDeadline: fromIsoDate(firstDeadline),
      })),
    }),
    ledger.measure.createMany({
      data: drafts.flatMap(({ number, measures }) =>
        measures.map((measure) => ({
          ...measure,
          issueId: issueIdOf(roundId, number),
          deadline: fromIsoDate(measure.deadline),
        })),
      ),
    }),
  ];
}

/** Opaque: a round's id is, and the number says nothing. */
export function issueIdOf(roundId: string, number: number): string {
  return `${roundId}-i${String(number).padStart(2, '0')}`;
}

/** As opaque. */
export function bodyIdOf(roundId: string, number: number): string {
  return `${roundId}-b${String(number).padStart(2, '0')}`;
}
