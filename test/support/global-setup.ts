import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import pg from 'pg';
import { migrate, migrationsFolder, migrationsIn } from '../../prisma/migrate.ts';
import { lockFolder } from '../../worker/embedded/folder-lock.ts';
import { endOrphanedPostgres, startPostgres, type Postgres } from '../../worker/embedded/postgres.ts';
import { endOrphanedTemporal, startTemporal, type TemporalServer } from '../../worker/embedded/temporal-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where tests ask for a server of this run; see servers.ts. */
    caretaker: string;
  }
}

const prefix = 'huitoukan-test-';
const silent = (): void => undefined;

/**
 * One PostgreSQL and one Temporal dev server for a whole run of vitest, each started when the first test asks for it,
 * so that a run of rules alone starts nothing. Tests run in other processes: they ask over HTTP on loopback.
 */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const lock = lockFolder(folder);
  let postgres: Promise<Postgres> | undefined;
  let temporal: Promise<TemporalServer> | undefined;
  const templates = new Map<string, Promise<void>>();

  const answers: Record<string, () => Promise<object>> = {
    async '/postgres'() {
      // Test data may be lost with the machine's power.
      const { url } = await (postgres ??= startPostgres({ dataDir: folder, log: silent, fsync: 'off' }));
      return { url };
    },
    async '/ledger'() {
      const { url } = await (postgres ??= startPostgres({ dataDir: folder, log: silent, fsync: 'off' }));
      const template = templateName();
      if (!templates.has(template)) templates.set(template, makeTemplate(url, template));
      await templates.get(template);
      return { url, template };
    },
    async '/temporal'() {
      const { address } = await (temporal ??= startTemporal({ dataDir: folder, log: silent }));
      return { address };
    },
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''] ?? (() => Promise.reject(new Error(`unknown server ${request.url}`)));
    answer().then(
      (found) => response.end(JSON.stringify(found)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  project.provide('caretaker', `http://127.0.0.1:${await listen(server)}`);

  return async () => {
    server.closeAllConnections();
    server.close();
    // One that could not be started is nothing to stop; the tests that asked for it have failed already.
    await Promise.allSettled([postgres, temporal].map(async (started) => (await started)?.stop()));
    lock.release();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** A migrated database to clone from; a changed migration (in watch mode) is another template. */
function templateName(): string {
  const sums = migrationsIn(migrationsFolder).map(({ sha256 }) => sha256);
  return `template_${createHash('sha256').update(sums.join()).digest('hex').slice(0, 16)}`;
}

async function makeTemplate(url: string, template: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${template}`);
  } finally {
    await client.end();
  }
  const target = new URL(url);
  target.pathname = template;
  await migrate(target.href);
}

/** Ends and removes what an earlier run left behind when it was killed; a run that still goes on is left alone. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    try {
      lockFolder(folder);
    } catch {
      continue; // in use, or not ours to touch
    }
    const left = { dataDir: folder, log: silent };
    await Promise.all([endOrphanedPostgres(left), endOrphanedTemporal(left)]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address) resolve(address.port);
      else reject(new Error('no port'));
    });
  });
}
