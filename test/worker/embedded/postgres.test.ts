import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startPostgres, type Postgres } from '../../../worker/embedded/postgres.ts';
import { isAlive } from '../../../worker/embedded/processes.ts';
import { postgresProgram } from '../../../worker/embedded/programs.ts';
import { launcherFor, type Launcher } from '../../../worker/embedded/unprivileged.ts';
import { leaveOrphans } from '../../support/killed-instance.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const isRoot = process.getuid?.() === 0;

async function started(dataDir: string, options: { said?: string[]; launcher?: Launcher } = {}): Promise<Postgres> {
  const { said = [], launcher } = options;
  const postgres = await startPostgres({ dataDir, log: (line) => said.push(line), ...(launcher && { launcher }) });
  onTestFinished(() => postgres.stop());
  return postgres;
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  test('flushes to disk, listens on loopback only, wants its password and speaks UTF-8', async () => {
    const dataDir = temporaryFolder();
    const { url } = await started(dataDir);
    expect(await ask(url, 'SHOW fsync')).toEqual(['on']);
    expect(await ask(url, 'SHOW synchronous_commit')).toEqual(['on']);
    expect(await ask(url, 'SHOW listen_addresses')).toEqual(['127.0.0.1']);
    expect(await ask(url, 'SHOW unix_socket_directories')).toEqual(['']);
    expect(await ask(url, 'SHOW server_encoding')).toEqual(['UTF8']);
    expect(await ask(url, "SELECT datlocale FROM pg_database WHERE datname = 'huitoukan'")).toEqual(['C.UTF-8']);
    await expect(ask(url.replace(/:[0-9a-f]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
    expect(statSync(join(dataDir, 'postgres/password')).mode & 0o777).toBe(0o600);
  });

  test('ends within five seconds although a session is open, and a second call waits for the same end', async () => {
    const postgres = await started(temporaryFolder());
    const client = new pg.Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    await client.connect();
    const before = Date.now();
    await Promise.all([postgres.stop(), postgres.stop()]);
    expect(Date.now() - before).toBeLessThan(5_000);
    expect(isAlive(postgres.pid)).toBe(false);
    expect(await postgres.ended).toContain('退出码 0');
  });

  test('keeps every acknowledged row through a kill -9 of the server', async () => {
    const dataDir = temporaryFolder();
    const first = await started(dataDir);
    await ask(first.url, 'CREATE TABLE t (n int)');
    await ask(first.url, 'INSERT INTO t SELECT generate_series(1, 1000)');
    process.kill(first.pid, 'SIGKILL');
    expect(await first.ended).toContain('SIGKILL');
    const second = await started(dataDir);
    expect(await ask(second.url, 'SELECT count(*)::int FROM t')).toEqual([1000]);
  });

  test('an orphan of a killed instance is ended, and its rows are there', async () => {
    const dataDir = temporaryFolder();
    const orphan = (await leaveOrphans(dataDir)).postgres;
    expect(isAlive(orphan)).toBe(true);
    const said: string[] = [];
    const postgres = await started(dataDir, { said });
    expect(isAlive(orphan)).toBe(false);
    expect(postgres.pid).not.toBe(orphan);
    expect(said).toEqual([`上次遗留的 PostgreSQL（进程 ${orphan}）已结束`]);
  });

  test('a postmaster.pid whose number was given to another process neither blocks nor harms that process', async () => {
    const dataDir = temporaryFolder();
    const first = await started(dataDir);
    const pidFile = join(dataDir, 'postgres/cluster/postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    await first.stop();
    const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
    onTestFinished(() => void stranger.kill('SIGKILL'));
    writeFileSync(pidFile, [stranger.pid, ...lines.slice(1)].join('\n'));
    writeFileSync(join(dataDir, 'postgres.pid'), JSON.stringify({ pid: stranger.pid, startedAt: 'another boot:1' }));
    const second = await started(dataDir);
    expect(await ask(second.url, 'SELECT 1')).toEqual([1]);
    expect(isAlive(stranger.pid ?? -1)).toBe(true);
  });

  test('a cluster that was half made when the power went does not block', async () => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, 'postgres/new/base'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres/new/PG_VERSION'), '18\n');
    const postgres = await started(dataDir);
    expect(await ask(postgres.url, 'SELECT 1')).toEqual([1]);
  });

  test('a start that cannot work says what PostgreSQL said and where its log is', async () => {
    const dataDir = temporaryFolder();
    await (await started(dataDir)).stop();
    writeFileSync(join(dataDir, 'postgres/cluster/PG_VERSION'), '9.6\n');
    const logFile = join(dataDir, 'logs/postgres.log');
    await expect(started(dataDir)).rejects.toThrow(new RegExp(`无法启动.*${logFile}：[^]*incompatible`));
  });
});

describe.skipIf(!isRoot)('as root', () => {
  test('works in a folder of mode 700 whose files stay root’s', async () => {
    const closed = temporaryFolder();
    chmodSync(closed, 0o700);
    const dataDir = join(closed, 'data');
    mkdirSync(dataDir, { mode: 0o700 });
    const { url } = await started(dataDir);
    expect(await ask(url, 'SELECT 1')).toEqual([1]);
    expect(statSync(join(dataDir, 'postgres/cluster/PG_VERSION')).uid).toBe(0);
  });

  test('where user namespaces are forbidden, an ordinary user runs it if that user can reach program and folder', async () => {
    const dataDir = temporaryFolder();
    chmodSync(dataDir, 0o755);
    mkdirSync(join(dataDir, 'postgres'), { mode: 0o700 });
    const launcher = launcherFor(postgresProgram('postgres'), join(dataDir, 'postgres'), ['other-user']);
    const { url } = await started(dataDir, { launcher });
    expect(await ask(url, 'SELECT 1')).toEqual([1]);
    expect(statSync(join(dataDir, 'postgres/cluster/PG_VERSION')).uid).toBe(launcher.user?.uid);
  });

  test('where there is no way at all, the sentence names DATABASE_URL', () => {
    const closed = temporaryFolder();
    const inside = join(closed, 'postgres');
    mkdirSync(inside);
    expect(() => launcherFor(postgresProgram('postgres'), inside, ['other-user'])).toThrow('DATABASE_URL');
  });
});
