import type { Ledger } from '../../prisma/client.ts';
import { RefusedError } from '../refused-error.ts';

/** Shorter beginnings of an id would match by accident. */
const shortestPrefix = 4;

/**
 * The round that people mean: by id, by the beginning of an id, by name, or by a part of a name that only one has.
 *
 * @throws RefusedError `UnknownRound`, `AmbiguousRound`
 */
export async function findRound(ledger: Ledger, ref: string): Promise<{ id: string; name: string }> {
  const wanted = ref.trim();
  const rounds = await ledger.round.findMany({ select: { id: true, name: true }, orderBy: { createdAt: 'asc' } });
  const ways: ((round: { id: string; name: string }) => boolean)[] = [
    ({ id }) => id === wanted,
    ({ name }) => name === wanted,
    ({ id }) => wanted.length >= shortestPrefix && id.startsWith(wanted),
    ({ name }) => wanted !== '' && name.includes(wanted),
  ];
  for (const matches of ways) {
    const found = rounds.filter(matches);
    if (found.length > 1) {
      const list = found.map(({ id, name }) => `${id}（${name}）`).join('、');
      throw new RefusedError('AmbiguousRound', `“${wanted}”可以指 ${String(found.length)} 个轮次：${list}，请写编号`);
    }
    if (found[0]) return found[0];
  }
  throw new RefusedError('UnknownRound', `没有轮次“${wanted}”${rounds.length === 0 ? '，还没有建立任何轮次' : ''}`);
}
