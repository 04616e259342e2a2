/** For what a role is held, as far as it tells how near to an issue: an issue or a measure of it, a body, or (both null) the round. */
export interface HeldScope {
  readonly issueId: string | null;
  readonly bodyId: string | null;
}

/**
 * Of those who hold one role for one issue in any way: whoever holds it for the issue itself or a measure of it; where nobody does,
 * for its body; where nobody does either, for the round. They are whom the issue's mails reach.
 */
export function nearest<Held extends HeldScope>(ofRole: readonly Held[]): readonly Held[] {
  const scopes = [
    ofRole.filter(({ issueId }) => issueId !== null),
    ofRole.filter(({ bodyId }) => bodyId !== null),
    ofRole,
  ];
  return scopes.find(({ length }) => length > 0) ?? [];
}
