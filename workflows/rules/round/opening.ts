import type { IsoDate } from '../instants.ts';
import { opening } from '../obligation-ids.ts';
import type { ObligationKind, Role } from '../policy.ts';
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
}

/** Opens what is owed about the round, under the next id of its kind. */
export function roundOpening(progress: RoundProgress, owed: Owed): RoundFactOf<'obligationOpened'> {
  const { kind, role, dueOn, number, title, scope, dutyId } = owed;
  const fact = opening(progress, kind, role, dueOn, number);
  const ordinal = Number(fact.obligationId.split('-').at(-1));
  return {
    ...fact,
    title: typeof title === 'string' ? title : title(ordinal),
    ...(scope !== undefined && { scope }),
    ...(dutyId !== undefined && { dutyId }),
  };
}
