import { type WorkflowHandle } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { LedgerActivities, RoundActivities } from '../../activities/index.ts';
import { bundledWorkflows } from '../../worker/bundle.ts';
import { temporalProgram } from '../../worker/embedded/programs.ts';
import type { SaidAt } from '../../workflows/messages.ts';
import { dutyReported, roundStatus } from '../../workflows/round-messages.ts';
import type { keepRound } from '../../workflows/round.ts';
import { sliceOf } from '../../workflows/rules/calendar.ts';
import { addMonths, dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { PolicyDuty } from '../../workflows/rules/policy.ts';
import { lateDutiesDueOn } from '../../workflows/rules/round/duties.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import type { RoundTerms } from '../../workflows/rules/terms.ts';
import { roundTerms } from '../support/round-terms.ts';

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF', forward: {} } } });

interface Launch {
  readonly fedBackMonthsAgo?: number;
  readonly bodies?: RoundTerms['bodies'];
}

/** The time-skipping server with one worker and no ledger: where a workflow's life is played for its history alone. */
export class LifeServer {
  readonly environment: TestWorkflowEnvironment;
  readonly taskQueue = 'lives';
  /** How many issues the round under way has that are not settled. */
  unsettled = 3;
  #requests = 0;

  private constructor(environment: TestWorkflowEnvironment) {
    this.environment = environment;
  }

  static async start(): Promise<LifeServer> {
    const executable = { type: 'existing-path' as const, path: temporalProgram('temporal-test-server') };
    const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
    const [int, keyword] = [3, 2];
    await environment.connection.operatorService.addSearchAttributes({
      namespace: environment.namespace ?? 'default',
      searchAttributes: { RoundId: keyword, Phase: keyword, Cycle: int },
    });
    return new LifeServer(environment);
  }

  /** Works until it is done. */
  async works(until: () => Promise<void>): Promise<void> {
    const activities: LedgerActivities & RoundActivities = {
      writeDown: () => Promise.resolve(),
      writeRoundDown: () => Promise.resolve(),
      launchIssues: () => Promise.resolve(),
      roundStanding: () => Promise.resolve({ unsettled: this.unsettled }),
    };
    const { taskQueue, environment } = this;
    const workflowBundle = await bundledWorkflows();
    const worker = await Worker.create({ connection: environment.nativeConnection, taskQueue, workflowBundle, activities });
    await worker.runUntil(until);
  }

  /** A round of three months from the feedback that is launched now. */
  async round(roundId: string, duties: readonly PolicyDuty[], launch: Launch = {}): Promise<PlayedLife> {
    const { fedBackMonthsAgo = 0, bodies } = launch;
    const launchedAt = await this.now();
    const feedbackOn = addMonths(dayOf(launchedAt), -fedBackMonthsAgo);
    const calendar = calendarFrom(feedbackOn);
    const terms = roundTerms(duties, {
      ...{ roundId, launchedAt, feedbackOn, calendar, concentratedEndsOn: addMonths(feedbackOn, 3) },
      lateDutiesDueOn: lateDutiesDueOn(calendar, launchedAt),
      ...(bodies && { bodies }),
    });
    const { taskQueue } = this;
    const started = { workflowId: `round/${roundId}`, taskQueue, args: [terms] as [RoundTerms] };
    const handle = await this.environment.client.workflow.start<typeof keepRound>('keepRound', started);
    await this.environment.sleep('1h'); // its issues are launched first
    return new PlayedLife(this, handle);
  }

  async said(by: string): Promise<SaidAt> {
    this.#requests += 1;
    return { requestId: `request-${String(this.#requests)}`, by, source: 'page', at: await this.now() };
  }

  async now(): Promise<IsoInstant> {
    return new Date(await this.environment.currentTimeMs()).toISOString();
  }
}

/** A round under way on such a server. */
export class PlayedLife {
  readonly handle: WorkflowHandle<typeof keepRound>;
  readonly #server: LifeServer;

  constructor(server: LifeServer, handle: WorkflowHandle<typeof keepRound>) {
    this.#server = server;
    this.handle = handle;
  }

  /** @throws Error for what is not owed, which would be recorded and meet nothing */
  async reports(obligationId: string, by: string): Promise<void> {
    const { obligations } = (await this.handle.query(roundStatus)).progress;
    const open = obligations.map(({ id }) => id);
    if (!open.includes(obligationId)) throw new Error(`${obligationId} is not owed, but ${open.join(', ')}`);
    await this.handle.signal(dutyReported, { ...(await this.#server.said(by)), obligationId });
  }

  /** All of its issues are settled; it goes on until nothing is owed. */
  async ended(): Promise<WorkflowHandle> {
    this.#server.unsettled = 0;
    await this.handle.result();
    return this.handle;
  }
}

export function calendarFrom(day: IsoDate) {
  return sliceOf(bundledCalendar, addMonths(day, -1), addMonths(day, 24));
}
