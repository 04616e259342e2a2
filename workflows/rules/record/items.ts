import type { FactOf, IssueEvent, ItemState } from '../events.ts';
import { type IssueProgress, itemsIn } from '../progress.ts';
import { kindIs, without } from './obligations.ts';

type Items = NonNullable<IssueProgress['items']>;

/** Items (子台账条目, 如黑点) come in once; one that is known already stays as it is. */
export function itemsEntered(
  progress: IssueProgress,
  { itemIds, at }: IssueEvent & FactOf<'itemsEntered'>,
): IssueProgress {
  const items = progress.items ?? [];
  const known = new Set(items.map(({ id }) => id));
  const entered = itemIds
    .filter((id) => !known.has(id))
    .map((id) => ({ id, state: 'entered' as const, askedBy: null }));
  const after = { ...progress, items: [...items, ...entered] };
  if (itemsIn(progress).length > 0 || entered.length === 0) return after;
  const { lastItemReportOn: _earlier, ...first } = after;
  return { ...first, itemsInSince: at };
}

export function itemsMoved(progress: IssueProgress, event: IssueEvent & FactOf<'itemsMoved'>): IssueProgress {
  const asked = event.to === 'askedToLeave';
  return withItems(progress, event.itemIds, (item) =>
    asked ? { id: item.id, state: 'askedToLeave', askedBy: event.by, askedAt: event.at } : { ...item, state: 'inWork' },
  );
}

/** Asked is not left: only the re-check (复核) lets an item out (出库), or sends it back to work. */
export function itemsRechecked(progress: IssueProgress, { left, back }: FactOf<'itemsRechecked'>): IssueProgress {
  const settle = (state: ItemState) => (item: Items[number]) => ({ ...item, state });
  const after = withItems(withItems(progress, left, settle('left')), back, settle('inWork'));
  return after.items?.some(({ state }) => state === 'askedToLeave')
    ? after
    : withoutNothingIn(without(after, kindIs('itemRecheck')));
}

function withoutNothingIn(progress: IssueProgress): IssueProgress {
  return progress.items?.every(({ state }) => state === 'left') ? without(progress, kindIs('itemReport')) : progress;
}

function withItems(
  progress: IssueProgress,
  ids: readonly string[],
  change: (item: Items[number]) => Items[number],
): IssueProgress {
  const these = new Set(ids);
  return { ...progress, items: (progress.items ?? []).map((item) => (these.has(item.id) ? change(item) : item)) };
}
