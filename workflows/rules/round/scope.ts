import type { RoundScope } from './events.ts';

/** Whose holders of a role are meant: an issue's, those of one of its measures, a body's, or (null) the round's. */
export interface RoleSubject {
  readonly heldFor: string | null;
  readonly measure?: number;
}

/** Where to look for whoever holds a role about a duty of the round. */
export function subjectsOf(scope: RoundScope | null | undefined): readonly RoleSubject[] {
  const { issueIds = [], measures = {}, bodyId = null } = scope ?? {};
  if (issueIds.length === 0) return [{ heldFor: bodyId }];
  return issueIds.flatMap((heldFor): RoleSubject[] => {
    const own = measures[heldFor];
    return own === undefined ? [{ heldFor }] : own.map((measure) => ({ heldFor, measure }));
  });
}

/** The body whose own matter this is, whoever owes it; undefined where it is not one body's. */
export function bodyIdOf(scope: RoundScope | null | undefined): string | undefined {
  return scope?.bodyId ?? scope?.judgedBodyId;
}
