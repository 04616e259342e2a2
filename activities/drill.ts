import { ApplicationFailure } from '@temporalio/common';
import type { Ledger } from '../prisma/client.ts';
import { earliest, type IsoInstant } from '../workflows/rules/instants.ts';
import { endedPhases, type IssueProgress } from '../workflows/rules/progress.ts';
import { inParallel } from './in-parallel.ts';
import type { DrillActivities } from './index.ts';

/** Where the conductor knocks: each returns when all that the moment caused there is recorded. */
export interface DrillDoors {
  openIssue(issueId: string, moment: IsoInstant): Promise<void>;
  openRound(roundId: string, moment: IsoInstant): Promise<void>;
  openPostOffice(drillId: string, moment: IsoInstant): Promise<void>;
  /** Does what a practice person has decided to do; doing it again changes nothing. */
  performAnswer(answerId: string): Promise<void>;
}

interface DrillDependencies {
  readonly ledger: Ledger;
  readonly doors: DrillDoors;
  readonly heartbeat: () => void;
}

const doorsAtOnce = 16;
const heartbeatEveryMs = 2_000;
/** Mail, answer, acknowledgement, what it causes: a moment takes a few passes. */
const passesAtMost = 200;

export function createDrillActivities({ ledger, doors, heartbeat }: DrillDependencies): DrillActivities {
  return {
    /**
     * Opens the next moment of a drill at which anything is due and returns when its steps, sendings and answers are
     * recorded. Running again after a crash takes the same moment up where it was left.
     *
     * @throws ApplicationFailure `UnknownDrill` when the ledger has no such drill
     */
    async openNextMoment({ drillId }) {
      const beating = setInterval(heartbeat, heartbeatEveryMs);
      try {
        return await openNext(drillId);
      } finally {
        clearInterval(beating);
      }
    },
  };

  async function openNext(drillId: string): Promise<{ openedAt: IsoInstant; nextAt: IsoInstant | null }> {
    const drill = await ledger.drill.findUnique({ where: { id: drillId } });
    if (!drill) throw ApplicationFailure.retryable(`the ledger has no drill ${drillId}`, 'UnknownDrill');
    const { roundId } = drill;
    const before = drill.now.toISOString();
    const moment = latestOf(before, (await nextDueAt(ledger, drillId, roundId)) ?? before);
    if (drill.endedAt !== null) return { openedAt: before, nextAt: null };
    if (moment > drill.endsBy.toISOString()) return end(ledger, drillId, before);
    // An attempt believed dead may still be at it: it never sets the time back.
    await ledger.drill.updateMany({ where: { id: drillId, now: { lt: moment } }, data: { now: moment } });
    for (let pass = 1; (await openAll(ledger, doors, { drillId, roundId, moment })) > 0; pass += 1) {
      if (pass > passesAtMost) throw new Error(`drill ${drillId}: the moment ${moment} does not come to an end`);
    }
    const nextAt = await nextDueAt(ledger, drillId, roundId);
    if (nextAt === undefined || (await isSettled(ledger, drillId, roundId))) return end(ledger, drillId, moment);
    return { openedAt: moment, nextAt };
  }
}

interface Moment {
  readonly drillId: string;
  readonly roundId: string;
  readonly moment: IsoInstant;
}

/** Opens everything that is due now, in the order in which it would happen; says how much that was. */
async function openAll(ledger: Ledger, doors: DrillDoors, at: Moment): Promise<number> {
  const { drillId, roundId, moment } = at;
  const due = { lte: moment };

  const rounds = await ledger.round.findMany({ where: { id: roundId, lookAgainAt: due }, select: { id: true } });
  await inParallel(1, rounds, ({ id }) => doors.openRound(id, moment));
  const issues = await ledger.issue.findMany({ where: { roundId, lookAgainAt: due }, select: { id: true } });
  await inParallel(doorsAtOnce, issues, ({ id }) => doors.openIssue(id, moment));
  const { due: rows } = await linesUnderWay(ledger, drillId, moment);
  const mails = await ledger.mail.count({ where: { clockId: drillId, state: { in: ['prepared', 'handedOver'] } } });
  if (rows + mails > 0) await doors.openPostOffice(drillId, moment);
  const answers = await ledger.practiceAnswer.findMany({
    where: { drillId, doneAt: null, answerAt: due },
    orderBy: [{ answerAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  await inParallel(doorsAtOnce / 2, answers, ({ id }) => doors.performAnswer(id));
  return rounds.length + issues.length + rows + mails + answers.length;
}

async function nextDueAt(ledger: Ledger, drillId: string, roundId: string): Promise<IsoInstant | undefined> {
  const [issue, round, lines, answer] = await Promise.all([
    ledger.issue.aggregate({ where: { roundId }, _min: { lookAgainAt: true } }),
    ledger.round.findUnique({ where: { id: roundId }, select: { lookAgainAt: true } }),
    linesUnderWay(ledger, drillId),
    ledger.practiceAnswer.aggregate({ where: { drillId, doneAt: null }, _min: { answerAt: true } }),
  ]);
  const moments = [issue._min.lookAgainAt, round?.lookAgainAt, lines.nextAt, answer._min.answerAt];
  return earliest(...moments.map((moment) => moment?.toISOString()));
}

/** The lines that the post-office still has to see to. A page that waits to be brought holds up no time. */
async function linesUnderWay(
  ledger: Ledger,
  drillId: string,
  moment?: IsoInstant,
): Promise<{ readonly all: number; readonly due: number; readonly nextAt: Date | null }> {
  const [lines] = await ledger.$queryRaw<{ all: number; due: number; nextAt: Date | null }[]>`
    SELECT count(*)::int AS "all", min(r."earliestAt") AS "nextAt",
      (count(*) FILTER (WHERE r."earliestAt" <= ${moment ?? null}::timestamptz))::int AS due
    FROM "OutboxRow" r
    WHERE r."clockId" = ${drillId} AND r.waits AND (r.state = 'planned' OR r.state = 'claimed' AND jsonb_array_length(r.recipients) >
      (SELECT count(*) FROM "Delivery" d JOIN "Mail" m ON m.id = d."mailId"
        WHERE d."rowKey" = r.key AND m.state = 'toPrint'))`;
  return lines!;
}

/**
 * A drill is over when every issue has ended, or has answered its first attestation and owes nothing; the mails and
 * answers under way come first.
 */
async function isSettled(ledger: Ledger, drillId: string, roundId: string): Promise<boolean> {
  const open = await ledger.issue.findMany({
    where: { roundId, phase: { notIn: [...endedPhases] } },
    select: { phase: true, progress: true },
  });
  const isKeptUp = ({ phase, progress }: (typeof open)[number]) => {
    const { opened, obligations } = progress as unknown as IssueProgress;
    return phase === 'longTerm' && (opened['attestation'] ?? 0) > 0 && obligations.length === 0;
  };
  if (!open.every(isKeptUp)) return false;
  const answers = await ledger.practiceAnswer.count({ where: { drillId, doneAt: null } });
  const { all } = await linesUnderWay(ledger, drillId);
  return answers + all === 0;
}

async function end(
  ledger: Ledger,
  drillId: string,
  openedAt: IsoInstant,
): Promise<{ openedAt: IsoInstant; nextAt: null }> {
  await ledger.drill.updateMany({ where: { id: drillId, endedAt: null }, data: { endedAt: new Date() } });
  return { openedAt, nextAt: null };
}

function latestOf(one: IsoInstant, other: IsoInstant): IsoInstant {
  return one > other ? one : other;
}
