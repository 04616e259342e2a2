import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import type { IssuePhase } from '../../workflows/rules/events.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { Light } from '../../workflows/rules/lights.ts';
import type { IssueKind } from '../../workflows/rules/terms.ts';
import { readClocks } from './clocks.ts';
import { type LightReading, lightReading } from './light-reading.ts';
import { holdsAt } from './role-holders.ts';
import { storedIssue } from './stored.ts';
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

export interface IssueFilter {
  readonly roundId?: string | undefined;
  readonly phase?: IssuePhase | undefined;
  readonly light?: Light['colour'] | undefined;
  /** Sought in code, title, unit and the notice's words. */
  readonly text?: string | undefined;
  /** Of issues it answers for, or for a measure of. */
  readonly unit?: string | undefined;
  readonly bodyIds?: readonly string[] | undefined;
  readonly source?: string | undefined;
}

/** The issues that fit the filter, in the order of their rounds and numbers. Lights are worked out, so they filter last. */
export async function readIssueList(ledger: Ledger, filter: IssueFilter = {}): Promise<IssueRow[]> {
  const { roundId, phase, light, unit, bodyIds, source } = filter;
  const text = filter.text?.trim() ?? '';
  const contains = { contains: text, mode: 'insensitive' as const };
  const unitContains = [{ unit: contains }, { measures: { some: { unit: contains } } }];
  const [clocks, issues] = await Promise.all([
    readClocks(ledger),
    ledger.issue.findMany({
      where: {
        ...(roundId !== undefined && { roundId }),
        ...(phase !== undefined && { phase }),
        ...(unit !== undefined && { AND: [{ OR: [{ unit }, { measures: { some: { unit } } }] }] }),
        ...(bodyIds !== undefined && { bodyId: { in: [...bodyIds] } }),
        ...(source !== undefined && { source }),
        ...(text !== '' && { OR: [{ code: contains }, { title: contains }, { text: contains }, ...unitContains] }),
      },
      select: {
        id: true,
        code: true,
        number: true,
        title: true,
        kind: true,
        weight: true,
        unit: true,
        source: true,
        body: { select: { name: true } },
        phase: true,
        cycle: true,
        deadline: true,
        firstDeadline: true,
        terms: true,
        progress: true,
        lookAgainAt: true,
        round: { select: { id: true, name: true, clockId: true } },
        assignments: {
          where: { role: 'handler' },
          select: { fromAt: true, untilAt: true, person: { select: { name: true } } },
        },
        _count: { select: { measures: true } },
      },
      orderBy: [{ round: { createdAt: 'asc' } }, { number: 'asc' }],
    }),
  ]);
  const rows = issues.map((issue): IssueRow => {
    const progress = storedIssue(issue)?.progress;
    const now = clocks.now(issue.round.clockId);
    const held = issue.assignments.filter((window) => holdsAt(window, now));
    return {
      id: issue.id,
      code: issue.code,
      number: issue.number,
      title: issue.title,
      roundId: issue.round.id,
      roundName: issue.round.name,
      body: issue.body?.name ?? '',
      source: issue.source,
      kind: issue.kind,
      weight: issue.weight,
      unit: issue.unit,
      handlers: [...new Set(held.map(({ person }) => person.name))],
      phase: issue.phase,
      phaseName: phaseNames[issue.phase],
      cycle: issue.cycle,
      deadline: toIsoDate(issue.deadline ?? issue.firstDeadline),
      measures: issue._count.measures,
      measuresProven:
        progress?.measures.filter(({ evidence }) => evidence.some(({ state }) => state !== 'returned')).length ?? 0,
      light: lightReading(issue, now),
      lookAgainAt: issue.lookAgainAt?.toISOString() ?? null,
    };
  });
  return light === undefined ? rows : rows.filter((row) => row.light.colour === light);
}
