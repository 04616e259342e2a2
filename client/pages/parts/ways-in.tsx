import type { Child } from 'hono/jsx';
import type { IsoInstant } from '../../../workflows/rules/instants.ts';
import { Moment } from './small.tsx';

/** What lets somebody, or a program of his, in. */
export interface WayIn {
  readonly id: string;
  readonly name: string;
  readonly madeAt: IsoInstant;
  readonly lastUsedAt: IsoInstant | null;
  /** What else is said of it. */
  readonly also?: Child;
}

interface WaysInProps {
  readonly ways: readonly WayIn[];
  /** Where the form of one is posted that ends it, without its id. */
  readonly path: string;
  /** What ending is called: 作废. */
  readonly end: string;
  /** What is said where there is none. */
  readonly none: string;
  readonly seal: string;
}

/** Ways in, each with since when, when it was last used, and a form that ends it. */
export function WaysIn({ ways, path, end, none, seal }: WaysInProps) {
  if (ways.length === 0) return <p class="quiet">{none}</p>;
  return (
    <ul class="sessions">
      {ways.map(({ id, name, madeAt, lastUsedAt, also }) => (
        <li>
          <div class="where">
            <b>{name}</b>
            <span class="hint">
              建于
              <Moment at={madeAt} />
              {also}
              {lastUsedAt === null ? '，没有用过' : '，最近使用'}
              {lastUsedAt === null ? null : <Moment at={lastUsedAt} />}
            </span>
          </div>
          <form method="post" action={`${path}/${encodeURIComponent(id)}`}>
            <input type="hidden" name="seal" value={seal} />
            <button class="button" type="submit">
              {end}
              <span class="unseen">{name}</span>
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}
