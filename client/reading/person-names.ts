import type { Ledger } from '../../prisma/client.ts';

/** The names of people by their ids; null stays null, and so does whom nobody knows. */
export async function personNames(
  ledger: Pick<Ledger, 'person'>,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => string | null> {
  const people = await ledger.person.findMany({
    where: { id: { in: [...new Set(ids)].filter((id) => id !== null) } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (id) => (id === null ? null : (names.get(id) ?? null));
}
