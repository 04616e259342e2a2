import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { LedgerActivities } from '../../activities/index.ts';
import { createLedgerActivities } from '../../activities/ledger.ts';
import { type Ledger, openLedger } from '../../prisma/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { bundledWorkflows } from '../../worker/bundle.ts';
import { temporalProgram } from '../../worker/embedded/programs.ts';
import { workflowIds } from '../../workflows/ids.ts';
import type { rectifyIssue } from '../../workflows/issue.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { IssueStep } from '../../workflows/rules/step.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { testDatabase } from './servers.ts';
import { timeSkippingEnvironment } from './time-skipping.ts';
import { ordinaryTerms } from './terms.ts';

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF', forward: {} } } });

type Workflows = Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath' | 'interceptors'>;

export type LaunchedIssue = WorkflowHandleWithFirstExecutionRunId<typeof rectifyIssue> & { issueId: string };

/** Temporal's time-skipping server, a real ledger, and one worker: where one issue's life is played. */
export class IssueWorld {
  readonly environment: TestWorkflowEnvironment;
  readonly ledger: Ledger;
  readonly taskQueue = `issues-${randomUUID()}`;
  readonly #drop: () => Promise<void>;
  #workflows: Workflows | undefined;
  #worker: { worker: Worker; running: Promise<void> } | undefined;

  private constructor(environment: TestWorkflowEnvironment, ledger: Ledger, drop: () => Promise<void>) {
    this.environment = environment;
    this.ledger = ledger;
    this.#drop = drop;
  }

  static async create(): Promise<IssueWorld> {
    return IssueWorld.#on(await timeSkippingEnvironment());
  }

  /** The same, where a history is found long after a few looks, so that a life of some length takes several runs. */
  static async createSkippingWithShortHistories(): Promise<IssueWorld> {
    const world = await IssueWorld.create();
    world.#workflows = {
      workflowsPath: join(import.meta.dirname, '../../workflows/index.ts'),
      interceptors: { workflowModules: [join(import.meta.dirname, 'short-histories.ts')] },
    };
    return world;
  }

  /** The same on a dev server of its own, in real time, which finds a history long after so many events. */
  static async createWithShortHistories(eventsAtMost: number): Promise<IssueWorld> {
    const executable = { type: 'existing-path' as const, path: temporalProgram('temporal') };
    const extraArgs = ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${String(eventsAtMost)}`];
    return IssueWorld.#on(await TestWorkflowEnvironment.createLocal({ server: { executable, extraArgs } }));
  }

  static async #on(environment: TestWorkflowEnvironment): Promise<IssueWorld> {
    await registerSearchAttributes(environment);
    const { url, drop } = await testDatabase();
    return new IssueWorld(environment, openLedger(url), drop);
  }

  get client(): Client {
    return this.environment.client;
  }

  /** Starts the worker; `change` may wrap the activities, to break them. */
  async startWorker(
    change: (activities: LedgerActivities) => LedgerActivities = (activities) => activities,
  ): Promise<void> {
    const worker = await Worker.create({
      connection: this.environment.nativeConnection,
      taskQueue: this.taskQueue,
      ...(this.#workflows ?? { workflowBundle: await bundledWorkflows() }),
      activities: change(createLedgerActivities({ ledger: this.ledger, rowsPlanned: async () => {} })),
      maxCachedWorkflows: 100,
    });
    this.#worker = { worker, running: worker.run() };
  }

  /** Writes a step down as the activity does, past the workflow. */
  async writeDown(step: IssueStep): Promise<void> {
    await createLedgerActivities({ ledger: this.ledger, rowsPlanned: async () => {} }).writeDown(step);
  }

  async stopWorker(): Promise<void> {
    this.#worker?.worker.shutdown();
    await this.#worker?.running;
    this.#worker = undefined;
  }

  /** Puts an issue with these terms into the ledger and starts its workflow, at the server's present time. */
  async launch(changes: Partial<IssueTerms> = {}): Promise<LaunchedIssue> {
    const { issueId = randomUUID(), roundId = randomUUID(), launchedAt = await this.now() } = changes;
    const terms = ordinaryTerms({ ...changes, issueId, roundId, launchedAt });
    await this.ledger.round.create({
      data: {
        id: roundId,
        name: '测试轮次',
        codePrefix: 'CS',
        issues: {
          create: {
            id: issueId,
            number: 1,
            code: 'CS-01',
            title: '问题一',
            text: '问题一',
            kind: terms.kind,
            firstDeadline: fromIsoDate(terms.deadline),
            terms: { ...terms } as unknown as Prisma.InputJsonObject,
            measures: {
              create: terms.measures
                .filter(({ number }) => number > 0)
                .map(({ number, deadline }) => ({
                  number,
                  text: `措施${String(number)}`,
                  deadline: fromIsoDate(deadline),
                })),
            },
          },
        },
      },
    });
    const handle = await this.client.workflow.start<typeof rectifyIssue>('rectifyIssue', {
      workflowId: workflowIds.issue(issueId),
      taskQueue: this.taskQueue,
      args: [terms],
      searchAttributes: { RoundId: [roundId] },
    });
    await this.until(async () => (await this.ledger.issue.findUniqueOrThrow({ where: { id: issueId } })).step > 0);
    return Object.assign(handle, { issueId });
  }

  async now(): Promise<IsoInstant> {
    return new Date(await this.environment.currentTimeMs()).toISOString();
  }

  async today(): Promise<string> {
    return dayOf(await this.now());
  }

  /** Lets the server skip to the moment, its timers on the way; past it, nothing happens. */
  async sleepUntil(moment: IsoInstant): Promise<void> {
    const wait = Date.parse(moment) - (await this.environment.currentTimeMs());
    if (wait > 0) await this.environment.sleep(wait);
  }

  /** Waits in real time for something that happens by itself within moments. */
  async until(holds: () => Promise<boolean>): Promise<void> {
    const giveUpAt = Date.now() + 20_000;
    while (!(await holds())) {
      if (Date.now() > giveUpAt) throw new Error('it did not happen within 20 seconds');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async types(issueId: string): Promise<string[]> {
    const events = await this.ledger.issueEvent.findMany({ where: { issueId }, orderBy: { sequence: 'asc' } });
    return events.map(({ type }) => type);
  }

  async close(): Promise<void> {
    await this.stopWorker();
    await this.ledger.$disconnect();
    await this.#drop();
    await this.environment.teardown();
  }
}

async function registerSearchAttributes(environment: TestWorkflowEnvironment): Promise<void> {
  const keyword = 2;
  const int = 3;
  await environment.connection.operatorService.addSearchAttributes({
    namespace: environment.namespace ?? 'default',
    searchAttributes: { RoundId: keyword, Phase: keyword, Cycle: int },
  });
}
