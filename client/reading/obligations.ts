import { compared } from '../../workflows/rules/compared.ts';
import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { PersonReading } from './role-holders.ts';
import type { storedIssue } from './stored.ts';
import { obligationWords, shortRoleNames } from './words.ts';

/** An open obligation (义务) with who owes it. */
export interface ObligationReading {
  readonly id: string;
  readonly kind: string;
  readonly words: string;
  readonly measure: number | null;
  readonly role: Role;
  readonly roleName: string;
  readonly persons: readonly string[];
  readonly openedAt: IsoInstant;
  readonly dueOn: IsoDate;
  /** Negative when overdue. */
  readonly workdaysLeft: number;
}

/** What is owed now, in the order of its days. */
export function obligationsOf(
  stored: ReturnType<typeof storedIssue>,
  today: IsoDate,
  holding: (role: Role, measure: number | undefined) => readonly PersonReading[],
): ObligationReading[] {
  if (stored === undefined) return [];
  const { terms, progress } = stored;
  return progress.obligations
    .map(({ id, kind, measure, role, openedAt, dueOn }) => ({
      id,
      kind,
      words: obligationWords(kind, measure),
      measure: measure ?? null,
      role,
      roleName: shortRoleNames[role],
      persons: holding(role, measure).map(({ name }) => name),
      openedAt,
      dueOn,
      workdaysLeft: workdaysBetween(terms.calendar, today, dueOn),
    }))
    .sort((one, other) => compared(one.dueOn, other.dueOn));
}

export function owing(obligations: readonly ObligationReading[]) {
  return obligations.map(({ kind, measure, roleName, persons }) => ({ kind, measure, roleName, persons }));
}
