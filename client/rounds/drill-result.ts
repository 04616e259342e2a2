import type { Ledger } from '../../prisma/client.ts';
import { dayOf, daysBetween, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { IssuePhase } from '../../workflows/rules/events.ts';
import { checkDrill } from '../drill-check/check-drill.ts';
import { RefusedError } from '../refused-error.ts';
import { type DrillStructure, drillStructure } from './drill-structure.ts';

/** How far a drill is. */
export interface DrillProgress {
  readonly drillId: string;
  readonly roundId: string;
  readonly round: string;
  readonly state: 'running' | 'ended';
  /** The moment its conductor has opened. */
  readonly now: IsoInstant;
  readonly today: IsoDate;
  /** Days since its launch. */
  readonly days: number;
  readonly issues: number;
  readonly phases: Readonly<Partial<Record<IssuePhase, number>>>;
  readonly mails: number;
  readonly replies: number;
}

/** What came of a drill (design.md section 11). */
export interface DrillResult {
  readonly round: string;
  readonly issues: number;
  readonly archived: number;
  readonly longTerm: number;
  /** The highest cycle that any issue reached. */
  readonly cycles: number;
  readonly days: number;
  readonly mails: number;
  readonly replies: number;
  /** Lines of the ladder's upper rungs that were sent. */
  readonly escalations: number;
  /** What the rules proposed to the office (提请决定). */
  readonly proposals: number;
  readonly lost: number;
  readonly doubled: number;
  readonly unowed: number;
  readonly uncertain: number;
  /** Real seconds from its start to its end, or until now. */
  readonly seconds: number;
  readonly structure: DrillStructure;
}

/** @throws RefusedError `UnknownDrill` */
export async function drillProgress(ledger: Ledger, drillId: string): Promise<DrillProgress> {
  const drill = await drillOf(ledger, drillId);
  const { roundId } = drill;
  const [phases, mails, replies] = await Promise.all([
    ledger.issue.groupBy({ by: ['phase'], where: { roundId }, _count: true }),
    ledger.mail.count({ where: { clockId: drillId, state: 'accepted' } }),
    ledger.incomingMail.count({ where: { clockId: drillId, mailId: { not: null } } }),
  ]);
  const now = drill.now.toISOString();
  return {
    drillId,
    roundId,
    round: drill.round.name,
    state: drill.endedAt === null ? 'running' : 'ended',
    now,
    today: dayOf(now),
    days: drill.round.launchedAt ? daysBetween(dayOf(drill.round.launchedAt.toISOString()), dayOf(now)) : 0,
    issues: phases.reduce((sum, { _count }) => sum + _count, 0),
    phases: Object.fromEntries(phases.map(({ phase, _count }) => [phase, _count])),
    mails,
    replies,
  };
}

/** @throws RefusedError `UnknownDrill` */
export async function drillResult(ledger: Ledger, drillId: string, acceptedFile: string): Promise<DrillResult> {
  const drill = await drillOf(ledger, drillId);
  const { roundId } = drill;
  const [progress, cycles, escalations, proposals, check, structure] = await Promise.all([
    drillProgress(ledger, drillId),
    ledger.issue.aggregate({ where: { roundId }, _max: { cycle: true } }),
    ledger.outboxRow.count({ where: { clockId: drillId, state: 'sent', letter: 'escalation' } }),
    ledger.issueEvent.count({ where: { issue: { roundId }, type: 'proposalRaised' } }),
    checkDrill({ ledger, drillId, acceptedFile }),
    drillStructure(ledger, roundId),
  ]);
  return {
    round: drill.round.name,
    issues: progress.issues,
    archived: progress.phases.archived ?? 0,
    longTerm: progress.phases.longTerm ?? 0,
    cycles: cycles._max.cycle ?? 1,
    days: progress.days,
    mails: progress.mails,
    replies: progress.replies,
    escalations,
    proposals,
    lost: check.lost,
    doubled: check.doubled,
    unowed: check.unowed,
    uncertain: check.uncertain,
    seconds: Math.round(((drill.endedAt ?? new Date()).getTime() - drill.startedAt.getTime()) / 100) / 10,
    structure,
  };
}

async function drillOf(ledger: Ledger, drillId: string) {
  const drill = await ledger.drill.findUnique({
    where: { id: drillId },
    include: { round: { select: { name: true, launchedAt: true } } },
  });
  if (!drill) throw new RefusedError('UnknownDrill', '没有这次演练');
  return drill;
}
