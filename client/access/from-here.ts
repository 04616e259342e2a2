import type { Context } from 'hono';

const thisMachine = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/u;
const itsNames = ['127.0.0.1', 'localhost', '[::1]'];
const forwarding = /^(?:forwarded|x-forwarded-.*|x-real-ip)$/u;

/**
 * Whether a browser of this machine asks: by its address, by the name it used, and without a word of anybody in between. A proxy
 * on this machine comes from here as well, but it says for whom (RFC 7239), or names the host that was asked for.
 */
export function isFromHere(c: Context): 'yes' | 'no' {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  const host = (c.req.header('host') ?? new URL(c.req.url).host).replace(/:\d+$/u, '').toLowerCase();
  const isHere =
    thisMachine.test(incoming?.socket?.remoteAddress ?? '') &&
    itsNames.includes(host) &&
    Object.keys(c.req.header()).every((name) => !forwarding.test(name.toLowerCase()));
  return isHere ? 'yes' : 'no';
}
