import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Watched, Watchers } from '../live/watchers.ts';

/** Shorter than proxies wait for a byte (nginx: 60 s). */
const aliveEveryMs = 25_000;

/**
 * `GET /changes?issue=…`, `?round=…` or `?clock=…`: says `changed` whenever there is something new to read (server-sent events,
 * WHATWG HTML §9.2), and not what: that stands on the page.
 */
export function changeStream(watchers: Watchers): Hono {
  const app = new Hono();
  app.get('/changes', (c) => {
    const what = watchedIn(c.req.query());
    if (what === undefined) return c.text('没有写明看什么', 400);
    let isDue = false;
    let wake = () => undefined as void;
    const stop = watchers.watch(what, () => {
      isDue = true;
      wake();
    });
    if (stop === undefined) return c.text('看的人太多，请稍后刷新', 503);
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (stream) => {
      stream.onAbort(() => wake());
      try {
        await stream.writeSSE({ event: 'watching', data: '' });
        while (!stream.aborted) {
          if (isDue) {
            isDue = false;
            await stream.writeSSE({ event: 'changed', data: '' });
            continue;
          }
          let timer: NodeJS.Timeout | undefined;
          const woken = await new Promise<'woken' | 'idle'>((resolve) => {
            wake = () => resolve('woken');
            timer = setTimeout(() => resolve('idle'), aliveEveryMs);
          });
          clearTimeout(timer);
          if (woken === 'idle') await stream.write(':\n\n');
        }
      } finally {
        stop();
      }
    });
  });
  return app;
}

function watchedIn({ issue, round, clock }: Record<string, string>): Watched | undefined {
  if (issue !== undefined) return { issueId: issue };
  if (round !== undefined) return { roundId: round };
  return clock === undefined ? undefined : { clockId: clock };
}
