import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { endOrphan, startChild, type Child, type Log } from './children.ts';
import { chosen, type PortSource } from './free-port.ts';
import { commandLineOf, end, isAlive } from './processes.ts';
import { postgresProgram } from './programs.ts';
import { give, launcherFor, type Launcher } from './unprivileged.ts';

export interface PostgresOptions {
  /** The instance's data folder, which the caller has locked; the database lives in `postgres` inside it. */
  dataDir: string;
  /** The port to listen on; any free one when absent. */
  port?: PortSource;
  log: Log;
  /** `off` for tests whose data may be lost with the machine's power; `on` otherwise. */
  fsync?: 'on' | 'off';
  /** How to run as root, for tests. */
  launcher?: Launcher;
}

export interface Postgres {
  /** Where the ledger's database is, with user and password. */
  url: string;
  port: number;
  pid: number;
  /** Settles when the server has ended, asked or not; says how, and where its log is. */
  ended: Promise<string>;
  /** Ends it in good order, within 5 seconds. A second call waits for the same end. */
  stop(): Promise<void>;
}

const role = 'huitoukan';
const childName = 'postgres';

/** SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is written. */
const ending = { stopSignal: 'SIGINT', graceMs: 4_500 } as const;

/** Recovery after a crash replays at most what two checkpoints are apart, a minute or so on a slow disk. */
const readyWithinMs = 180_000;

/**
 * Starts the embedded PostgreSQL on 127.0.0.1; makes the database at the first call. A server that an earlier,
 * killed run left behind on the same folder is ended first, so the caller must hold the folder's lock.
 *
 * @throws Error with a sentence for people, and the end of the server's log, when it cannot be started
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const home = join(options.dataDir, 'postgres');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  await endOrphanedPostgres(options);
  const launcher = options.launcher ?? launcherFor(postgresProgram('postgres'), home);
  if (!existsSync(join(home, 'cluster'))) await makeCluster(options, home, launcher);
  const password = readFileSync(join(home, 'password'), 'utf8');

  for (let attempt = 1; ; attempt++) {
    const port = await chosen(options.port);
    const child = startServer(options, home, launcher, port);
    const url = (database: string): string => `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
    try {
      await untilReady(child, url('postgres'), options.log);
      await makeDatabase(url('postgres'));
      const { pid, logFile } = child;
      const ended = child.ended.then((how) => `PostgreSQL（进程 ${pid}）已结束：${how}，日志 ${logFile}`);
      return { url: url(role), port, pid, ended, stop: () => child.stop() };
    } catch (error) {
      await child.stop();
      // Another program took the free port in between, or the last sessions of a killed server are still ending.
      const passing = /Address already in use|shared memory block|is another postmaster/i.test(child.output());
      if (!passing || attempt === 10) throw error;
      await sleep(300);
    }
  }
}

function startServer(
  { dataDir, fsync = 'on' }: PostgresOptions,
  home: string,
  launcher: Launcher,
  port: number,
): Child {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync,
    synchronous_commit: fsync,
    full_page_writes: fsync,
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { command, args } = launcher.wrap(postgresProgram('postgres'), [
    ...['-D', join(home, 'cluster'), '-p', String(port)],
    ...flags,
  ]);
  return startChild({ name: childName, command, args, env: environment(), dataDir, user: launcher.user, ...ending });
}

/** Makes the cluster aside and moves it into place when it is whole, so that a kill half-way leaves nothing to trip over. */
async function makeCluster({ dataDir, log, fsync }: PostgresOptions, home: string, launcher: Launcher): Promise<void> {
  log('首次启动：建立台账数据库');
  for (const name of readdirSync(home)) if (name.startsWith('new')) rmSync(join(home, name), { recursive: true });
  const passwordFile = join(home, 'password');
  writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (launcher.user) give(home, launcher.user);
  const cluster = join(home, 'new');
  const { command, args } = launcher.wrap(postgresProgram('initdb'), [
    ...['-D', cluster, '--username', role, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    // The provider that is built in sorts and folds the same on every system, whatever locales are installed.
    ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
    ...(fsync === 'off' ? ['--no-sync'] : []),
  ]);
  const child = startChild({
    name: 'initdb',
    command,
    args,
    env: environment(),
    dataDir,
    user: launcher.user,
    ...ending,
  });
  const how = await child.ended;
  await child.stop();
  if (!existsSync(join(cluster, 'PG_VERSION')) || how !== '退出码 0') throw failure('无法建立', child, how);
  renameSync(cluster, join(home, 'cluster'));
}

/**
 * Ends what a killed run left running on this folder, and makes sure that a postmaster.pid whose number was given to
 * another process does not block the next start. Where nothing was left it does nothing.
 */
export async function endOrphanedPostgres({ dataDir, log }: Pick<PostgresOptions, 'dataDir' | 'log'>): Promise<void> {
  const home = join(dataDir, 'postgres');
  for (const name of ['initdb', childName]) {
    const orphan = await endOrphan({ name, dataDir, ...ending }, home);
    if (orphan !== undefined) log(`上次遗留的 PostgreSQL（进程 ${orphan}）已结束`);
  }
  const pidFile = join(home, 'cluster', 'postmaster.pid');
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : NaN;
  // Of a process that has ended PostgreSQL itself takes care, and sees to it that none of its sessions remains.
  if (!(pid > 0) || !isAlive(pid)) return;
  if (commandLineOf(pid).includes(home)) {
    await end(pid, ending.stopSignal, ending.graceMs);
    log(`上次遗留的 PostgreSQL（进程 ${pid}）已结束`);
  } else {
    rmSync(pidFile);
  }
}

async function untilReady(child: Child, url: string, log: Log): Promise<void> {
  const started = Date.now();
  for (let said = false; Date.now() - started < readyWithinMs; await sleep(25)) {
    if (child.hasEnded()) throw failure('无法启动', child, await child.ended);
    if (await answers(url)) return;
    if (!said && Date.now() - started > 5_000) {
      said = true;
      log('PostgreSQL 正在恢复上次中断时的数据，请稍候');
    }
  }
  throw failure('迟迟没有就绪', child, `等了 ${readyWithinMs / 1000} 秒`);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // it may end while we ask
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '28P01') {
      throw new Error(`PostgreSQL 不接受数据文件夹中记录的密码（${error.message}）：该端口上可能是另一个数据库`, {
        cause: error,
      });
    }
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function makeDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [role]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${role}`);
  } finally {
    await client.end();
  }
}

/** Nothing of ours leaks into the server: PGDATA, PGPORT and the like would change it. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' };
}

function failure(what: string, child: Child, how: string): Error {
  return new Error(`PostgreSQL ${what}（${how}），日志 ${child.logFile}：\n${child.output()}`);
}
