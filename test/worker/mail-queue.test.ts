import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { temporal as api } from '@temporalio/proto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePostOffice } from '../../client/post-office.ts';
import { startTemporal, type TemporalServer } from '../../worker/embedded/temporal-server.ts';
import { quietTemporal, startWorkers, type Workers } from '../../worker/worker.ts';
import { workflowIds } from '../../workflows/ids.ts';
import { type ClockKind, clockIdOf } from '../../workflows/rules/terms.ts';

const silent = () => undefined;
const folder = mkdtempSync(join(tmpdir(), 'huitoukan-'));
const nine = '2024-03-29T01:00:00.000Z';
const never = () => Promise.reject(new Error('nothing but mail is asked for here'));

let server: TemporalServer;
let connection: Connection;
let client: Client;
let workers: Workers;
/** The clocks whose mail was asked for, in order; each call lasts until it is let go. */
const called: string[] = [];
const letGo: (() => void)[] = [];

beforeAll(async () => {
  quietTemporal(silent);
  server = await startTemporal({ dataDir: folder, log: silent });
  connection = await Connection.connect({ address: server.address });
  client = new Client({ connection });
  workers = await startWorkers({
    ...{ address: server.address, namespace: 'default' },
    activities: {
      ...{ writeDown: never, writeRoundDown: never, launchIssues: never, roundStanding: never, openNextMoment: never },
    },
    mailActivities: {
      deliverDue: async ({ clockId }) => {
        called.push(clockId);
        await new Promise<void>((resolve) => letGo.push(resolve));
        return { delivered: 0, nextAt: null };
      },
    },
  });
}, 60_000);
afterAll(async () => {
  for (const go of letGo) go();
  await workers.stop();
  await connection.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Waits for what the server does by itself. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}

const asksForMail = async (clock: ClockKind) => {
  const { raw } = await client.workflow.getHandle(workflowIds.postOffice(clockIdOf(clock))).describe();
  return (raw.pendingActivities ?? []).length === 1;
};

test('real mail goes before that of drills that have waited longer', async () => {
  const drills = Array.from({ length: 8 }, (_, index): ClockKind => ({
    kind: 'drill',
    drillId: `d${String(index + 1)}`,
  }));
  for (const drill of drills) await ensurePostOffice(client, drill, nine);
  for (const drill of drills) await until(() => asksForMail(drill));
  await until(() => called.length === 4); // as many as are served at once
  await ensurePostOffice(client, { kind: 'real' }, nine);
  await until(() => asksForMail({ kind: 'real' }));
  expect(called).not.toContain('real');
  letGo[0]!();
  await until(() => called.length === 5);
  expect(called[4]).toBe('real');
}, 60_000);

const mailQueue = {
  namespace: 'default',
  taskQueueType: api.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
};
const { RATE_LIMIT_SOURCE_WORKER: byWorker, RATE_LIMIT_SOURCE_API: byOperator } = api.api.enums.v1.RateLimitSource;

async function rateLimit() {
  const asked = { ...mailQueue, taskQueue: { name: 'mail' }, reportConfig: true };
  return (await client.workflowService.describeTaskQueue(asked)).effectiveRateLimit;
}

test('the server limits how often the post-offices are called, and an operator may set less while they run', async () => {
  expect(await rateLimit()).toMatchObject({ requestsPerSecond: 50, rateLimitSource: byWorker });
  const set = (updateQueueRateLimit: object) =>
    client.workflowService.updateTaskQueueConfig({ ...mailQueue, taskQueue: 'mail', updateQueueRateLimit });
  await set({ rateLimit: { requestsPerSecond: 0.5 }, reason: 'the mail server asks for less' });
  await until(async () => (await rateLimit())?.rateLimitSource === byOperator);
  expect(await rateLimit()).toMatchObject({ requestsPerSecond: 0.5 });
  await set({ reason: 'as before' });
  await until(async () => (await rateLimit())?.rateLimitSource === byWorker);
}, 60_000);
