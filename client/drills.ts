import { createHash } from 'node:crypto';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Ledger } from '../prisma/client.ts';
import { mainTaskQueue, workflowIds } from '../workflows/ids.ts';
import { nextWorkday } from '../workflows/rules/calendar.ts';
import { addDays, addMonths, at, type IsoDate, type IsoInstant, startOfDay } from '../workflows/rules/instants.ts';
import { bundledCalendar } from '../workflows/rules/state-council-2018-2026.ts';
import type { Mechanism } from './mechanism/mechanism.ts';
import type { NoticeReading } from './notice-import/notice-reading.ts';
import { MisuseError } from './misuse-error.ts';
import type { StaffKind } from './practice/habits.ts';
import { ensurePostOffice } from './post-office.ts';
import { planOpeningActs } from './practice/opening-acts.ts';
import { RefusedError } from './refused-error.ts';
import type { Rounds } from './rounds.ts';
import { createRound } from './rounds/create-round.ts';
import { type DrillProgress, type DrillResult, drillProgress, drillResult } from './rounds/drill-result.ts';
import { drillRows } from './rounds/drill-rows.ts';

export interface DrillRequest {
  readonly reading: NoticeReading;
  readonly mechanism?: Mechanism | undefined;
  readonly fileName: string;
  /** Of the notice, lower-case hexadecimal. */
  readonly sha256: string;
  readonly staff: StaffKind;
  /** The same seed, notice and staff give the same drill; in one ledger, the second of them another one. */
  readonly seed?: string | undefined;
  /** Real seconds for each day; 0 goes as fast as the work is done. */
  readonly secondsPerDay: number;
  /** Ends it after so many days at the latest; by default two and a half years, or a year after the last deadline. */
  readonly lastDays?: number | undefined;
}

interface DrillsDependencies {
  readonly ledger: Ledger;
  readonly temporal: Client;
  readonly rounds: Rounds;
  readonly acceptedFile?: string | undefined;
}

const lastMonths = 30;
/** Closure, look-back and a second cycle after the last deadline. */
const monthsAfterDeadline = 12;
const startsAt = '08:00';

/** Drills (演练): a round on a clock of its own, staffed by practice people who answer real mails. */
export class Drills {
  readonly #ledger: Ledger;
  readonly #temporal: Client;
  readonly #rounds: Rounds;
  readonly #acceptedFile: string | undefined;

  /** @param acceptedFile what the practice mailbox accepted; results are checked against it */
  constructor({ ledger, temporal, rounds, acceptedFile }: DrillsDependencies) {
    this.#ledger = ledger;
    this.#temporal = temporal;
    this.#rounds = rounds;
    this.#acceptedFile = acceptedFile;
  }

  /**
   * Makes a round of the notice, staffs it, launches it and starts its conductor. Returns when it is under way; a
   * process that dies in between is made up for by `resume`.
   *
   * @throws RefusedError `NoIssues`
   * @throws MisuseError when pace or length are no numbers of that kind
   */
  async start(request: DrillRequest): Promise<{ drillId: string; roundId: string }> {
    const { staff, secondsPerDay, seed = '1', lastDays } = request;
    if (!(secondsPerDay >= 0 && secondsPerDay <= 86_400)) throw new MisuseError('每天的秒数应在 0 到 86400 之间');
    if (lastDays !== undefined && !(lastDays >= 1)) throw new MisuseError('演练的天数应不小于 1');
    const drillId = await this.#freeId(seed, request);
    const startDay = firstDayOf(request.reading);
    const now = at(startDay, startsAt);
    await createRound(
      this.#ledger,
      {
        ...request,
        roundId: drillId,
        clock: drillId,
        name: `${request.reading.round.bodyName ?? request.fileName.replace(/\.[^.]*$/u, '')}巡察整改（演练）`,
        feedbackOn: request.reading.round.feedbackOn ?? startDay,
      },
      (issues) => {
        const lastDeadline = issues.map(({ firstDeadline }) => firstDeadline).reduce(later, startDay);
        const longest = later(addMonths(startDay, lastMonths), addMonths(lastDeadline, monthsAfterDeadline));
        const endsBy = startOfDay(lastDays === undefined ? longest : addDays(startDay, Math.ceil(lastDays)));
        return drillRows(this.#ledger, { drillId, seed, staff, secondsPerDay, now, endsBy, issues });
      },
    );
    await this.#setGoing({ drillId, secondsPerDay, now });
    return { drillId, roundId: drillId };
  }

  /** Takes up again what was under way, or about to be, when the last process ended. Safe at every start. */
  async resume(): Promise<void> {
    const drills = await this.#ledger.drill.findMany({ where: { endedAt: null } });
    for (const { id, secondsPerDay, now } of drills) {
      await this.#setGoing({ drillId: id, secondsPerDay, now: now.toISOString() });
    }
  }

  /** How far the drill is. @throws RefusedError `UnknownDrill` */
  async progress(drillId: string): Promise<DrillProgress> {
    return drillProgress(this.#ledger, drillId);
  }

  /**
   * What came of an ended drill (design.md section 11), or stands so far, checked against what the mailbox accepted.
   *
   * @throws RefusedError `UnknownDrill`
   */
  async result(drillId: string): Promise<DrillResult> {
    if (this.#acceptedFile === undefined)
      throw new Error('a result needs the mailbox’s accepted mails to be checked against');
    return drillResult(this.#ledger, drillId, this.#acceptedFile);
  }

  /** Waits until the drill has ended. @throws RefusedError `UnknownDrill`, and whatever its conductor failed with */
  async whenEnded(drillId: string): Promise<void> {
    const drill = await this.#ledger.drill.findUnique({ where: { id: drillId }, select: { endedAt: true } });
    if (!drill) throw new RefusedError('UnknownDrill', '没有这次演练');
    if (drill.endedAt === null) await this.#temporal.workflow.getHandle(workflowIds.conductor(drillId)).result();
  }

  /** In this order, since the conductor knocks at the round's and the post-office's doors. Each step is done once. */
  async #setGoing({ drillId, secondsPerDay, now }: { drillId: string; secondsPerDay: number; now: IsoInstant }) {
    const { state } = await this.#ledger.round.findUniqueOrThrow({ where: { id: drillId }, select: { state: true } });
    if (state === 'draft') await this.#rounds.launch(drillId);
    await planOpeningActs(this.#ledger, drillId);
    await ensurePostOffice(this.#temporal, { kind: 'drill', drillId }, now);
    try {
      await this.#temporal.workflow.start('conductDrill', {
        workflowId: workflowIds.conductor(drillId),
        taskQueue: mainTaskQueue,
        args: [{ drillId, secondsPerDay }],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: '演练',
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }

  async #freeId(seed: string, { sha256, staff }: DrillRequest): Promise<string> {
    const before = await this.#ledger.drill.count({ where: { seed, staff, round: { noticeSha256: sha256 } } });
    const hash = createHash('sha256').update(JSON.stringify([seed, sha256, staff, before]));
    return `d${hash.digest('hex').slice(0, 10)}`;
  }
}

/** The first workday on or after the feedback; without one, of the year before the notice was signed. */
function firstDayOf({ round: { feedbackOn, signedOn } }: NoticeReading): IsoDate {
  const usual = signedOn === null ? '2024-03-01' : `${String(Number(signedOn.slice(0, 4)) - 1)}-01-01`;
  return nextWorkday(bundledCalendar, feedbackOn ?? usual);
}

function later(one: IsoDate, other: IsoDate): IsoDate {
  return one > other ? one : other;
}
