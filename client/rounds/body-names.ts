import type { Ledger } from '../../prisma/client.ts';
import { everything, issuesInSight, seesAll, type Sight } from '../access/sight.ts';
import { RefusedError } from '../refused-error.ts';

/** An inspected body (被巡察单位) as far as it can be named. */
export interface NamedBody {
  readonly id: string;
  readonly name: string;
}

/** Whether two spellings are the same name: width and spaces do not count. */
export function sameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/**
 * The body that people mean by its id, its name, or a part of the name that only one of them has.
 *
 * @throws RefusedError `UnknownBody`, `AmbiguousBody`
 */
export function bodyNamed<Body extends NamedBody>(words: string, bodies: readonly Body[]): Body {
  const exact = bodies.find(({ id, name }) => id === words || sameName(name, words));
  if (exact) return exact;
  const wanted = plain(words);
  const found = wanted === '' ? [] : bodies.filter(({ name }) => plain(name).includes(wanted));
  const [first, second] = found;
  if (first === undefined) {
    const names = bodies.map(({ name }) => name).join('、');
    throw new RefusedError('UnknownBody', `没有被巡察单位“${words}”，现有：${names}`);
  }
  if (second === undefined) return first;
  const names = found.map(({ name }) => name).join('、');
  throw new RefusedError('AmbiguousBody', `“${words}”可以指${names}，请写全名`);
}

/**
 * The bodies of that name, in one round or, without one, in all that have one; of those alone of which an issue is in sight.
 *
 * @throws RefusedError `UnknownBody`, `AmbiguousBody`
 */
export async function findBodyIds(
  ledger: Ledger,
  words: string,
  { roundId, sight = everything }: { readonly roundId: string | undefined; readonly sight?: Sight },
): Promise<string[]> {
  const bodies = await ledger.body.findMany({
    where: {
      ...(roundId !== undefined && { roundId }),
      ...(!seesAll(sight) && { issues: { some: issuesInSight(sight) } }),
    },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  });
  const distinct = bodies.filter(({ name }, index) => bodies.findIndex((one) => sameName(one.name, name)) === index);
  const { name } = bodies.find(({ id }) => id === words) ?? bodyNamed(words, distinct);
  return bodies.filter((body) => sameName(body.name, name)).map(({ id }) => id);
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/gu, '');
}
