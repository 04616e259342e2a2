import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that systems lend to outgoing connections (Linux from 32768, others from 49152, RFC 6335 section 6):
 * between the choice and its use a connection of anybody could take one of those. The last thousand is left to
 * Temporal's pages, which stand a thousand above its own port.
 */
const range = { first: 10_240, beyond: 31_700 } as const;

const given = new Set<number>();

/**
 * Ports of 127.0.0.1 that nobody listens on, all different, and none twice in the life of this process.
 *
 * @throws Error when after many tries there are not so many
 */
export async function freePorts(count: number): Promise<string[]> {
  const ports: string[] = [];
  for (let tries = 0; ports.length < count; tries++) {
    if (tries === 1_000) throw new Error('127.0.0.1 上没有足够的空闲端口');
    const port = randomInt(range.first, range.beyond);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) ports.push(String(port));
  }
  return ports;
}

/** Listening is the only reliable question. */
function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once('error', () => answer(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => answer(true)));
  });
}
