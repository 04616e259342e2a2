import type { PolicyDuty } from '../policy.ts';
import { dutyPer } from '../policy-parts.ts';
import type { BodyTerms, RoundTerms } from '../terms.ts';

/** A body of several, with its number among them. */
export interface NumberedBody extends BodyTerms {
  /** From 1; part of the ids of all that the body owes. */
  readonly number: number;
}

/** The bodies that owe duties of their own; none where the round has one alone, or was launched before there were such. */
export function bodiesOf({ bodies = [] }: Pick<RoundTerms, 'bodies'>): readonly NumberedBody[] {
  return bodies.map((body, index) => ({ ...body, number: index + 1 }));
}

/** Who owes a duty of the policy: each of several bodies its own, or (undefined) the round once. */
export function owersOf(terms: Pick<RoundTerms, 'bodies'>, duty: PolicyDuty): readonly (NumberedBody | undefined)[] {
  const bodies = bodiesOf(terms);
  return bodies.length > 0 && dutyPer(duty) === 'body' ? bodies : [undefined];
}

/** Whether it is each body that is evaluated, and never the round as a whole. */
export function isEvaluatedByBody({ bodies, policy }: RoundTerms): boolean {
  const evaluations = (policy?.duties ?? []).filter(({ kind }) => kind === 'evaluation');
  return (
    evaluations.length > 0 &&
    evaluations.every((duty) => !owersOf({ ...(bodies && { bodies }) }, duty).includes(undefined))
  );
}
