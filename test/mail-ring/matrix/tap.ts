import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Listens on loopback in front of a server; whoever dies on one side is gone on the other. `follow` passes the bytes on. */
export async function tap(serverPort: number, follow: (client: Socket, upstream: Socket) => void): Promise<Server> {
  const server = createServer((client) => {
    const upstream = connect({ port: serverPort, host: '127.0.0.1' });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.setNoDelay(true);
      // A reset on one side is one on the other: it tells that bytes were not read.
      one.on('error', ({ code }: NodeJS.ErrnoException) =>
        code === 'ECONNRESET' ? other.resetAndDestroy() : other.destroy(),
      );
      one.on('close', () => other.destroy());
    }
    follow(client, upstream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
