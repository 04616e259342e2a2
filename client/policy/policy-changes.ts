import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '../../workflows/rules/policy.ts';
import { fieldAt } from './field-names.ts';
import { policyJson } from './policy-json.ts';

/** A setting that two policies give differently; undefined where one has none. */
export interface PolicyChange {
  readonly path: readonly (string | number)[];
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Every setting in which a policy differs from another, by its Chinese name. Entries of a list are matched by their ids. */
export function policyChanges(before: Policy, after: Policy): PolicyChange[] {
  const [from, to] = [policyJson(before), policyJson(after)];
  const isVersion = ({ path }: PolicyChange) => path[0] === 'version';
  return differences(from, to, { from, to, path: [] }).filter((change) => !isVersion(change));
}

interface Place {
  readonly from: unknown;
  readonly to: unknown;
  readonly path: readonly (string | number)[];
}

function differences(before: unknown, after: unknown, place: Place): PolicyChange[] {
  // What the ledger has kept names its keys in another order.
  if (isDeepStrictEqual(before, after)) return [];
  if (isIdentified(before) && isIdentified(after)) return listDifferences(before, after, place);
  if (isGroup(before) && isGroup(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(before[key], after[key], { ...place, path: [...place.path, key] }));
  }
  const { from, to, path } = place;
  return [{ path, field: fieldAt(after === undefined ? from : to, path), before, after }];
}

function listDifferences(before: readonly Identified[], after: readonly Identified[], place: Place): PolicyChange[] {
  const gone = before.flatMap((entry, index) =>
    after.some(({ id }) => id === entry.id)
      ? []
      : differences(entry, undefined, { ...place, path: [...place.path, index] }),
  );
  const here = after.flatMap((entry, index) => {
    const earlier = before.find(({ id }) => id === entry.id);
    return differences(earlier, entry, { ...place, path: [...place.path, index] });
  });
  return [...gone, ...here];
}

interface Identified {
  readonly id: string;
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIdentified(value: unknown): value is readonly Identified[] {
  return Array.isArray(value) && value.every((entry) => isGroup(entry) && typeof entry['id'] === 'string');
}
