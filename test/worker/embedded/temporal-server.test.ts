import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { expect, onTestFinished, test } from 'vitest';
import { isAlive } from '../../../worker/embedded/processes.ts';
import { startTemporal, type TemporalServer } from '../../../worker/embedded/temporal-server.ts';
import { leaveOrphans } from '../../support/killed-instance.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function started(dataDir: string, said: string[] = []): Promise<TemporalServer> {
  const server = await startTemporal({ dataDir, log: (line) => said.push(line) });
  onTestFinished(() => server.stop());
  return server;
}

async function clientOf({ address }: TemporalServer): Promise<Client> {
  const connection = await Connection.connect({ address });
  onTestFinished(() => connection.close());
  return new Client({ connection });
}

test('serves with our search attributes, its pages beside it, and ends within five seconds', async () => {
  const server = await started(temporaryFolder());
  const client = await clientOf(server);
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace: 'default' });
  expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(['RoundId', 'Phase', 'Cycle']));
  expect((await fetch(server.uiAddress)).status).toBe(200);
  const before = Date.now();
  await server.stop();
  expect(Date.now() - before).toBeLessThan(5_000);
  expect(isAlive(server.pid)).toBe(false);
});

test.runIf(process.platform === 'linux')('listens on 127.0.0.1 only', async () => {
  const { pid } = await started(temporaryFolder());
  expect(listeningAddresses(pid)).toEqual(['127.0.0.1']);
});

test('a workflow that was acknowledged is there after a kill -9 of the server', async () => {
  const dataDir = temporaryFolder();
  const workflowId = randomUUID();
  const first = await started(dataDir);
  await (await clientOf(first)).workflow.start('story', { workflowId, taskQueue: 'nobody', args: [] });
  process.kill(first.pid, 'SIGKILL');
  expect(await first.ended).toContain('SIGKILL');
  const second = await started(dataDir);
  const description = await (await clientOf(second)).workflow.getHandle(workflowId).describe();
  expect(description.status.name).toBe('RUNNING');
});

test('an orphan of a killed instance is ended before the file is opened again', async () => {
  const dataDir = temporaryFolder();
  const left = await leaveOrphans(dataDir);
  const said: string[] = [];
  await started(dataDir, said);
  expect(isAlive(left.temporal)).toBe(false);
  expect(said).toEqual([`上次遗留的 Temporal 服务器（进程 ${left.temporal}）已结束`]);
});

/** The local addresses on which a process listens, each once, read from /proc. */
function listeningAddresses(pid: number): string[] {
  const rows = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8').trim().split('\n').slice(1),
  );
  const sockets = socketsOf(pid);
  const found = rows
    .map((row) => row.trim().split(/\s+/))
    .filter((row) => row[3] === '0A' && sockets.has(row[9] ?? ''));
  return [...new Set(found.map((row) => decoded(row[1] ?? '')))];
}

function decoded(address: string): string {
  const hex = address.split(':')[0] ?? '';
  return hex.length === 8
    ? (hex.match(/../g) ?? [])
        .reverse()
        .map((byte) => parseInt(byte, 16))
        .join('.')
    : hex;
}

function socketsOf(pid: number): Set<string> {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}
