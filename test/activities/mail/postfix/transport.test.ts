import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { postfixTransport } from '../../../../activities/mail/postfix/transport.ts';

let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));

const noPlace = { configFolder: '/nonexistent', logFile: '/nonexistent' };
const handover = { from: 'a@huitoukan.example', to: 'b@unit.example', raw: Buffer.alloc(2_000_000, 'text\r\n') };

/** Says what an SMTP server does until it has asked for the data, and then does `instead`. */
async function sendTo(instead: (socket: Socket) => void): Promise<string> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 ready\r\n');
    socket.on('data', function commands(chunk) {
      const isData = chunk.toString().startsWith('DATA');
      socket.write(isData ? '354 go on\r\n' : '250 ok\r\n');
      if (!isData) return;
      socket.off('data', commands);
      instead(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const transport = postfixTransport(`smtp://127.0.0.1:${String(port)}`, noPlace);
  const outcome = await transport.send(handover);
  transport.close();
  return `${outcome.kind}: ${outcome.response}`;
}

it('a server that is gone with bytes unread has certainly not accepted the mail', async () => {
  const outcome = await sendTo((socket) => {
    socket.pause();
    socket.once('readable', () => socket.resetAndDestroy());
  });
  expect(outcome).toBe('deferred: read ECONNRESET');
});

it('a server that is gone when it has read all may have accepted it', async () => {
  const outcome = await sendTo((socket) => {
    let end = '';
    socket.on('data', (chunk) => {
      end = (end + chunk.toString('latin1')).slice(-5);
      if (end === '\r\n.\r\n') socket.end();
    });
  });
  expect(outcome).toMatch(/^unknown: /);
});
