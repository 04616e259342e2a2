import type { Change } from '../../prisma/changes.ts';

/** What a page shows: one issue, one round, or all of a clock. */
export type Watched = { readonly issueId: string } | { readonly roundId: string } | { readonly clockId: string };

/** The pages that are open, and what each wants to know of. */
export interface Watchers {
  /** Tells those whom it concerns; all of them when it is not known what changed. */
  tell(change: Change | undefined): void;
  /** Calls back at every change until the answer is called; undefined when too many watch already. */
  watch(what: Watched, changed: () => void): (() => void) | undefined;
}

/** Each holds a connection; a page that gets none reads itself anew from time to time. */
const watchersAtMost = 1_000;

export function createWatchers(): Watchers {
  const watching = new Set<{ readonly what: Watched; readonly changed: () => void }>();
  return {
    tell(change) {
      for (const { what, changed } of watching) if (change === undefined || concerns(what, change)) changed();
    },
    watch(what, changed) {
      if (watching.size >= watchersAtMost) return undefined;
      const one = { what, changed };
      watching.add(one);
      return () => void watching.delete(one);
    },
  };
}

/** Of a round's own change an issue's page shows nothing, unless its issues are not told one by one. */
function concerns(what: Watched, { clockId, roundId, issueId }: Change): boolean {
  if ('clockId' in what) return what.clockId === clockId;
  if ('roundId' in what) return what.roundId === roundId;
  return issueId === null || what.issueId === issueId;
}
