import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Ledger } from '../../prisma/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import { fromIsoDate, toIsoDate } from '../../prisma/days.ts';
import { mainTaskQueue, workflowIds } from '../../workflows/ids.ts';
import { type Calendar, carriedCalendar } from '../../workflows/rules/calendar.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import { lateDutiesDueOn } from '../../workflows/rules/round/duties.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { ClockKind, RoundTerms } from '../../workflows/rules/terms.ts';
import { ensurePostOffice } from '../post-office.ts';
import { RefusedError } from '../refused-error.ts';
import { bodiesWithIssues } from './bodies-with-issues.ts';
import { type Missing, missingForLaunch } from './missing-for-launch.ts';
import { concentratedEnd } from './round-draft.ts';

/** A launch that was refused, with everything that is missing. */
export class LaunchRefused extends RefusedError {
  readonly missing: readonly Missing[];

  constructor(missing: readonly Missing[]) {
    super('NotReady', ['还不能交办：', ...missing.map(({ message }) => message)].join('\n'));
    this.missing = missing;
  }
}

const withBodies = {
  policies: true,
  bodies: { select: { id: true, name: true }, orderBy: { id: 'asc' } },
  issues: { select: { bodyId: true } },
} as const;

/** Hundreds of workflows start within seconds; this long means that no worker runs. */
const launchedWithinMs = 10 * 60_000;

export interface LaunchOptions {
  /** `now`: the assignments leave at once, whatever the hour. */
  readonly firstMail?: 'inHours' | 'now';
}

/**
 * Launches a round (交办): from now on every issue is followed. Returns when each issue's first duties stand in the
 * ledger. A second launch changes nothing.
 *
 * @throws RefusedError `UnknownRound`, `Ended`
 * @throws LaunchRefused with everything that is missing
 */
export async function launch(
  { ledger, temporal }: { ledger: Ledger; temporal: Client },
  roundId: string,
  { firstMail = 'inHours' }: LaunchOptions = {},
): Promise<void> {
  const round = await ledger.round.findUnique({ where: { id: roundId }, include: withBodies });
  if (!round) throw new RefusedError('UnknownRound', '没有这个轮次');
  if (round.state === 'ended') throw new RefusedError('Ended', '这个轮次已经结束');
  if (round.state === 'launched') return;
  const missing = await missingForLaunch(ledger, roundId);
  if (missing.length > 0 || round.feedbackOn === null) throw new LaunchRefused(missing);

  const policy = round.policies.find(({ version }) => version === round.policyVersion)?.body as unknown as Policy;
  const concentratedEndsOn = concentratedEnd(toIsoDate(round.feedbackOn), policy);
  const clock: ClockKind = round.clockId === 'real' ? { kind: 'real' } : { kind: 'drill', drillId: round.clockId };
  const launchedAt = await businessNow(ledger, round.clockId);
  const feedbackOn = toIsoDate(round.feedbackOn);
  const calendar = await calendarOf(ledger, round.calendarVersion, launchedAt);
  await ledger.round.update({
    where: { id: roundId },
    data: { firstMail, concentratedEndsOn: fromIsoDate(concentratedEndsOn) },
    select: { id: true },
  });
  await ensurePostOffice(temporal, clock, launchedAt);
  await startRound(temporal, {
    ...{ roundId, concentratedEndsOn, clock, launchedAt, feedbackOn, policy, calendar },
    lateDutiesDueOn: lateDutiesDueOn(calendar, launchedAt),
    ...bodiesWithIssues(round.bodies, round.issues),
  });
  await launched(ledger, roundId);
}

/** The slice of the calendar that the round carries, as its issues do. */
async function calendarOf(ledger: Ledger, version: number, launchedAt: IsoInstant): Promise<Calendar> {
  const { body } = await ledger.calendarVersion.findUniqueOrThrow({ where: { version } });
  const day = dayOf(launchedAt);
  return carriedCalendar(body as unknown as Calendar, day);
}

async function startRound(temporal: Client, terms: RoundTerms): Promise<void> {
  try {
    await temporal.workflow.start('keepRound', {
      workflowId: workflowIds.round(terms.roundId),
      taskQueue: mainTaskQueue,
      args: [terms],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      workflowIdConflictPolicy: 'USE_EXISTING',
      searchAttributes: { RoundId: [terms.roundId] },
      staticSummary: '整改轮次',
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** The round's workflow says so in the ledger, once every issue has written its first step down. */
async function launched(ledger: Ledger, roundId: string): Promise<void> {
  const giveUpAt = Date.now() + launchedWithinMs;
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 500)) {
    const { launchedAt } = await ledger.round.findUniqueOrThrow({
      where: { id: roundId },
      select: { launchedAt: true },
    });
    const waiting = await ledger.issue.count({ where: { roundId, sequence: 0 } });
    if (launchedAt !== null && waiting === 0) return;
    if (Date.now() > giveUpAt) throw new Error(`round ${roundId} has not been launched: is a worker running?`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
