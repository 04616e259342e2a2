import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts } from '../../../client/commands/free-ports.ts';

/** Linux lends the ports from here on to outgoing connections, unless told otherwise. */
const firstLent = 32_768;

test('ports for instances side by side are all different and not lent to connections meanwhile', async () => {
  const ports = (await Promise.all(Array.from({ length: 40 }, () => freePorts(5)))).flat().map(Number);
  expect(new Set(ports).size).toBe(200);
  expect(Math.max(...ports) + 1_000).toBeLessThan(firstLent);
});

test('each port given can be listened on', async () => {
  for (const port of await freePorts(5)) {
    const server = createServer().listen(Number(port), '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
  }
});
