import type { Ledger } from '../../prisma/client.ts';
import { toIsoInstant } from '../../prisma/days.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { Missed, Role } from '../../workflows/rules/policy.ts';
import { stillOwed } from './still-wanted.ts';

/** A notice tells the office of what waits for it (`plan-notices.ts`); like a reminder it goes into the one mail of the day. */
export type RowKind = 'reminder' | 'notice' | 'answer' | 'acknowledgement';

export function isGathered(kind: RowKind): boolean {
  return kind === 'reminder' || kind === 'notice';
}

/** A row of the outbox whose moment has come. */
export interface DueRow {
  readonly key: string;
  readonly kind: RowKind;
  readonly state: 'planned' | 'claimed';
  readonly roundId: string | null;
  readonly issueId: string | null;
  readonly cycle: number | null;
  readonly obligationId: string | null;
  readonly rungId: string | null;
  readonly letter: string;
  readonly role: Role | null;
  readonly personId: string | null;
  readonly plannedOn: IsoDate;
  readonly latestAt: IsoInstant;
  readonly missed: Missed;
  readonly policyVersion: number | null;
  /** Read by `letter.ts` alone, which knows what its reader may be told. */
  readonly content: unknown;
  /** Frozen at the first claim; null before it. */
  readonly recipients: readonly string[] | null;
  /** To whom it is under way or has gone already. */
  readonly deliveredTo: readonly string[];
}

/**
 * The rows of a clock that are due by `now`: planned ones, and claimed ones of which somebody still has to get his. Those
 * of a round that is still being launched wait, so that a person's first mail gathers all that is assigned to him.
 */
export async function loadDueRows(ledger: Ledger, clockId: string, now: IsoInstant): Promise<DueRow[]> {
  const rows = await loadRows(
    ledger,
    Prisma.sql`r."clockId" = ${clockId} AND r.waits AND r."earliestAt" <= ${now}::timestamptz
      AND NOT EXISTS (SELECT 1 FROM "Issue" i JOIN "Round" round ON round.id = i."roundId"
        WHERE i.id = r."issueId" AND round.state = 'draft')`,
  );
  return rows.filter(
    ({ state, recipients, deliveredTo }) =>
      state === 'planned' || recipients?.every((one) => deliveredTo.includes(one)) !== true,
  );
}

/**
 * The rows that a refused mail of this clock carries and that are still owed; what tells the office of pages is left out: it
 * has its list.
 */
export async function loadRefusedRows(ledger: Ledger, clockId: string): Promise<DueRow[]> {
  return loadRows(
    ledger,
    Prisma.sql`r.state = 'claimed' AND r.kind <> 'notice' AND (r.kind <> 'reminder' OR ${stillOwed})
      AND r.key IN (SELECT d."rowKey" FROM "Delivery" d JOIN "Mail" m ON m.id = d."mailId"
        WHERE m."clockId" = ${clockId} AND m.state = 'refused')`,
  );
}

/** The rows `r` for which a condition holds, as one value: a herd has a hundred thousand, and each cell costs as a value of its own. */
async function loadRows(ledger: Ledger, condition: Prisma.Sql): Promise<DueRow[]> {
  const [answer] = await ledger.$queryRaw<{ rows: DueRow[] }[]>`
    SELECT coalesce(json_agg(row), '[]') AS rows FROM (
      SELECT r.key, r.kind, r.state, r."roundId", r."issueId", r.cycle, r."obligationId", r."rungId", r.letter, r.role,
        r."personId", r."plannedOn", r."latestAt", r.missed, r."policyVersion", r.content, r.recipients,
        CASE WHEN r.recipients IS NULL THEN '{}' ELSE ARRAY(SELECT d."personId" FROM "Delivery" d WHERE d."rowKey" = r.key) END
          AS "deliveredTo"
      FROM "OutboxRow" r WHERE ${condition}
      ORDER BY r."plannedOn", r.key) row`;
  const moments = new Map<string, IsoInstant>(); // a herd's windows close together
  return (answer?.rows ?? []).map((row) => {
    const latestAt = moments.get(row.latestAt) ?? toIsoInstant(new Date(row.latestAt));
    moments.set(row.latestAt, latestAt);
    return { ...row, latestAt };
  });
}

/** What two rows have in common that are about the same: each form finds them by the outbox's index. */
const sameSubject = {
  issue: Prisma.sql`other."issueId" = due."issueId"`,
  round: Prisma.sql`other."issueId" IS NULL AND other."roundId" = due."roundId"`,
} as const;

/** Asks about the rows of issues and about those of rounds; what is not there is not asked about. */
async function bySubject<Answer>(
  rows: readonly DueRow[],
  ask: (same: Prisma.Sql, keys: readonly string[]) => Promise<Answer[]>,
): Promise<Answer[]> {
  const keysOf = (of: (row: DueRow) => boolean) => rows.filter(of).map(({ key }) => key);
  const [issues, rounds] = [keysOf(({ issueId }) => issueId !== null), keysOf(({ issueId }) => issueId === null)];
  return [
    ...(issues.length === 0 ? [] : await ask(sameSubject.issue, issues)),
    ...(rounds.length === 0 ? [] : await ask(sameSubject.round, rounds)),
  ];
}

/**
 * For each row the day of the last line up to `today` that says the same to the same role: into that one it may be
 * collapsed.
 */
export async function loadLaterLines(
  ledger: Ledger,
  rows: readonly DueRow[],
  today: IsoDate,
  now: IsoInstant,
): Promise<ReadonlyMap<string, IsoDate>> {
  const collapsing = rows.filter(({ missed, plannedOn }) => missed === 'collapse' && plannedOn < today);
  const later = await bySubject(
    collapsing,
    (same, keys) => ledger.$queryRaw<{ key: string; day: IsoDate }[]>`
      SELECT due.key, to_char(max(other."plannedOn"), 'YYYY-MM-DD') AS day
      FROM "OutboxRow" due
      JOIN "OutboxRow" other ON ${same} AND other.cycle = due.cycle
        AND other."obligationId" = due."obligationId" AND other.role = due.role
        AND other."plannedOn" > due."plannedOn" AND other."plannedOn" <= ${today}::date
        AND other.state IN ('planned', 'claimed', 'sent')
        AND NOT (other.missed = 'skip' AND other.state = 'planned' AND other."latestAt" <= ${now}::timestamptz)
      WHERE due.key = ANY(${keys}::text[])
      GROUP BY due.key`,
  );
  return new Map(later.map(({ key, day }) => [key, day]));
}

/** Who has had the same rung's line already, under another role: by the row's key. */
export async function loadServed(
  ledger: Ledger,
  rows: readonly DueRow[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const reminders = rows.filter(({ kind, state }) => kind === 'reminder' && state === 'planned');
  const served = await bySubject(
    reminders,
    (same, keys) => ledger.$queryRaw<{ key: string; personId: string }[]>`
      SELECT due.key, delivery."personId"
      FROM "OutboxRow" due
      JOIN "OutboxRow" other ON ${same} AND other.cycle = due.cycle
        AND other."obligationId" = due."obligationId" AND other."rungId" = due."rungId"
        AND other."plannedOn" = due."plannedOn" AND other.key <> due.key
      JOIN "Delivery" delivery ON delivery."rowKey" = other.key
      WHERE due.key = ANY(${keys}::text[])`,
  );
  const byKey = new Map<string, Set<string>>();
  for (const { key, personId } of served) byKey.set(key, (byKey.get(key) ?? new Set()).add(personId));
  return byKey;
}
