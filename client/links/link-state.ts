import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { ObligationKind } from '../../workflows/rules/policy.ts';

/** What somebody may do by a link: what a handler reports or asks for. Nothing is judged by a link. */
export type LinkAct = 'acknowledge' | 'report' | 'submitEvidence' | 'requestExtension' | 'proposeClosure';

/** How it stands with a link: what it may do, or why it does nothing. */
export type LinkState =
  | { readonly kind: 'acts'; readonly acts: readonly LinkAct[] }
  /** Told of it, or to be judged where one has signed in. */
  | { readonly kind: 'shows'; readonly because: 'informed' | 'judged' }
  /** Met, lapsed, or of a cycle that is closed. */
  | { readonly kind: 'usedUp' }
  /** Somebody else holds the role now. */
  | { readonly kind: 'void' }
  | { readonly kind: 'expired' };

interface LinkFacts {
  readonly stance: 'owes' | 'informed';
  readonly kind: ObligationKind;
  readonly owed: 'open' | 'closed';
  /** Whether the person holds the role for it, or stands in for who does (委托). */
  readonly held: 'held' | 'passedOn';
  /** The last day on which the mail can be answered, inclusive; undefined while something of it goes on. */
  readonly until: IsoDate | undefined;
  readonly now: IsoInstant;
}

const actsByKind: Partial<Record<ObligationKind, readonly LinkAct[]>> = {
  acknowledgement: ['acknowledge'],
  checkIn: ['report', 'requestExtension'],
  evidence: ['submitEvidence', 'report', 'requestExtension'],
  closureProposal: ['proposeClosure', 'report', 'requestExtension'],
  statusAnswer: ['report'],
  attestation: ['report'],
};

/** What a link may do now. Who no longer holds the role learns nothing more by it; what has run out says so. */
export function linkStateOf({ stance, kind, owed, held, until, now }: LinkFacts): LinkState {
  if (held === 'passedOn') return { kind: 'void' };
  if (until !== undefined && until < dayOf(now)) return { kind: 'expired' };
  if (owed === 'closed') return { kind: 'usedUp' };
  if (stance === 'informed') return { kind: 'shows', because: 'informed' };
  const acts = actsByKind[kind];
  return acts === undefined ? { kind: 'shows', because: 'judged' } : { kind: 'acts', acts };
}
