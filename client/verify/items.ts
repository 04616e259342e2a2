import type { IssueProgress } from '../../workflows/rules/progress.ts';

/** A sub-ledger item's row as far as the events give it. */
export interface ItemReplay {
  readonly state: string;
  readonly askedAt: string | null;
  readonly left: 'yes' | 'no';
}

/** Where every item of the sub-ledger stands, by its id; one that is not in yet has no place here. */
export function replayItems({ items = [] }: IssueProgress): Map<string, ItemReplay> {
  return new Map(
    items.map(({ id, state, askedAt }) => [
      id,
      { state, askedAt: askedAt ?? null, left: state === 'left' ? 'yes' : 'no' },
    ]),
  );
}
