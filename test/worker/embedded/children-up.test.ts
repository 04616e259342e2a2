import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig, type Config } from '../../../config.ts';
import { startChildren, type ChildrenUp } from '../../../worker/embedded/children-up.ts';
import { isAlive } from '../../../worker/embedded/processes.ts';
import { leaveOrphans } from '../../support/killed-instance.ts';
import { testDatabase, testTemporal } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function configOf(env: NodeJS.ProcessEnv): Config {
  return readConfig({ HUITOUKAN_DATA: temporaryFolder(), ...env });
}

async function up(config: Config, said: string[] = []): Promise<ChildrenUp> {
  const children = await startChildren(config, (line) => said.push(line));
  onTestFinished(() => children.stop());
  return children;
}

function recorded(dataDir: string, name: string): number {
  return (JSON.parse(readFileSync(`${dataDir}/${name}.pid`, 'utf8')) as { pid: number }).pid;
}

test('a second start on the same folder is refused and leaves the first alone; after the stop nothing runs', async () => {
  const config = configOf({});
  const children = await up(config);
  const pids = [recorded(config.dataDir, 'postgres'), recorded(config.dataDir, 'temporal')];
  await expect(startChildren(config, () => undefined)).rejects.toThrow(`（进程 ${process.pid}）`);
  expect(pids.map(isAlive)).toEqual([true, true]);
  const before = Date.now();
  await Promise.all([children.stop(), children.stop()]);
  expect(Date.now() - before).toBeLessThan(10_000);
  expect(pids.map(isAlive)).toEqual([false, false]);
  expect(readdirSync(config.dataDir)).not.toContain('lock.json');
});

test('goes on where a killed instance was, and ends what it left', async () => {
  const config = configOf({});
  const left = await leaveOrphans(config.dataDir);
  const said: string[] = [];
  await up(config, said);
  expect([isAlive(left.postgres), isAlive(left.temporal)]).toEqual([false, false]);
  expect(said.filter((line) => line.startsWith('上次遗留'))).toHaveLength(2);
});

test.runIf(process.platform === 'linux')(
  'Ctrl-C in the terminal does not reach the children: each leads a session of its own',
  async () => {
    const config = configOf({});
    await up(config);
    for (const name of ['postgres', 'temporal']) {
      const pid = recorded(config.dataDir, name);
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [, , group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      expect([group, session]).toEqual([String(pid), String(pid)]);
    }
  },
);

test('a child that ends without being asked is reported with its log; one that is asked is not', async () => {
  const config = configOf({});
  const children = await up(config);
  process.kill(recorded(config.dataDir, 'temporal'), 'SIGKILL');
  expect(await children.failure).toMatch(
    /^Temporal 服务器（进程 \d+）已结束：被信号 SIGKILL 结束，日志 .*temporal\.log$/,
  );

  const stopped = await up(configOf({}));
  await stopped.stop();
  expect(await Promise.race([stopped.failure, Promise.resolve('no failure')])).toBe('no failure');
});

test('servers of one’s own are used: nothing is started beside them', async () => {
  const database = await testDatabase();
  onTestFinished(() => database.drop());
  const { address } = await testTemporal();
  const config = configOf({ DATABASE_URL: database.url, TEMPORAL_ADDRESS: address });
  const children = await up(config);
  expect(children).toMatchObject({ databaseUrl: database.url, temporalAddress: address, temporalUiAddress: undefined });
  expect(readdirSync(config.dataDir)).toEqual(['lock.json']);
});

test('a configured port that is busy is refused; what was started is ended and the folder is free again', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address ? String(address.port) : '';
  const config = configOf({ HUITOUKAN_PG_PORT: port });
  mkdirSync(config.dataDir, { recursive: true });
  await expect(startChildren(config, () => undefined)).rejects.toThrow(`内置数据库的端口 ${port} 已被占用`);
  expect(readdirSync(config.dataDir).filter((name) => name.endsWith('.pid') || name === 'lock.json')).toEqual([]);
});
