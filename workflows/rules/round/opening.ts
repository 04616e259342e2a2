import type { IsoDate } from '../instants.ts';
import { opening } from '../obligation-ids.ts';
import type { ObligationKind, Role } from '../policy.ts';
import type { NumberedBody } from './bodies.ts';
import type { RoundFactOf, RoundScope } from './events.ts';
import type { RoundProgress } from './progress.ts';

interface Owed {
  readonly kind: ObligationKind;
  readonly role: Role;
  readonly dueOn: IsoDate;
  /** The number of the duty among those of its kind, or of the batch. */
  readonly number?: number;
  readonly title: string | ((ordinal: number) => string);
  readonly scope?: RoundScope;
  readonly dutyId?: string;
  /** Whose own it is, where each of several bodies owes it. */
  readonly body?: NumberedBody | undefined;
}

/** Opens what is owed about the round, under the next id of its kind. */
export function roundOpening(progress: RoundProgress, owed: Owed): RoundFactOf<'obligationOpened'> {
  const { kind, role, dueOn, number, title, body, dutyId } = owed;
  const fact = opening(progress, kind, role, dueOn, number, body?.number);
  const ordinal = Number(fact.obligationId.split('-').at(-1));
  const scope = body === undefined ? owed.scope : { ...owed.scope, ...scopeOf(kind, body) };
  const words = typeof title === 'string' ? title : title(ordinal);
  return {
    ...fact,
    title: body === undefined ? words : `${words}（${body.name}）`,
    ...(scope !== undefined && { scope }),
    ...(dutyId !== undefined && { dutyId }),
  };
}

/** Who evaluates a body is of the round: nobody judges his own. */
function scopeOf(kind: ObligationKind, { id }: NumberedBody): RoundScope {
  return kind === 'evaluation' ? { judgedBodyId: id } : { bodyId: id };
}
