import { isEqual } from './is-equal.ts';

/** A projected row that is not what its events say. */
export interface Difference {
  /** The row, `Issue GM-07 (id)` or `Obligation GM-07/1/evidence-2-1`. */
  readonly row: string;
  readonly field: string;
  readonly stored: unknown;
  readonly replayed: unknown;
}

/** The fields of a row that differ; one that only one side has counts as null on the other. */
export function fieldDifferences(
  row: string,
  stored: Record<string, unknown>,
  replay: Record<string, unknown>,
): Difference[] {
  return [...new Set([...Object.keys(stored), ...Object.keys(replay)])]
    .filter((field) => !isEqual(stored[field], replay[field]))
    .map((field) => ({ row, field, stored: stored[field] ?? null, replayed: replay[field] ?? null }));
}

/** The first gap in the numbers of a row's events, if there is one: what follows it is lost with it. */
export function gapDifferences(row: string, events: readonly { readonly sequence: number }[]): Difference[] {
  const gap = events.find(({ sequence }, index) => sequence !== index + 1);
  if (gap === undefined) return [];
  return [{ row, field: 'events', stored: `第${String(gap.sequence)}号`, replayed: '编号不连续' }];
}

/** A row that stands on one side only. */
export function presenceDifference(row: string, side: 'stored' | 'replayed'): Difference {
  const [stored, replayed] = side === 'stored' ? ['有', '无'] : ['无', '有'];
  return { row, field: 'row', stored, replayed };
}
