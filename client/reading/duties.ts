import { compared } from '../../workflows/rules/compared.ts';
import type { Ledger } from '../../prisma/client.ts';
import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import type { Obligation } from '../../workflows/rules/events.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import { obligationIdParts } from '../../workflows/rules/obligation-ids.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import { type PrintReading, readPrints } from '../prints/read-prints.ts';
import { storedIssue } from './stored.ts';
import { readUnverified, type UnverifiedAnswer } from './unverified.ts';
import { unitFields, unitOf, type WithUnits } from './units.ts';
import { obligationOf, shortDayWords } from './words.ts';

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
  readonly lookBacks: readonly Duty[];
  readonly unverified: readonly UnverifiedAnswer[];
  readonly unreachable: readonly PersonDuty[];
  /** Pages to be printed and brought to people without mail (待打印送达). */
  readonly prints: readonly PrintReading[];
}

interface DutyIssue extends WithUnits {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly terms: unknown;
  readonly progress: unknown;
}

/** Reads all six kinds; decisions first due stand first, those of one day by their codes. */
export async function readDuties(ledger: Ledger, clockId: string, now: IsoInstant): Promise<Duties> {
  const [issues, unverified, unreachable, prints] = await Promise.all([
    ledger.issue.findMany({
      where: {
        round: { clockId },
        obligations: { some: { closedAt: null, kind: { in: ['closureDecision', 'proposalDecision', 'lookBack'] } } },
      },
      select: { id: true, code: true, title: true, ...unitFields, terms: true, progress: true },
    }),
    readUnverified(ledger, clockId),
    readUnreachable(ledger, clockId),
    readPrints(ledger, { clockId, today: dayOf(now) }),
  ]);
  const duties = (kind: Obligation['kind'], tell: Telling) =>
    issues
      .flatMap((issue) => dutiesOf(issue, kind, now, tell))
      .sort((one, other) => compared(one.dueOn, other.dueOn) || compared(one.code, other.code));
  return {
    closures: duties('closureDecision', closure),
    proposals: duties('proposalDecision', proposal),
    lookBacks: duties('lookBack', lookBack),
    unverified,
    unreachable,
    prints,
  };
}

type Telling = (issue: DutyIssue, progress: IssueProgress, obligation: Obligation) => Pick<Duty, 'what' | 'bits'>;

function dutiesOf(issue: DutyIssue, kind: Obligation['kind'], now: IsoInstant, tell: Telling): Duty[] {
  const stored = storedIssue(issue);
  if (stored === undefined) return [];
  const { terms, progress } = stored;
  const today = dayOf(now);
  return progress.obligations
    .filter((obligation) => obligation.kind === kind)
    .map((obligation) => ({
      issueId: issue.id,
      code: issue.code,
      title: issue.title,
      ...tell(issue, progress, obligation),
      dueOn: obligation.dueOn,
      workdaysLeft: workdaysBetween(terms.calendar, today, obligation.dueOn),
      isOverdue: obligation.dueOn < today ? 'yes' : 'no',
      ...(obligation.proposalId !== undefined && { proposalId: obligation.proposalId }),
    }));
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
