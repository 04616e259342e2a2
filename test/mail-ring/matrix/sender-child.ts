/** A sender as a process of its own: it says that it is ready, runs once when it is told to, and says that it is done. */
import { loadSender } from './load-sender.ts';
import type { SenderName, SenderRun } from './sender-run.ts';

const send = await loadSender(process.argv[2] as SenderName);
process.once('message', (run: SenderRun) => {
  send(run)
    .catch(() => undefined)
    .finally(() => process.send?.('done'));
});
process.send?.('ready');
