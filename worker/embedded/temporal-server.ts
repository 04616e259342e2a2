import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { endOrphan, startChild, type Child, type Log } from './children.ts';
import { accepts, chosen, type PortSource } from './free-port.ts';
import { temporalProgram } from './programs.ts';

export interface TemporalOptions {
  /** The instance's data folder, which the caller has locked; the server's state is `temporal.sqlite` inside it. */
  dataDir: string;
  /** The port to listen on; any free one when absent. */
  port?: PortSource;
  /** The port of Temporal's own pages; any free one when absent. */
  uiPort?: PortSource;
  namespace?: string;
  /** The program to run; the one that set-up provides when absent. */
  program?: string | undefined;
  /** Added to our own dynamic configuration, or in place of it; values are JSON. */
  dynamicConfig?: Record<string, string>;
  log: Log;
}

export interface TemporalServer {
  /** Where workers and clients connect: 127.0.0.1:PORT. */
  address: string;
  /** Temporal's own pages: http://127.0.0.1:PORT. */
  uiAddress: string;
  pid: number;
  /** Settles when the server has ended, asked or not; says how, and where its log is. */
  ended: Promise<string>;
  /** Ends it in good order, within 5 seconds. A second call waits for the same end. */
  stop(): Promise<void>;
}

/** What lists and counts may ask for; opaque ids and enums only, since search attributes are stored in clear. */
const searchAttributes = { RoundId: 'Keyword', Phase: 'Keyword', Cycle: 'Int' } as const;

/**
 * Measured (2 cores): a round trip takes 25 ms instead of 50, and timers shorter than a second come 2 ms late instead of up to 1 s.
 * One partition a task queue, since priorities hold within a partition only: real mail goes before that of drills.
 */
const ourDynamicConfig = {
  'matching.numTaskqueueReadPartitions': '1',
  'matching.numTaskqueueWritePartitions': '1',
  'history.transferProcessorMaxPollRPS': '500',
  'history.timerProcessorMaxPollRPS': '500',
  'history.timerProcessorMaxTimeShift': '"10ms"',
};

const childName = 'temporal';
const ending = { stopSignal: 'SIGTERM', graceMs: 4_500 } as const;
const readyWithinMs = 60_000;

/**
 * Starts Temporal's dev server on 127.0.0.1 with its state in a file that is flushed at each commit, and waits until
 * it serves the namespace and knows the search attributes. A server that an earlier, killed run left behind on the same
 * folder is ended first, so the caller must hold the folder's lock.
 *
 * @throws Error with a sentence for people, and the end of the server's log, when it cannot be started
 */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const { dataDir, namespace = 'default' } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  await endOrphanedTemporal(options);

  for (let attempt = 1; ; attempt++) {
    const port = await chosen(options.port);
    const uiPort = await chosen(options.uiPort);
    const child = startServer(options, namespace, port, uiPort);
    const address = `127.0.0.1:${port}`;
    try {
      await untilServing(child, port, namespace);
      const { pid, logFile } = child;
      const ended = child.ended.then((how) => `Temporal 服务器（进程 ${pid}）已结束：${how}，日志 ${logFile}`);
      return { address, uiAddress: `http://127.0.0.1:${uiPort}`, pid, ended, stop: () => child.stop() };
    } catch (error) {
      await child.stop();
      const passing = /address already in use|can't (listen|bind)|database is locked/i.test(child.output());
      if (!passing || attempt === 5) throw error;
      await sleep(300);
    }
  }
}

/** Ends the server that a killed run left running on this folder. Where nothing was left it does nothing. */
export async function endOrphanedTemporal({ dataDir, log }: Pick<TemporalOptions, 'dataDir' | 'log'>): Promise<void> {
  const orphan = await endOrphan({ name: childName, dataDir, ...ending }, stateFileOf(dataDir));
  if (orphan !== undefined) log(`上次遗留的 Temporal 服务器（进程 ${orphan}）已结束`);
}

function stateFileOf(dataDir: string): string {
  return join(dataDir, 'temporal.sqlite');
}

function startServer(options: TemporalOptions, namespace: string, port: number, uiPort: number): Child {
  const dynamicConfig = { ...ourDynamicConfig, ...options.dynamicConfig };
  const args = [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--ui-ip', '127.0.0.1'],
    ...['--port', String(port), '--ui-port', String(uiPort), '--namespace', namespace],
    ...[
      '--db-filename',
      stateFileOf(options.dataDir),
      '--sqlite-pragma',
      'journal_mode=wal',
      '--sqlite-pragma',
      'synchronous=full',
    ],
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ...['--log-level', 'warn'],
  ];
  return startChild({
    name: childName,
    command: options.program ?? temporalProgram('temporal'),
    args,
    // A home of its own: settings of the person's own Temporal command line are not ours.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: options.dataDir },
    dataDir: options.dataDir,
    ...ending,
  });
}

async function untilServing(child: Child, port: number, namespace: string): Promise<void> {
  const started = Date.now();
  const address = `127.0.0.1:${port}`;
  let obstacle = '';
  for (; Date.now() - started < readyWithinMs; await sleep(25)) {
    if (child.hasEnded()) throw failure('无法启动', child, await child.ended);
    try {
      // Asked too early, gRPC waits a whole second before it tries again.
      if ((await accepts(port)) && (await serves(address, namespace)) && isOurs(child, port, started)) return;
    } catch (error) {
      obstacle = error instanceof Error ? error.message : String(error);
    }
  }
  throw failure('迟迟没有就绪', child, obstacle);
}

/**
 * Whether it is our child that answers, and not a server that took the port first, on which ours is about to give up:
 * it prints its address once it serves. Should a later version print it otherwise, that it still runs must do.
 */
function isOurs(child: Child, port: number, started: number): boolean {
  return new RegExp(`Server:\\s+\\S+:${port}\\b`).test(child.output()) || Date.now() - started > 10_000;
}

async function serves(address: string, namespace: string): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: 1_000 });
  try {
    return await connection.withDeadline(Date.now() + 2_000, async () => {
      await connection.workflowService.describeNamespace({ namespace });
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
      return Object.keys(searchAttributes).every((name) => name in (customAttributes ?? {}));
    });
  } finally {
    await connection.close();
  }
}

function failure(what: string, child: Child, how: string): Error {
  return new Error(`Temporal 服务器${what}（${how}），日志 ${child.logFile}：\n${child.output()}`);
}
