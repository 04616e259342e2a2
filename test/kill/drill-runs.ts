import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Instance } from '../../client/commands/instance.ts';
import { RefusedError } from '../../client/refused-error.ts';
import type { DrillProgress } from '../../client/rounds/drill-result.ts';
import type { PlannedKill } from './kill-plan.ts';
import type { OwnInstance } from './own-instance.ts';

export interface DrillPlan {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly seed: string;
  readonly staff: string;
}

/** Says one line of progress. */
export type Say = (line: string) => void;

const looksEveryMs = 20;
const tellsEveryMs = 10_000;
/** Longer than any time-out by which a step whose worker died is given to the next. */
const standsStillAtMostMs = 240_000;

/** Starts the drill; its id follows from the plan. */
export async function startDrill(instance: Instance, { bytes, ...query }: DrillPlan): Promise<string> {
  const request = { query: { ...query, secondsPerDay: '0' }, bytes };
  const { drillId } = await instance.post<{ drillId: string }>(['drills'], request);
  return drillId;
}

/** Waits until the drill has ended. @throws Error when it stands still for four minutes, or the instance ends */
export async function untilEnded(own: OwnInstance, instance: Instance, drillId: string, say: Say): Promise<void> {
  let movedAt = Date.now();
  let toldAt = 0;
  let last = '';
  for (;;) {
    if (!own.isRunning) throw new Error(`the instance ended by itself: ${own.said.slice(-2_000)}`);
    const progress = await instance.get<DrillProgress>(['drills', drillId]);
    const now = `${progress.now} ${String(progress.mails)} ${String(progress.replies)} ${String(acceptedBytes(own))}`;
    if (now !== last) movedAt = Date.now();
    last = now;
    if (progress.state === 'ended') return;
    if (Date.now() - movedAt > standsStillAtMostMs) throw new Error(`the drill stands still at ${progress.now}`);
    if (Date.now() - toldAt > tellsEveryMs) {
      toldAt = Date.now();
      say(`  ${progress.today}  ${String(progress.mails)} mails, ${String(progress.replies)} replies`);
    }
    await pause(500);
  }
}

export interface KillsDone {
  readonly everything: number;
  readonly mainOnly: number;
  readonly recovering: number;
  /** Before the instance served again. */
  readonly beforeServing: number;
  /** From a kill to the next accepted mail, the longest. */
  readonly longestGapSeconds: number;
}

/**
 * Plays a drill and kills its instance as planned, each time starting it again on the same folder; returns with the
 * instance serving, the drill under way or ended. Kills for which the drill has no moment left are not done.
 *
 * @param acceptedBytesInTheEnd how large the mailbox's file became when nothing disturbed the same drill
 */
export async function playWithKills(
  own: OwnInstance,
  plan: DrillPlan,
  { drillId, kills, acceptedBytesInTheEnd, say }: KillsRequest,
): Promise<{ instance: Instance; done: KillsDone }> {
  const done = { everything: 0, mainOnly: 0, recovering: 0, beforeServing: 0, longestGapSeconds: 0 };
  let gap: { since: number; size: number } | undefined;
  const measureGap = () => {
    if (gap === undefined || acceptedBytes(own) === gap.size) return;
    done.longestGapSeconds = Math.max(done.longestGapSeconds, Math.round((Date.now() - gap.since) / 100) / 10);
    gap = undefined;
  };
  let going = await startAndResume(own, plan, drillId);
  for (const [index, planned] of kills.entries()) {
    const isReached = () =>
      planned.when === 'recovering' || acceptedBytes(own) >= planned.progress * acceptedBytesInTheEnd;
    while (!isReached()) {
      measureGap();
      going.requireWell();
      if (Date.now() - going.startedAt > standsStillAtMostMs * 2)
        throw new Error('the drill does not reach the next kill');
      await pause(looksEveryMs);
    }
    const since = planned.when === 'recovering' ? going.startedAt : Date.now();
    await pause(Math.max(0, since + planned.afterMs - Date.now()));
    measureGap();
    const size = acceptedBytes(own);
    const served = /已就绪：http/u.test(own.said);
    await going.abandon(() => (planned.extent === 'everything' ? own.killEverything() : own.killMainOnly()));
    gap ??= { since: Date.now(), size };
    done[planned.extent] += 1;
    if (planned.when === 'recovering') done.recovering += 1;
    if (!served) done.beforeServing += 1;
    say(
      `  kill ${String(index + 1)}/${String(kills.length)}: ${planned.extent}, ${planned.when}, ${String(Math.round((100 * size) / acceptedBytesInTheEnd))} % of the mail, ${String(Math.round((Date.now() - going.startedAt) / 100) / 10)} s after its start`,
    );
    going = await startAndResume(own, plan, drillId);
  }
  const instance = await going.underWay;
  return { instance, done };
}

interface KillsRequest {
  readonly drillId: string;
  readonly kills: readonly PlannedKill[];
  readonly acceptedBytesInTheEnd: number;
  readonly say: Say;
}

interface Going {
  readonly startedAt: number;
  /** The instance, when it serves and the drill is under way; rejects when it ends before. */
  readonly underWay: Promise<Instance>;
  /** @throws Error when it has ended by itself, or could not be set going */
  requireWell(): void;
  /** Kills it by the given means; what it was just asked then has no answer. */
  abandon(kill: () => Promise<number>): Promise<void>;
}

/** Starts the instance. The drill goes on by itself; only if the last kill was before it stood in the ledger, it is asked for again. */
async function startAndResume(own: OwnInstance, plan: DrillPlan, drillId: string): Promise<Going> {
  await own.start();
  const underWay = own.serving().then(async (instance) => {
    if (await isKnown(instance, drillId)) return instance;
    const started = await startDrill(instance, plan);
    if (started !== drillId) throw new Error(`the drill is called ${started}, not ${drillId}`);
    return instance;
  });
  let failure: Error | undefined;
  underWay.catch((error: Error) => (failure = error)); // a kill ends it without anybody who waits for it
  return {
    startedAt: Date.now(),
    underWay,
    requireWell() {
      if (failure !== undefined) throw failure;
      if (!own.isRunning) throw new Error(`the instance ended by itself: ${own.said.slice(-2_000)}`);
    },
    async abandon(kill) {
      await kill();
      await underWay.catch(() => undefined);
    },
  };
}

async function isKnown(instance: Instance, drillId: string): Promise<boolean> {
  try {
    await instance.get(['drills', drillId]);
    return true;
  } catch (error) {
    if (error instanceof RefusedError && error.code === 'UnknownDrill') return false;
    throw error;
  }
}

/** How large the mailbox's file is: how far the drill has come. */
export function acceptedBytes(own: OwnInstance): number {
  return statSync(own.acceptedFile, { throwIfNoEntry: false })?.size ?? 0;
}
