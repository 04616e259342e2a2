import type { ObligationKind, Policy, Rung } from '../../workflows/rules/policy.ts';

/** The settings of a policy (办法) that are changed in a form: whole numbers of workdays, days or months. */
export const editedNumbers = [
  'acknowledgeWithinWorkdays',
  'checkInEveryWorkdays',
  'proposeClosureWithinWorkdays',
  'decideClosureWithinWorkdays',
  'decideProposalWithinWorkdays',
  'returnedWithinWorkdays',
  'yellowWithinWorkdays',
] as const satisfies readonly (keyof Policy)[];

/** What a form says; undefined where it has no such field. */
export type Typed = (field: string) => string | undefined;

/** What the field of a rung's day is called. */
export function rungField(kind: ObligationKind, { id }: Pick<Rung, 'id'>): string {
  return `rung/${kind}/${id}`;
}

/**
 * A policy with what a form says put in: what has no field, or an empty one, stays. Words where a number belongs stay words, so
 * that `validatePolicy` names the setting that is amiss.
 */
export function editedPolicy(policy: Policy, typed: Typed): object {
  const numbers = Object.fromEntries(editedNumbers.map((name) => [name, numberIn(typed(name), policy[name])]));
  const ladders = Object.fromEntries(
    (Object.entries(policy.ladders) as [ObligationKind, readonly Rung[]][]).map(([kind, rungs]) => [
      kind,
      rungs.map((rung) => ({ ...rung, workdays: numberIn(typed(rungField(kind, rung)), rung.workdays) })),
    ]),
  );
  const sendAt = typed('sendAt')?.trim() ?? '';
  return { ...policy, ...numbers, ...(sendAt !== '' && { sendAt }), ladders };
}

function numberIn(words: string | undefined, before: number): number | string {
  const text = words?.normalize('NFKC').trim() ?? '';
  if (text === '') return before;
  return /^-?\d+$/.test(text) ? Number(text) : text;
}
