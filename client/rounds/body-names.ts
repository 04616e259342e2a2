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
    throw new RefusedError('UnknownBody', `本轮没有被巡察单位“${words}”，现有：${names}`);
  }
  if (second === undefined) return first;
  const names = found.map(({ name }) => name).join('、');
  throw new RefusedError('AmbiguousBody', `“${words}”可以指${names}，请写全名`);
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/gu, '');
}
