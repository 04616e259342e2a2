import type { Calendar } from '../calendar.ts';
import type { IsoDate } from '../instants.ts';
import type { Policy } from '../policy.ts';
import type { RoundTerms } from '../terms.ts';

/** Terms by which a round owes something as a whole. */
export type RoundRules = RoundTerms & { readonly policy: Policy; readonly calendar: Calendar };

/** What the ledger says of the round's issues, which the round's own events do not. */
export interface RoundStanding {
  /** Issues that are neither archived, kept up (长期坚持), withdrawn nor merged. */
  readonly unsettled: number;
  /** The first day on which a closed issue would be looked back at that nobody has drawn or left out yet. */
  readonly drawDueOn?: IsoDate | null;
}

/** A round of an earlier form has no rules of its own: it owes nothing. */
export function rulesOf(terms: RoundTerms): RoundRules | undefined {
  const { policy, calendar } = terms;
  return policy === undefined || calendar === undefined ? undefined : { ...terms, policy, calendar };
}
