import type { Calendar } from '../../workflows/rules/calendar.ts';
import type { IssueEvent } from '../../workflows/rules/events.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Policy, Role } from '../../workflows/rules/policy.ts';

/** All that is on record about a drill, as far as the checker needs it; nothing in it was worked out by the planner. */
export interface DrillFacts {
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly firstMail: 'inHours' | 'now';
  /** The last moment that was opened. What is due at it may still be under way unless the drill has ended. */
  readonly now: IsoInstant;
  readonly state: 'running' | 'ended';
  readonly issues: readonly IssueFacts[];
  readonly holdings: readonly Holding[];
  /** By key. */
  readonly rows: ReadonlyMap<string, RowFacts>;
  /** By Message-ID. */
  readonly mails: ReadonlyMap<string, { readonly uncertain: number }>;
  /** Mail that came in: who sent it, by its id. */
  readonly senders: ReadonlyMap<string, readonly string[]>;
}

export interface IssueFacts {
  readonly id: string;
  readonly code: string;
  readonly events: readonly (IssueEvent & { readonly cycle: number })[];
}

/** Who holds a role, for one issue or for the round, from `fromAt` until before `untilAt`. */
interface Holding {
  readonly issueId: string | null;
  readonly role: Role;
  readonly address: string | null;
  readonly fromAt: IsoInstant | null;
  readonly untilAt: IsoInstant | null;
}

/** What the outbox says became of a line. */
export interface RowFacts {
  readonly kind: 'reminder' | 'answer' | 'acknowledgement';
  readonly state: 'planned' | 'cancelled' | 'collapsed' | 'skipped' | 'claimed' | 'sent';
  readonly stateReason: string | null;
  readonly earliestAt: IsoInstant;
  readonly claimedAt: IsoInstant | null;
  /** Of the person, where the line is for a person and not for a role. */
  readonly address: string | null;
}

/** The holders' addresses of a role for an issue at a moment: the issue's own, or the round's where it has none. */
export function holdersOf(
  { holdings }: Pick<DrillFacts, 'holdings'>,
  issueId: string,
  role: Role,
  moment: IsoInstant,
): string[] {
  const held = holdings.filter(
    (one) =>
      one.role === role &&
      (one.fromAt === null || one.fromAt <= moment) &&
      (one.untilAt === null || one.untilAt > moment),
  );
  const own = held.filter((one) => one.issueId === issueId);
  const holders = own.length > 0 ? own : held.filter((one) => one.issueId === null);
  return [...new Set(holders.flatMap(({ address }) => address ?? []))];
}
