import type { Calendar } from '../../workflows/rules/calendar.ts';
import type { IssueEvent } from '../../workflows/rules/events.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { ObligationKind, Policy, Role } from '../../workflows/rules/policy.ts';

/** All that is on record about a drill, as far as the checker needs it; nothing in it was worked out by the planner. */
export interface DrillFacts {
  /** Every version, and the one the round was launched with. */
  readonly policies: ReadonlyMap<number, Policy>;
  readonly calendars: ReadonlyMap<number, Calendar>;
  readonly launchedWith: { readonly policy: number; readonly calendar: number };
  readonly firstMail: 'inHours' | 'now';
  /** The moment the drill has reached; while it runs, what this very moment brings may still be under way. */
  readonly now: IsoInstant;
  readonly state: 'running' | 'ended';
  readonly issues: readonly IssueFacts[];
  readonly round: { readonly id: string; readonly events: readonly RoundEventFacts[] };
  readonly holdings: readonly Holding[];
  readonly delegations: readonly Delegated[];
  /** Addresses by person; null for whom no mail reaches. */
  readonly people: ReadonlyMap<string, string | null>;
  /** By key. */
  readonly rows: ReadonlyMap<string, RowFacts>;
  /** By Message-ID. */
  readonly mails: ReadonlyMap<string, { readonly uncertain: number }>;
  /** By incoming mail's id: the addresses of whoever wrote it. */
  readonly senders: ReadonlyMap<string, readonly string[]>;
}

export interface IssueFacts {
  readonly id: string;
  readonly code: string;
  readonly bodyId?: string | null;
  /** Whether it was known at the launch that it repeats an earlier round's. */
  readonly repeats: 'yes' | 'no';
  /** In order, each with the cycle it belongs to. */
  readonly events: readonly (IssueEvent & { readonly cycle: number })[];
}

/** Who holds a role, for one measure, one issue, one body's issues or the round, from `fromAt` until before `untilAt`. */
export interface Holding {
  readonly issueId: string | null;
  readonly bodyId?: string | null;
  readonly measure: number | null;
  readonly role: Role;
  readonly personId: string;
  readonly fromAt: IsoInstant | null;
  readonly untilAt: IsoInstant | null;
}

/** Somebody who is away and who stands in for him, from `fromAt` until before `untilAt`. */
export interface Delegated {
  readonly from: string;
  readonly to: string;
  readonly fromAt: IsoInstant;
  readonly untilAt: IsoInstant;
}

/** A fact about the round as it stands in the ledger; what it says beside its type is read where it is needed. */
export interface RoundEventFacts {
  readonly sequence: number;
  readonly at: IsoInstant;
  readonly type: string;
  readonly by: string | null;
  readonly detail: {
    readonly obligationId?: string;
    readonly kind?: ObligationKind;
    readonly role?: Role;
    readonly dueOn?: IsoDate;
    readonly scope?: {
      readonly issueIds?: readonly string[];
      readonly measures?: Readonly<Record<string, readonly number[]>>;
      readonly commentId?: string;
      readonly bodyId?: string;
      readonly judgedBodyId?: string;
    };
    readonly commentId?: string;
    /** Obligations that a correction ends. */
    readonly closes?: readonly string[];
    readonly bodyId?: string;
    readonly meets?: 'bodyDuty';
    readonly version?: number;
  };
}

/** What the outbox says became of a line. */
export interface RowFacts {
  readonly kind: 'reminder' | 'answer' | 'acknowledgement' | 'notice';
  readonly state: 'planned' | 'cancelled' | 'collapsed' | 'skipped' | 'claimed' | 'sent';
  readonly stateReason: string | null;
  readonly earliestAt: IsoInstant;
  readonly claimedAt: IsoInstant | null;
  /** Of the person, where the line is for a person and not for a role. */
  readonly address: string | null;
}

/** By which rules an issue or the round goes at a moment. */
export interface Law {
  readonly policy: number;
  readonly calendar: number;
}
