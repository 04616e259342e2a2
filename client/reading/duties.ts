import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { loadIssueHours } from '../../prisma/issue-hours.ts';
import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import type { Obligation } from '../../workflows/rules/events.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import { obligationIdParts } from '../../workflows/rules/obligation-ids.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import { type PrintReading, readPrints } from '../prints/read-prints.ts';
import { readUnverified, type UnverifiedAnswer } from './unverified.ts';
import { unitFields, unitOf, type WithUnits } from './units.ts';
import { dayWords, dutyWords, obligationOf, shortDayWords } from './words.ts';

/** Something about an issue that waits for the office. */
export interface Duty {
  readonly issueId: string;
  readonly code: string;
  readonly title: string;
  /** What is to be done, as a heading. */
  readonly what: string;
  /** What helps to do it, each a few words. */
  readonly bits: readonly string[];
  readonly dueOn: IsoDate;
  readonly workdaysLeft: number;
  readonly isOverdue: 'yes' | 'no';
  readonly proposalId?: string;
}

/** Somebody whom mail does not reach. */
export interface PersonDuty {
  readonly personId: string;
  readonly name: string;
  readonly unit: string;
  readonly email: string | null;
  readonly reason: string;
  readonly openIssues: number;
}

/** What the office has to do (今天要办), in order of consequence. */
export interface Duties {
  readonly closures: readonly Duty[];
  readonly proposals: readonly Duty[];
  /** What people ask for or report, and the office alone answers: 延期、异议、中止、补交佐证、出库复核. */
  readonly requests: readonly Duty[];
  readonly lookBacks: readonly Duty[];
  readonly unverified: readonly UnverifiedAnswer[];
  readonly unreachable: readonly PersonDuty[];
  /** Pages to be printed and brought to people without mail (待打印送达). */
  readonly prints: readonly PrintReading[];
  /** Of each kind all that wait, also those that the lists leave off. */
  readonly counts: DutyCounts;
}

export type DutyCounts = Readonly<Record<Exclude<keyof Duties, 'counts'>, number>>;

interface DutyIssue extends WithUnits {
  readonly title: string;
}

/** So many decisions of a kind are listed; the others come when these are done. */
const listedAtMost = 50;

/** Reads all seven kinds; decisions first due stand first, those of one day by their codes. */
export async function readDuties(ledger: Ledger, clockId: string, now: IsoInstant): Promise<Duties> {
  const [decided, unverified, unreachable, prints] = await Promise.all([
    readDecided(ledger, clockId, now, ofOffice),
    readUnverified(ledger, clockId),
    readUnreachable(ledger, clockId),
    readPrints(ledger, { clockId, today: dayOf(now) }),
  ]);
  return {
    ...decided,
    unverified: unverified.answers,
    unreachable,
    prints,
    counts: {
      ...decided.counts,
      unverified: unverified.count,
      unreachable: unreachable.length,
      prints: prints.length,
    },
  };
}

/** What is decided issue by issue. */
export type Decided = Pick<Duties, DecidedList> & { readonly counts: Pick<DutyCounts, DecidedList> };

/** How many things wait, of whatever lists. */
export function countDuties({ counts }: { readonly counts: Readonly<Record<string, number>> }): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export type DecidedList = 'closures' | 'proposals' | 'requests' | 'lookBacks';

/** A closure waits for the office until it is the next level's; a look-back is registered with it, whoever looks. */
const ofOffice = Prisma.sql`(o.role = 'office' OR o.kind IN ('proposalDecision', 'lookBack'))`;

/** @param within a condition on an obligation `o` of an issue `i`: which decisions; all of the clock's when left out */
export async function readDecided(
  ledger: Ledger,
  clockId: string,
  now: IsoInstant,
  within = Prisma.sql`true`,
): Promise<Decided> {
  const { decisions, counts } = await readDecisions(ledger, clockId, now, within);
  return {
    closures: decisions('closures', closure),
    proposals: decisions('proposals', proposal),
    requests: decisions('requests', request),
    lookBacks: decisions('lookBacks', lookBack),
    counts: {
      closures: counts('closures'),
      proposals: counts('proposals'),
      requests: counts('requests'),
      lookBacks: counts('lookBacks'),
    },
  };
}

type Telling = (issue: DutyIssue, progress: IssueProgress, obligation: Obligation) => Pick<Duty, 'what' | 'bits'>;

interface ListedDecision {
  readonly list: DecidedList;
  readonly id: string;
  readonly issueId: string;
  readonly code: string;
  /** How many of its list wait. */
  readonly waiting: number;
}

async function readDecisions(ledger: Ledger, clockId: string, now: IsoInstant, within: Prisma.Sql) {
  const listed = await ledger.$queryRaw<ListedDecision[]>`
    SELECT list, id, "issueId", code, waiting FROM (
      SELECT owed.*, (count(*) OVER of_list)::int AS waiting,
        row_number() OVER (of_list ORDER BY "dueOn", code, id) AS place
      FROM (
        SELECT CASE o.kind WHEN 'closureDecision' THEN 'closures' WHEN 'proposalDecision' THEN 'proposals'
            WHEN 'lookBack' THEN 'lookBacks' ELSE 'requests' END AS list, o.id, o."issueId", o."dueOn", i.code
        FROM "Obligation" o JOIN "Issue" i ON i.id = o."issueId" JOIN "Round" r ON r.id = i."roundId"
        -- The kinds of the index Obligation_decisions.
        WHERE o."closedAt" IS NULL AND o.kind IN ('closureDecision', 'proposalDecision', 'lookBack', 'extensionDecision',
            'disputeDecision', 'suspensionReview', 'evidenceReview', 'itemRecheck')
          AND r."clockId" = ${clockId} AND ${within}) owed
      WINDOW of_list AS (PARTITION BY list)) ranked
    WHERE place <= ${listedAtMost}::int ORDER BY place`;
  const ids = [...new Set(listed.map(({ issueId }) => issueId))];
  const [issues, hours] = await Promise.all([
    ledger.issue.findMany({
      where: { id: { in: ids } },
      select: { id: true, title: true, ...unitFields, progress: true },
    }),
    loadIssueHours(ledger, ids),
  ]);
  const byId = new Map(issues.map((issue) => [issue.id, issue]));
  const today = dayOf(now);
  const decisions = (list: DecidedList, tell: Telling): Duty[] =>
    listed
      .filter((one) => one.list === list)
      .flatMap(({ id, issueId, code }) => {
        const [issue, calendar] = [byId.get(issueId), hours.get(issueId)?.calendar];
        const progress = issue?.progress as IssueProgress | null | undefined;
        const obligation = progress?.obligations.find((one) => one.id === id);
        if (!issue || !calendar || !progress || !obligation) return [];
        const { dueOn, proposalId } = obligation;
        return {
          ...{ issueId, code, title: issue.title, ...tell(issue, progress, obligation), dueOn },
          workdaysLeft: workdaysBetween(calendar, today, dueOn),
          isOverdue: dueOn < today ? 'yes' : 'no',
          ...(proposalId !== undefined && { proposalId }),
        };
      });
  const counts = (list: DecidedList) => listed.find((one) => one.list === list)?.waiting ?? 0;
  return { decisions, counts };
}

/** What helps to decide on a closure. */
export const closure: Telling = ({ title, unit }, { measures, closure: proposed, returnedAt }) => {
  const evidence = measures.reduce((sum, measure) => sum + measure.evidence.length, 0);
  const own = measures.length === 1 && measures[0]?.number === 0;
  return {
    what: title,
    bits: [
      unit,
      `${own ? '' : `措施${String(measures.length)}条，`}佐证${String(evidence)}份`,
      proposed ? `${shortDayWords(dayOf(proposed.proposedAt))}申请` : '',
      returnedAt ? `${shortDayWords(dayOf(returnedAt))}退回过` : '',
    ].filter((bit) => bit !== ''),
  };
};

/** What helps to decide on a proposal. */
export const proposal: Telling = (issue, { proposals }, { proposalId }) => {
  const { title } = issue;
  const raised = proposals.find(({ id }) => id === proposalId);
  const unit = unitOf(issue, raised && obligationIdParts(raised.obligationId)?.measure);
  return {
    what: `是否约谈${unit === '' ? '责任人' : unit}`,
    bits: [
      title,
      raised
        ? `${obligationOf(raised.obligationId)}逾期未交，${shortDayWords(dayOf(raised.raisedAt))}提请`
        : '按规则提请',
    ],
  };
};

/** What is asked, and what helps to answer it. */
const request: Telling = ({ title, unit }, { extension, dispute }, { kind, measure }) => ({
  what: `${dutyWords(kind, measure)}：${title}`,
  bits: [
    unit,
    kind === 'extensionDecision' && extension
      ? `${shortDayWords(dayOf(extension.requestedAt))}申请延至${dayWords(extension.until)}`
      : '',
    kind === 'disputeDecision' && dispute ? `${shortDayWords(dayOf(dispute.at))}提出异议` : '',
  ].filter((bit) => bit !== ''),
});

const lookBack: Telling = ({ title, unit }, { closed }) => ({
  what: title,
  bits: [unit, closed ? `${shortDayWords(dayOf(closed.at))}销号` : ''].filter((bit) => bit !== ''),
});

async function readUnreachable(ledger: Ledger, clockId: string): Promise<PersonDuty[]> {
  const people = await ledger.person.findMany({
    where: { scope: clockId, unreachable: { not: null } },
    select: {
      id: true,
      name: true,
      unit: true,
      email: true,
      unreachable: true,
      assignments: {
        where: { issue: { phase: { not: 'archived' } } },
        select: { issueId: true },
        distinct: ['issueId'],
      },
    },
    orderBy: { name: 'asc' },
  });
  return people.map(({ id, name, unit, email, unreachable, assignments }) => ({
    personId: id,
    name,
    unit,
    email,
    reason: unreachable ?? '',
    openIssues: assignments.length,
  }));
}
