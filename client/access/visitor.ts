import type { Context } from 'hono';
import type { Visitor } from './auth.ts';

/** The browser that asks; without a socket, as in a test, it is this machine. */
export function visitorOf(c: Context): Visitor {
  return {
    cookie: c.req.header('cookie') ?? '',
    userAgent: (c.req.header('user-agent') ?? '').slice(0, 300),
    address: remoteAddressOf(c) ?? '127.0.0.1',
  };
}

/** The network address that the request comes from; undefined without a socket. */
export function remoteAddressOf(c: Context): string | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return incoming?.socket?.remoteAddress;
}
