import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { type Ledger, openLedger } from '../../prisma/client.ts';

export interface TestDatabase {
  /** An empty database with all migrations applied, which nobody else uses. */
  url: string;
  /** Ends its sessions and removes it. */
  drop: () => Promise<void>;
}

/** A fresh database without any table, for tests of migrating itself. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return makeDatabase((await ask<{ url: string }>('/postgres')).url, 'template1');
}

/** A fresh, migrated database on the run's real PostgreSQL; the first call of a run starts that (about a second). */
export async function testDatabase(): Promise<TestDatabase> {
  const { url, template } = await ask<{ url: string; template: string }>('/ledger');
  return makeDatabase(url, template);
}

/** The ledger on a database of `testDatabase`, for the tests of one file: closed and removed after the last. */
export async function testLedger(): Promise<Ledger> {
  const database = await testDatabase();
  const ledger = openLedger(database.url);
  afterAll(async () => {
    await ledger.$disconnect();
    await database.drop();
  });
  return ledger;
}

async function makeDatabase(server: string, template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(server);
  url.pathname = name;
  return { url: url.href, drop: () => execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/**
 * The run's real Temporal dev server, which has lists, schedules and our search attributes; the first call of a run
 * starts it (about a second). All tests share its namespace: take a task queue and workflow ids of your own.
 */
export function testTemporal(): Promise<{ address: string }> {
  return ask('/temporal');
}

async function ask<Answer>(path: string): Promise<Answer> {
  const response = await fetch(`${inject('caretaker')}${path}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Answer;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
