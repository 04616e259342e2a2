import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { SinkMessage, Taken } from './sink.ts';

/** An SMTP server in a process of its own, so that taking mails costs the sender none of its time. */
export interface Sink {
  readonly url: string;
  /** What has been taken so far. */
  taken(): Promise<readonly Taken[]>;
  stop(): void;
}

export async function startSink(): Promise<Sink> {
  const child = fork(join(import.meta.dirname, 'sink.ts'), { execArgv: ['--import', 'tsx'] });
  const next = () =>
    new Promise<SinkMessage>((resolve) => child.once('message', (told) => resolve(told as SinkMessage)));
  const first = await next();
  if (!('port' in first)) throw new Error('the sink said something else than its port');
  return {
    url: `smtp://127.0.0.1:${String(first.port)}`,
    async taken() {
      const answer = next();
      child.send('tell');
      const told = await answer;
      return 'taken' in told ? told.taken : [];
    },
    stop: () => void child.disconnect(),
  };
}
