import type { Context } from 'hono';
import type { Visitor } from './auth.ts';

/** The browser that asks; without a socket, as in a test, it is this machine. */
export function visitorOf(c: Context): Visitor {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return {
    cookie: c.req.header('cookie') ?? '',
    userAgent: (c.req.header('user-agent') ?? '').slice(0, 300),
    address: incoming?.socket?.remoteAddress ?? '127.0.0.1',
  };
}
