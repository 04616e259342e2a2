import type { BodyTerms } from '../../workflows/rules/terms.ts';

/**
 * The bodies (被巡察单位) that owe duties of their own: those that have issues, in the order of the round, where there are
 * several. Where there is one alone it is the whole round, and none is named.
 */
export function bodiesWithIssues(
  bodies: readonly BodyTerms[],
  issues: readonly { readonly bodyId: string | null }[],
): { readonly bodies?: readonly BodyTerms[] } {
  const concerned = bodies.filter(({ id }) => issues.some(({ bodyId }) => bodyId === id));
  return concerned.length > 1 ? { bodies: concerned.map(({ id, name }) => ({ id, name })) } : {};
}
