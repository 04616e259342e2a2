import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import type { IssuePhase } from '../../workflows/rules/events.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { IssueKind } from '../../workflows/rules/terms.ts';
import type { ListedIn } from './issue-filter.ts';
import { type LightReading, lightReading } from './light-reading.ts';
import { holdsAt } from './role-holders.ts';
import { type Stored, storedIssue } from './stored.ts';
import { phaseNames } from './words.ts';

/** An issue in one row of a list. */
export interface IssueRow {
  readonly id: string;
  readonly code: string;
  readonly number: number;
  readonly title: string;
  readonly roundId: string;
  readonly roundName: string;
  /** 被巡察单位; empty where it is not known. */
  readonly body: string;
  /** 反馈来源; empty where it is not known. */
  readonly source: string;
  readonly kind: IssueKind;
  readonly weight: 'ordinary' | 'major';
  /** 保密问题. */
  readonly secrecy: 'ordinary' | 'confidential';
  readonly unit: string;
  readonly handlers: readonly string[];
  readonly phase: IssuePhase;
  readonly phaseName: string;
  readonly cycle: number;
  readonly deadline: IsoDate;
  readonly measures: number;
  /** Measures that have evidence which was not returned. */
  readonly measuresProven: number;
  readonly light: LightReading;
  readonly lookAgainAt: IsoInstant | null;
}

const fields = {
  id: true,
  code: true,
  number: true,
  title: true,
  kind: true,
  weight: true,
  secrecy: true,
  unit: true,
  source: true,
  body: { select: { name: true } },
  phase: true,
  cycle: true,
  deadline: true,
  firstDeadline: true,
  lookAgainAt: true,
  roundId: true,
  round: { select: { name: true } },
  assignments: {
    where: { role: 'handler' },
    select: { fromAt: true, untilAt: true, person: { select: { name: true } } },
  },
  measureCount: true,
} as const;

/** The rows of these issues, in this order; with the progress of each, so for a page's worth of them. */
export async function readIssueRows(
  ledger: Ledger,
  rounds: readonly ListedIn[],
  ids: readonly string[],
): Promise<IssueRow[]> {
  const nowIn = new Map(rounds.map(({ id, now }) => [id, now]));
  const [issues, storedOf] = await Promise.all([
    ledger.issue.findMany({ where: { id: { in: [...ids] } }, select: fields }),
    readLit(ledger, ids),
  ]);
  const rows = issues.map(({ round, ...issue }): IssueRow => {
    const stored = storedOf.get(issue.id) ?? { terms: null, progress: null };
    const progress = storedIssue(stored)?.progress;
    const now = nowIn.get(issue.roundId)!;
    const held = issue.assignments.filter((window) => holdsAt(window, now));
    return {
      id: issue.id,
      code: issue.code,
      number: issue.number,
      title: issue.title,
      roundId: issue.roundId,
      roundName: round.name,
      body: issue.body?.name ?? '',
      source: issue.source,
      kind: issue.kind,
      weight: issue.weight,
      secrecy: issue.secrecy,
      unit: issue.unit,
      handlers: [...new Set(held.map(({ person }) => person.name))],
      phase: issue.phase,
      phaseName: phaseNames[issue.phase],
      cycle: issue.cycle,
      deadline: toIsoDate(issue.deadline ?? issue.firstDeadline),
      measures: issue.measureCount,
      measuresProven:
        progress?.measures.filter(({ evidence }) => evidence.some(({ state }) => state !== 'returned')).length ?? 0,
      light: lightReading(stored, now),
      lookAgainAt: issue.lookAgainAt?.toISOString() ?? null,
    };
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Of the terms only what a light is read by: a calendar, which most issues share, comes once. */
async function readLit(ledger: Ledger, ids: readonly string[]): Promise<ReadonlyMap<string, Stored>> {
  const rows = await ledger.$queryRaw<
    { id: string; policy: object; shared: string; calendar: object | null; progress: object }[]
  >`SELECT id, progress, shared, CASE WHEN row_number() OVER (PARTITION BY shared) = 1 THEN terms->'calendar' END AS calendar,
      jsonb_build_object('version', terms->'policy'->'version',
        'yellowWithinWorkdays', terms->'policy'->'yellowWithinWorkdays') AS policy
    FROM "Issue", LATERAL (SELECT concat_ws('/', terms->'calendar'->>'version', terms->'calendar'->>'from',
      terms->'calendar'->>'to') AS shared) AS calendar
    WHERE id = ANY(${[...ids]}::text[]) AND terms IS NOT NULL AND progress IS NOT NULL`;
  const calendars = new Map(rows.flatMap(({ shared, calendar }) => (calendar === null ? [] : [[shared, calendar]])));
  return new Map(
    rows.map(({ id, policy, shared, progress }) => [
      id,
      { terms: { policy, calendar: calendars.get(shared) }, progress },
    ]),
  );
}
