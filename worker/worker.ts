import { availableParallelism, freemem } from 'node:os';
import { Context } from '@temporalio/activity';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { DrillActivities, LedgerActivities, MailActivities, RoundActivities } from '../activities/index.ts';
import { mainTaskQueue } from '../workflows/ids.ts';
import { bundledWorkflows } from './bundle.ts';

export interface WorkersOptions {
  readonly address: string;
  readonly namespace: string;
  readonly activities: LedgerActivities & RoundActivities & DrillActivities;
  readonly mailActivities: MailActivities;
}

export interface Workers {
  /** Settles when the workers have ended; rejects when one fails. */
  readonly ended: Promise<void>;
  /** Lets what is under way end, within five seconds. A second call waits for the same end. */
  stop(): Promise<void>;
}

/** Known to cost about half a megabyte each (known from measuring 2,000 at a gigabyte); few are awake at once. */
const cachedWorkflowsAtMost = Math.max(100, Math.min(500, Math.floor(freemem() / 4_000_000)));

/**
 * The server hands out no more calls of the post-offices in a second, however many processes ask: a loop that goes wrong
 * floods no mail server. A drill at full speed makes a few. An operator may set less while it runs (manual, chapter 1).
 */
const mailCallsPerSecond = 50;

/** Starts the two workers: one for bookkeeping, one for mail, so that a slow mail server holds up no bookkeeping. */
export async function startWorkers({
  address,
  namespace,
  activities,
  mailActivities,
}: WorkersOptions): Promise<Workers> {
  const workflowBundle = await bundledWorkflows();
  const connection = await NativeConnection.connect({ address });
  const common = { connection, namespace, shutdownGraceTime: '1 second', shutdownForceTime: '5 seconds' } as const;
  const workers = await Promise.all([
    Worker.create({
      ...common,
      taskQueue: mainTaskQueue,
      workflowBundle,
      activities: interruptible(activities),
      maxCachedWorkflows: cachedWorkflowsAtMost,
      maxConcurrentActivityTaskExecutions: 20 * availableParallelism(),
      stickyQueueScheduleToStartTimeout: '5 seconds',
    }),
    Worker.create({
      ...common,
      taskQueue: 'mail',
      activities: interruptible(mailActivities),
      maxConcurrentActivityTaskExecutions: 4,
      maxTaskQueueActivitiesPerSecond: mailCallsPerSecond,
    }),
  ]);
  const ended = Promise.all(workers.map((worker) => worker.run())).then(() => connection.close());
  let stopping: Promise<void> | undefined;
  return {
    ended,
    stop: () => (stopping ??= stopAll(workers, ended)),
  };
}

async function stopAll(workers: readonly Worker[], ended: Promise<void>): Promise<void> {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  await ended;
}

/**
 * The same activities, which give up when their worker ends: what they had begun runs out by itself, and is done again
 * by the next worker, which every activity stands.
 */
function interruptible<Activities extends object>(activities: Activities): Activities {
  const entries = Object.entries(activities) as [string, (input: unknown) => Promise<unknown>][];
  return Object.fromEntries(
    entries.map(([name, activity]) => [
      name,
      (input: unknown) => {
        const work = activity(input);
        work.catch(() => undefined); // after an interruption nobody waits for it any more
        return Promise.race([work, Context.current().cancelled]);
      },
    ]),
  ) as Activities;
}

/** Temporal's own reports go to `log`, warnings and errors only, and to nobody's terminal. */
export function quietTemporal(log: (line: string) => void): void {
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      const error = meta?.['error'] instanceof Error ? `: ${meta['error'].message}` : '';
      log(`${level} ${message}${error}`);
    }),
    shutdownSignals: [],
  });
}
