import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { accepts, anyFreePort, choosePort } from '../../../worker/embedded/free-port.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Listens on a port until the test has ended. */
async function busyPort(port = 0): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

function listener(): { said: string[]; log: (line: string) => void } {
  const said: string[] = [];
  return { said, log: (line) => said.push(line) };
}

test('a free default port is taken without a word', async () => {
  const { said, log } = listener();
  const port = await anyFreePort();
  expect(await choosePort(port, { purpose: '网页', log })).toBe(port);
  expect(said).toEqual([]);
  expect(await accepts(port)).toBe(false);
});

test('a busy default port moves to a free one and says so', async () => {
  const { said, log } = listener();
  const busy = await busyPort();
  const port = await choosePort(busy, { purpose: '网页', log });
  expect(port).not.toBe(busy);
  expect(said).toEqual([`网页的端口 ${busy} 已被占用，改用 ${port}`]);
});

test('a busy port that was asked for is refused and not moved', async () => {
  const { said, log } = listener();
  const busy = await busyPort();
  await expect(choosePort(8080, { purpose: '网页', explicit: busy, log })).rejects.toThrow(
    `网页的端口 ${busy} 已被占用`,
  );
  expect(said).toEqual([]);
});

test('a remembered port is preferred at the next start, and a busy one is remembered anew', async () => {
  const { log } = listener();
  const remember = { dataDir: temporaryFolder(), name: 'smtp' };
  const moved = await choosePort(await busyPort(), { purpose: '收件', remember, log });
  const preferred = await anyFreePort();
  expect(await choosePort(preferred, { purpose: '收件', remember, log })).toBe(moved);
  await busyPort(moved);
  expect(await choosePort(preferred, { purpose: '收件', remember, log })).not.toBe(moved);
});
