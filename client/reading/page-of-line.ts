import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import { dayOf, type IsoDate } from '../../workflows/rules/instants.ts';

/** The page (打印件) that a line went out on, for somebody without mail. */
export interface PageOfLine {
  readonly preparedOn: IsoDate;
  readonly deliverBy: IsoDate | null;
  readonly deliveredOn: IsoDate | null;
  readonly deliveredBy: string | null;
}

interface PageRow {
  readonly state: string;
  readonly preparedAt: Date;
  readonly deliverBy: Date | null;
  readonly deliveredOn: Date | null;
  readonly deliveredBy: string | null;
}

const dayOrNull = (day: Date | null) => (day === null ? null : toIsoDate(day));

/** Null for a mail. */
export function pageOf(
  { state, preparedAt, deliverBy, deliveredOn, deliveredBy }: PageRow,
  names: ReadonlyMap<string, string>,
): PageOfLine | null {
  if (state !== 'toPrint' && state !== 'printed' && state !== 'lapsed') return null;
  return {
    preparedOn: dayOf(preparedAt.toISOString()),
    deliverBy: dayOrNull(deliverBy),
    deliveredOn: dayOrNull(deliveredOn),
    deliveredBy: deliveredBy === null ? null : (names.get(deliveredBy) ?? deliveredBy),
  };
}

/** The names of those who brought pages, by id. */
export async function loadBringers(
  ledger: Ledger,
  pages: readonly Pick<PageRow, 'deliveredBy'>[],
): Promise<ReadonlyMap<string, string>> {
  const ids = pages.flatMap(({ deliveredBy }) => deliveredBy ?? []);
  if (ids.length === 0) return new Map();
  const people = await ledger.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(people.map(({ id, name }) => [id, name]));
}
