import type { Delegation } from '../../workflows/rules/delegation.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { RoundRules } from '../../workflows/rules/round/rules.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import type { Holding } from './addressees.ts';

/** A round as it stands before its launch. */
export interface RehearsalInput {
  readonly round: RoundRules;
  readonly codePrefix: string;
  readonly firstMail: 'inHours' | 'now';
  /** The last moment that is played, inclusive. */
  readonly until: IsoInstant;
  readonly issues: readonly {
    readonly code: string;
    readonly terms: IssueTerms;
    readonly bodyId?: string | null | undefined;
  }[];
  /** The inspected bodies (被巡察单位), where anybody asks by them. */
  readonly bodies?: readonly { readonly id: string; readonly name: string }[];
  readonly people: readonly { readonly id: string; readonly name: string; readonly reach: 'mail' | 'paper' }[];
  readonly holdings: readonly Holding[];
  readonly delegations: readonly Delegation[];
}
