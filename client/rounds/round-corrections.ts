import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoDate } from '../../workflows/rules/instants.ts';
import type { RoundFact, RoundFactOf } from '../../workflows/rules/round/events.ts';

/** Who corrected what the round was told wrongly (更正), when and why, in words. */
export interface RoundCorrection {
  /** The number of the event among the round's. */
  readonly sequence: number;
  readonly on: IsoDate;
  readonly by: string;
  readonly recordedBy: string | null;
  /** `期限由2024-03-29改为2024-04-12`; one for each thing that changed. */
  readonly changes: readonly string[];
  readonly reason: string;
}

type Told = RoundFactOf<'batchIssued' | 'batchCorrected' | 'commentReceived' | 'commentCorrected'>;

/** An event about a batch or a comment with who brought it about. */
export interface ToldEvent<Fact extends RoundFact = Told> {
  readonly sequence: number;
  readonly on: IsoDate;
  readonly by: string;
  readonly recordedBy: string | null;
  readonly fact: Fact;
}

/** What was told and corrected in the round, in its order. */
export async function readTold<Type extends Told['type']>(
  ledger: Ledger,
  roundId: string,
  types: readonly Type[],
): Promise<ToldEvent<RoundFactOf<Type>>[]> {
  const events = await ledger.roundEvent.findMany({
    where: { roundId, type: { in: [...types] } },
    orderBy: { sequence: 'asc' },
  });
  const ids = events.flatMap(({ by, recordedBy }) => [by, recordedBy].filter((id) => id !== null));
  const people = await ledger.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? '已不在名册的人';
  return events.map(({ sequence, at, by, recordedBy, type, detail }) => ({
    sequence,
    on: dayOf(at.toISOString()),
    by: by === null ? '' : nameOf(by),
    recordedBy: recordedBy === null ? null : nameOf(recordedBy),
    fact: { ...(detail as object), type } as RoundFactOf<Type>,
  }));
}

/** The correction with what it changed. */
export function correctionOf(
  { sequence, on, by, recordedBy, fact }: ToldEvent<RoundFactOf<'batchCorrected' | 'commentCorrected'>>,
  changes: readonly string[],
): RoundCorrection {
  return { sequence, on, by, recordedBy, changes, reason: fact.reason };
}
