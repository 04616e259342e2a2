import type { Config } from '../../config.ts';
import { migrate } from '../../prisma/migrate.ts';
import type { Log } from './children.ts';
import { lockFolder } from './folder-lock.ts';
import { choosePort } from './free-port.ts';
import { endOrphanedPostgres, startPostgres, type Postgres } from './postgres.ts';
import { endOrphanedTemporal, startTemporal, type TemporalServer } from './temporal-server.ts';

export interface ChildrenUp {
  databaseUrl: string;
  temporalAddress: string;
  /** Temporal's own pages; undefined where the server is not ours. */
  temporalUiAddress: string | undefined;
  /** Settles with a sentence for people when a child ends that nobody asked to; never while all is well. */
  failure: Promise<string>;
  /** Ends the children at once and gives the folder free, within 6 seconds. A second call waits for the same end. */
  stop(): Promise<void>;
}

/** Away from PostgreSQL's own 5432, which many machines use. */
const preferredPgPort = 55_432;
const preferredTemporalPort = 7_233;

type DataConfig = Pick<
  Config,
  'dataDir' | 'pgPort' | 'temporalPort' | 'temporalAddress' | 'temporalNamespace' | 'temporalCliPath' | 'databaseUrl'
>;

/**
 * Claims the data folder, starts the embedded PostgreSQL and Temporal (or takes the configured ones) and migrates the
 * ledger. When anything fails, what was started is ended and the folder is free again.
 *
 * @throws FolderInUseError when a running instance holds the folder; Error with a sentence for people otherwise
 */
export async function startChildren(config: DataConfig, log: Log): Promise<ChildrenUp> {
  const lock = lockFolder(config.dataDir);
  const started = await Promise.allSettled([postgresUp(config, log), temporalUp(config, log)]);
  const [postgres, temporal] = started.map((each) => (each.status === 'fulfilled' ? each.value : undefined)) as [
    Postgres | undefined,
    TemporalServer | undefined,
  ];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= Promise.all([postgres?.stop(), temporal?.stop()]).then(() => lock.release()));
  try {
    for (const each of started) if (each.status === 'rejected') throw each.reason;
    const databaseUrl = config.databaseUrl ?? needed(postgres).url;
    const applied = await migrate(databaseUrl);
    if (applied.length > 0) log(`台账数据库已更新：${applied.join('、')}`);
    return {
      databaseUrl,
      temporalAddress: config.temporalAddress ?? needed(temporal).address,
      temporalUiAddress: temporal?.uiAddress,
      failure: new Promise((resolve) => {
        for (const child of [postgres, temporal]) {
          void child?.ended.then((how) => {
            if (stopping === undefined) resolve(how);
          });
        }
      }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function postgresUp({ databaseUrl, dataDir, pgPort }: DataConfig, log: Log): Promise<Postgres | undefined> {
  if (databaseUrl !== undefined) {
    log(`使用外部数据库 ${new URL(databaseUrl).host}`);
    return undefined;
  }
  await endOrphanedPostgres({ dataDir, log });
  const port = (): Promise<number> => choosePort(preferredPgPort, { purpose: '内置数据库', explicit: pgPort, log });
  const postgres = await startPostgres({ dataDir, port, log });
  log(`PostgreSQL 已启动（127.0.0.1:${postgres.port}）`);
  return postgres;
}

async function temporalUp(config: DataConfig, log: Log): Promise<TemporalServer | undefined> {
  if (config.temporalAddress !== undefined) {
    log(`使用外部 Temporal 服务器 ${config.temporalAddress}`);
    return undefined;
  }
  const { dataDir, temporalPort: explicit } = config;
  await endOrphanedTemporal({ dataDir, log });
  const temporal = await startTemporal({
    dataDir,
    port: () => choosePort(preferredTemporalPort, { purpose: 'Temporal ', explicit, log }),
    uiPort: () => choosePort((explicit ?? preferredTemporalPort) + 1_000, { purpose: 'Temporal 页面', log }),
    namespace: config.temporalNamespace,
    program: config.temporalCliPath,
    log,
  });
  log(`Temporal 已启动（${temporal.address}，页面 ${temporal.uiAddress}）`);
  return temporal;
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a child that was started is missing');
  return value;
}
