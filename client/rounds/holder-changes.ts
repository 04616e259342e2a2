import { roleNames } from '../../workflows/rules/names.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { type Holders, isSameHolding, type Subject } from './assign-rows.ts';

interface Known {
  readonly issues: readonly { readonly id: string; readonly code: string }[];
  readonly bodies: readonly { readonly id: string; readonly name: string }[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

/** Who would hold a role that somebody else, or nobody, holds now; a sentence each: `GM-03 责任人：陈某 → 周某`. */
export function holderChanges(
  holders: Iterable<Holders>,
  held: readonly (Subject & { readonly role: Role; readonly personId: string })[],
  { issues, bodies, people }: Known,
): string[] {
  const names = new Map([
    ...people.map(({ id, name }) => [id, name] as const),
    ...bodies.map(({ id, name }) => [id, name] as const),
    ...issues.map(({ id, code }) => [id, code] as const),
  ]);
  const named = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? id).join('、') || '无';
  return [...holders].flatMap((holding) => {
    const { issueId, bodyId, measure, role, personIds } = holding;
    const before = held.filter((one) => isSameHolding(one, holding)).map(({ personId }) => personId);
    const after = [...personIds];
    if (before.length === after.length && before.every((id) => personIds.has(id))) return [];
    const subject = issueId ?? bodyId;
    const what = `${subject === null ? '全轮' : named([subject])}${measure === null ? '' : `措施${String(measure)}`}`;
    return [`${what} ${roleNames[role]}：${named(before)} → ${named(after)}`];
  });
}
