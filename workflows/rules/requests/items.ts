import type { IssueProgress } from '../progress.ts';
import { open, onlyIn, type Refusal, type RequestRule, withReason } from '../refusal.ts';

/** 子台账条目入库 */
export const enterItems: RequestRule<{ readonly itemIds: readonly string[] }> = {
  refusals: ({ progress }, { itemIds }) => [
    ...onlyIn(
      open.filter((phase) => phase !== 'closureReview'),
      progress,
      '登记子台账',
    ),
    ...(itemIds.length === 0 ? [{ code: 'ItemMissing', message: '请写明入库的条目' }] : []),
  ],
  fact: (_standing, { itemIds }) => ({ type: 'itemsEntered', itemIds }),
};

/** 开始整治、提请出库. An item asks to leave once it has been worked on; asking to leave is not leaving. */
export const moveItems: RequestRule<{ readonly itemIds: readonly string[]; readonly to: 'inWork' | 'askedToLeave' }> = {
  refusals: ({ progress }, { itemIds, to }) => [
    ...unknownItems(progress, itemIds),
    ...(to === 'inWork'
      ? wrongState(progress, itemIds, ['entered'], '开始整治')
      : [...notBegun(progress, itemIds), ...wrongState(progress, itemIds, ['entered', 'inWork'], '提请出库')]),
  ],
  fact: (_standing, { itemIds, to }) => ({ type: 'itemsMoved', itemIds, to }),
};

/** 出库复核: by another person than who asked; out, or back to work. */
export const recheckItems: RequestRule<{
  readonly left: readonly string[];
  readonly back: readonly string[];
  readonly finding: string;
}> = {
  refusals: ({ progress }, { by, recordedBy, left, back, finding }) => {
    const ids = [...left, ...back];
    const own = (progress.items ?? []).some(
      ({ id, askedBy }) => left.includes(id) && askedBy !== null && [by, recordedBy].includes(askedBy),
    );
    return [
      ...unknownItems(progress, ids),
      ...wrongState(progress, ids, ['askedToLeave'], '复核出库'),
      ...(own ? [{ code: 'SamePerson', message: '提请出库的人不能自己复核，请由另一人复核' }] : []),
      ...withReason(finding, '复核'),
    ];
  },
  fact: (_standing, { left, back, finding }) => ({ type: 'itemsRechecked', left, back, finding }),
};

function unknownItems({ items = [] }: IssueProgress, ids: readonly string[]): Refusal[] {
  if (ids.length === 0) return [{ code: 'ItemMissing', message: '请写明子台账条目' }];
  const known = new Set(items.map(({ id }) => id));
  const unknown = ids.filter((id) => !known.has(id));
  return unknown.length === 0 ? [] : [{ code: 'UnknownItem', message: `子台账没有这${String(unknown.length)}项` }];
}

function notBegun({ items = [] }: IssueProgress, ids: readonly string[]): Refusal[] {
  const idle = items.filter(({ id, state }) => ids.includes(id) && state === 'entered');
  if (idle.length === 0) return [];
  const message = `${String(idle.length)}项还没有登记开始整治，请先登记开始整治，再提请出库`;
  return [{ code: 'NotBegun', message }];
}

function wrongState(
  { items = [] }: IssueProgress,
  ids: readonly string[],
  states: readonly string[],
  act: string,
): Refusal[] {
  const unfit = items.filter(({ id, state }) => ids.includes(id) && !states.includes(state));
  return unfit.length === 0
    ? []
    : [{ code: 'WrongItemState', message: `${String(unfit.length)}项现在的状态不能${act}` }];
}
