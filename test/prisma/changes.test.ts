import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { type Change, createAnnouncer, listenToChanges } from '../../prisma/changes.ts';
import { type Ledger, openLedger } from '../../prisma/client.ts';
import { testDatabase } from '../support/servers.ts';

let ledger: Ledger;
let databaseUrl: string;
let told: (Change | undefined)[];

beforeEach(async () => {
  const { url, drop } = await testDatabase();
  databaseUrl = url;
  ledger = openLedger(url);
  told = [];
  const listening = await listenToChanges(url, (change) => told.push(change));
  onTestFinished(async () => {
    await listening.stop();
    await ledger.$disconnect();
    await drop();
  });
});

const change = (issueId: string | null, roundId = 'r'): Change => ({ clockId: 'real', roundId, issueId });
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(10);
}

it('tells each change once, also in another process, however often it was announced meanwhile', async () => {
  const { announce } = createAnnouncer(ledger);
  for (const issueId of ['a', 'b', 'a', 'a']) announce(change(issueId));
  announce(change(null));
  await until(() => told.length >= 3);
  announce(change('c'));
  await until(() => told.length >= 4);
  expect(told).toEqual([change('a'), change('b'), change(null), change('c')]);
});

it('tells of many issues at once as of their rounds', async () => {
  const { announce } = createAnnouncer(ledger);
  for (let number = 0; number < 100; number += 1) announce(change(`issue-${String(number)}`, number < 50 ? 'r' : 's'));
  await until(() => told.length >= 2);
  expect(told).toEqual([change(null, 'r'), change(null, 's')]);
});

it('says that something may have been missed when its connection broke, and hears again', async () => {
  await ledger.$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database() AND query LIKE 'LISTEN%'`;
  await until(() => told.length > 0);
  createAnnouncer(ledger).announce(change('a'));
  await until(() => told.length > 1);
  expect(told).toEqual([undefined, change('a')]);
});

it('hears no more once it was stopped, twice or more', async () => {
  const heard: unknown[] = [];
  const other = await listenToChanges(databaseUrl, (one) => heard.push(one));
  await other.stop();
  await other.stop();
  createAnnouncer(ledger).announce(change('a'));
  await until(() => told.length > 0);
  expect(heard).toEqual([]);
});
