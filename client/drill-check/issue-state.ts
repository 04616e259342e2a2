import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { Law } from './facts.ts';

/** How an issue stood between two of its events: the checker's own reading. */
export interface IssueState extends Law {
  readonly cycle: number;
  readonly phase: 'open' | 'review' | 'closed' | 'over';
  /** What is owed in this cycle, with its due day. */
  readonly owed: ReadonlyMap<string, IsoDate>;
  /** Proposals that wait, and about which obligation each is. */
  readonly proposals: ReadonlyMap<string, string>;
  /** Levels that have approved the closure under review. */
  readonly approvals: number;
  readonly satisfaction: string;
  readonly items: ReadonlyMap<string, string>;
  /** Evidence for what outlived a closure that nobody has judged, with its measure. */
  readonly unjudged: ReadonlyMap<string, number>;
  /** To whom measures were handed over by themselves, each the last time. */
  readonly handedTo: ReadonlyMap<number, readonly string[]>;
  readonly promise: { readonly until: IsoDate; readonly covers: readonly string[] } | undefined;
  readonly suspendedAt: IsoInstant | undefined;
  readonly disputedAt: IsoInstant | undefined;
  /** Promises broken in this cycle. */
  readonly broken: number;
  /** Attestations missed in a row. */
  readonly missed: number;
  readonly repeats: 'yes' | 'no';
}

export function firstState(law: Law, repeats: 'yes' | 'no'): IssueState {
  return {
    ...law,
    cycle: 1,
    phase: 'open',
    owed: new Map(),
    proposals: new Map(),
    approvals: 0,
    satisfaction: '',
    items: new Map(),
    unjudged: new Map(),
    handedTo: new Map(),
    promise: undefined,
    suspendedAt: undefined,
    disputedAt: undefined,
    broken: 0,
    missed: 0,
    repeats,
  };
}

/** How many levels above the handler read a line about a due day at least. */
export function levelsAbove({ cycle, repeats, broken, missed }: IssueState): number {
  const reasons = (cycle > 1 ? 1 : 0) + (repeats === 'yes' ? 1 : 0) + broken + (missed > 0 ? 1 : 0);
  return reasons > 2 ? 2 : reasons;
}
