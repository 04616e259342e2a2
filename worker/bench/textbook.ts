/**
 * Run by `bench reminder`: `textbook.ts ADDRESS NAMESPACE` plays reminders in the textbook form on that Temporal server
 * and prints, as JSON, what they cost there.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { remindByTheBook } from './textbook-workflow.ts';

const workflows = 20;
const remindersEach = 10;

const [address = '', namespace = 'default'] = process.argv.slice(2);
const logger = new DefaultLogger('ERROR');
Runtime.install({ logger, shutdownSignals: [] });

const connection = await NativeConnection.connect({ address });
const client = new Client({ connection: await Connection.connect({ address }), namespace });
const taskQueue = `textbook-${randomUUID()}`;
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue,
  workflowBundle: await bundleWorkflowCode({
    workflowsPath: join(import.meta.dirname, 'textbook-workflow.ts'),
    logger,
  }),
  activities: {
    /** Which mail it would send leaves no trace in a history, so it sends none. */
    async send(): Promise<void> {},
  },
});
const costs = await worker.runUntil(async () => {
  const nothing = await costOf(0);
  const all = await Promise.all(Array.from({ length: workflows }, () => costOf(remindersEach)));
  const lines = workflows * remindersEach;
  // What a workflow costs that reminds nobody is left out: the book is given the better of it.
  const perLine = (cost: keyof Cost) => all.reduce((sum, one) => sum + one[cost] - nothing[cost], 0) / lines;
  return { lines, events: perLine('events'), transitions: perLine('transitions') };
});
await connection.close();
await client.connection.close();
console.log(JSON.stringify(costs));

interface Cost {
  readonly events: number;
  readonly transitions: number;
}

async function costOf(reminders: number): Promise<Cost> {
  const workflow = await client.workflow.start<typeof remindByTheBook>('remindByTheBook', {
    workflowId: randomUUID(),
    taskQueue,
    args: [reminders],
  });
  await workflow.result();
  const { raw } = await workflow.describe();
  const { historyLength, stateTransitionCount } = raw.workflowExecutionInfo ?? {};
  return { events: Number(historyLength ?? 0), transitions: Number(stateTransitionCount ?? 0) };
}
