import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import type { IssuePhase } from '../../workflows/rules/events.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { closureStateOf } from '../../workflows/rules/closure.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import { type BesideReading, readBeside } from './beside.ts';
import { readClocks } from './clocks.ts';
import { readCorrections, signedAnew } from './corrections.ts';
import { findIssueId } from './find.ts';
import { type LightReading, lightReading } from './light-reading.ts';
import { type MergedIssue, readMergedFrom } from './merged-from.ts';
import { type MeasureReading, measureReadings, type EvidenceReading } from './measures.ts';
import { type NextAction, nextAction } from './next-action.ts';
import { type ObligationReading, obligationsOf, owing } from './obligations.ts';
import { type PersonReading, readRoleHolders } from './role-holders.ts';
import { readReuses } from './reuses.ts';
import { type StandingReading, standingReading } from './standing.ts';
import { storedIssue } from './stored.ts';
import { readTimeline, type Timeline } from './timeline.ts';
import { readLines } from './why-lines.ts';
import { dayWords, kindNames, phaseNames, shortRoleNames } from './words.ts';

/** One issue (反馈问题) with all that its page shows. */
export interface IssueReading extends StandingReading, BesideReading {
  readonly id: string;
  readonly code: string;
  readonly number: number;
  readonly title: string;
  readonly roundId: string;
  readonly roundName: string;
  readonly clockId: string;
  readonly feedbackOn: IsoDate | null;
  readonly now: IsoInstant;
  readonly today: IsoDate;
  readonly aspect: string;
  readonly groupTitle: string;
  readonly text: string;
  readonly kind: keyof typeof kindNames;
  readonly kindName: string;
  readonly weight: 'ordinary' | 'major';
  readonly secrecy: 'ordinary' | 'confidential';
  /** Who made it confidential (保密), when and why; null for an ordinary one. */
  readonly restricted: { readonly by: string | null; readonly at: IsoInstant; readonly reason: string } | null;
  /** 被巡察单位; empty where it is not known. */
  readonly body: string;
  /** 反馈来源; empty where it is not known. */
  readonly source: string;
  /** The code of the issue it was merged into. */
  readonly mergedInto: string | null;
  readonly mergedFrom: readonly MergedIssue[];
  readonly unit: string;
  readonly assistingUnits: string;
  readonly phase: IssuePhase;
  readonly phaseName: string;
  readonly cycle: number;
  readonly sequence: number;
  readonly deadline: IsoDate;
  /** Where the deadline comes from, or which it was before it was moved; empty where the notice gives it. */
  readonly deadlineNote: string;
  readonly deadlineWorkdaysLeft: number | null;
  readonly light: LightReading;
  readonly measures: readonly MeasureReading[];
  /** Evidence of which nobody has said what it proves. */
  readonly unassigned: readonly EvidenceReading[];
  readonly people: readonly {
    readonly role: Role;
    readonly roleName: string;
    readonly persons: readonly PersonReading[];
  }[];
  readonly obligations: readonly ObligationReading[];
  readonly next: NextAction | null;
  readonly timeline: Timeline | null;
  /** As the ledger projects it; null for an issue of a draft. */
  readonly progress: IssueProgress | null;
  /** The hash of what a decision on the closure under review must name; null when none is. */
  readonly closureState: string | null;
  readonly lookAgainAt: IsoInstant | null;
}

interface IssueWithChanges {
  readonly secrecy: IssueReading['secrecy'];
  readonly secrecyChanges: readonly { readonly by: string | null; readonly at: Date; readonly reason: string }[];
  readonly evidence: readonly { readonly personId: string | null }[];
}

const roles = ['handler', 'responsibleLeader', 'groupHead', 'office', 'reviewer'] as const;

/**
 * Reads one issue by its id or code, with its story past and planned.
 *
 * @throws RefusedError `UnknownIssue`, `AmbiguousIssue`
 */
export async function readIssue(ledger: Ledger, ref: string): Promise<IssueReading> {
  const id = await findIssueId(ledger, ref);
  const [clocks, issue] = await Promise.all([
    readClocks(ledger),
    ledger.issue.findUniqueOrThrow({
      where: { id },
      include: {
        round: { select: { id: true, name: true, clockId: true, feedbackOn: true } },
        measures: { orderBy: { number: 'asc' } },
        evidence: { include: { file: true }, orderBy: { receivedAt: 'asc' } },
        items: { orderBy: { number: 'asc' } },
        body: { select: { name: true } },
        secrecyChanges: { orderBy: { number: 'desc' }, take: 1 },
      },
    }),
  ]);
  const { round } = issue;
  const now = clocks.now(round.clockId);
  const today = dayOf(now);
  const stored = storedIssue(issue);
  const [holders, lines, persons, beside, mergedInto, mergedFrom, corrections, reuses] = await Promise.all([
    readRoleHolders(ledger, [{ id: round.id, now }], [id]),
    readLines(ledger, clocks, { issueId: id }),
    ledger.person.findMany({
      where: { id: { in: personsIn(issue, stored?.progress) } },
      select: { id: true, name: true },
    }),
    readBeside(ledger, id),
    issue.mergedIntoId === null
      ? null
      : ledger.issue.findUnique({ where: { id: issue.mergedIntoId }, select: { code: true } }),
    readMergedFrom(ledger, id),
    readCorrections(ledger, id),
    readReuses(ledger, { issueId: id, cycle: issue.cycle, clockId: round.clockId }),
  ]);
  const names = new Map(persons.map(({ id: personId, name }) => [personId, name]));
  const nameOf = (personId: string | null) => (personId === null ? '' : (names.get(personId) ?? '已不在名册的人'));
  const obligations = obligationsOf(stored, today, (role, measure) => holders.holding(round.id, id, role, measure));
  const timeline = stored ? await readTimeline(ledger, { id, ...stored }, lines, now) : null;
  const signed = signedAnew(timeline);
  for (const { personId, person } of signed.values()) names.set(personId, person);
  const evidence = issue.evidence.map((one) => ({ ...one, personId: signed.get(one.id)?.personId ?? one.personId }));
  const lookAgainAt = issue.lookAgainAt?.toISOString() ?? null;
  const deadline = toIsoDate(issue.deadline ?? issue.firstDeadline);
  const calendar = stored?.terms.calendar;
  return {
    id,
    code: issue.code,
    number: issue.number,
    title: issue.title,
    roundId: round.id,
    roundName: round.name,
    clockId: round.clockId,
    feedbackOn: round.feedbackOn && toIsoDate(round.feedbackOn),
    now,
    today,
    aspect: issue.aspect,
    groupTitle: issue.groupTitle,
    text: issue.text,
    kind: issue.kind,
    kindName: kindNames[issue.kind],
    weight: issue.weight,
    secrecy: issue.secrecy,
    restricted: restrictedBy(issue, names),
    body: issue.body?.name ?? '',
    source: issue.source,
    mergedInto: mergedInto?.code ?? null,
    mergedFrom,
    unit: issue.unit,
    assistingUnits: issue.assistingUnits,
    phase: issue.phase,
    phaseName: phaseNames[issue.phase],
    cycle: issue.cycle,
    sequence: issue.sequence,
    deadline,
    deadlineNote: deadlineNoteOf(issue, deadline),
    deadlineWorkdaysLeft: calendar ? workdaysBetween(calendar, today, deadline) : null,
    light: lightReading(issue, now),
    ...measureReadings({ ...issue, evidence }, stored, { today, names, corrections, reuses }, (measure) =>
      holders.holding(round.id, id, 'handler', measure),
    ),
    ...standingReading(stored, issue.items, today, nameOf),
    ...beside,
    people: roles
      .map((role) => ({ role, roleName: shortRoleNames[role], persons: holders.holding(round.id, id, role) }))
      .filter(({ persons, role }) => persons.length > 0 || role !== 'groupHead'),
    obligations,
    next: stored && timeline ? nextAction({ ...stored, lookAgainAt }, timeline.coming, owing(obligations), now) : null,
    timeline,
    progress: stored?.progress ?? null,
    closureState: stored ? closureStateOf(id, stored.progress) : null,
    lookAgainAt,
  };
}

function restrictedBy(
  { secrecy, secrecyChanges: [last] }: Pick<IssueWithChanges, 'secrecy' | 'secrecyChanges'>,
  names: ReadonlyMap<string, string>,
): IssueReading['restricted'] {
  if (secrecy === 'ordinary' || last === undefined) return null;
  const by = last.by === null ? null : (names.get(last.by) ?? '已不在名册的人');
  return { by, at: last.at.toISOString(), reason: last.reason };
}

/** Everybody whose name the reading shows beside the roles. */
function personsIn(
  { evidence, secrecyChanges }: Pick<IssueWithChanges, 'evidence' | 'secrecyChanges'>,
  progress: IssueProgress | undefined,
): string[] {
  const ids = [
    ...evidence.map(({ personId }) => personId),
    ...secrecyChanges.map(({ by }) => by),
    progress?.extension?.requestedBy,
    progress?.dispute?.by,
    progress?.undoable?.by,
    ...(progress?.closure?.approvals ?? []).map(({ by }) => by),
  ];
  return [...new Set(ids)].filter((one) => one != null);
}

/** What the notice says of the first deadline is not said of one that has been moved since. */
function deadlineNoteOf(
  { deadlineNote, firstDeadline, cycle }: { deadlineNote: string; firstDeadline: Date; cycle: number },
  deadline: IsoDate,
): string {
  const first = toIsoDate(firstDeadline);
  if (first === deadline) return deadlineNote;
  const was = `${cycle > 1 ? '第1轮' : ''}原定${dayWords(first)}`;
  return deadlineNote === '' ? was : `${was}，${deadlineNote}`;
}
