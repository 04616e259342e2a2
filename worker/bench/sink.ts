/**
 * Run by the benchmarks as a child process: an SMTP server on loopback that takes whatever comes. Sends its port when it
 * listens, and, asked with any message, what it has taken so far.
 */
import { SMTPServer } from 'smtp-server';

/** A mail that was taken. */
export interface Taken {
  /** Milliseconds since 1970, when the sender was given his 250. */
  readonly at: number;
  /** The lines it carries, by their keys. */
  readonly lines: readonly string[];
}

/** What the sink tells its parent. */
export type SinkMessage = { readonly port: number } | { readonly taken: readonly Taken[] };

const taken: Taken[] = [];
const tell = (message: SinkMessage): void => void process.send?.(message);

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  onData(stream, _session, done) {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      const mail = Buffer.concat(parts).toString('latin1');
      const lines = [...mail.matchAll(/^X-Huitoukan-Line: (\S+)/gm)].map(([, key = '']) => key);
      taken.push({ at: Date.now(), lines });
      done(null, 'Taken.');
    });
  },
});
server.listen(0, '127.0.0.1', () => {
  const address = server.server.address();
  tell({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});
process.on('message', () => tell({ taken }));
process.on('disconnect', () => process.exit(0));
