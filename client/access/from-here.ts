import type { Context } from 'hono';
import { remoteAddressOf } from './visitor.ts';

const thisMachine = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/u;
const forwarding = /^(?:forwarded|x-forwarded-.*|x-real-ip)$/u;

/**
 * Whether a browser of this machine asks: by its address, by the name it used, and without a word of anybody in between. A proxy
 * on this machine comes from here as well, but it says for whom (RFC 7239), or names the host that was asked for.
 */
export function isFromHere(c: Context): 'yes' | 'no' {
  const isHere =
    thisMachine.test(remoteAddressOf(c) ?? '') &&
    namesThisMachine(c.req.header('host') ?? new URL(c.req.url).host) &&
    Object.keys(c.req.header()).every((name) => !forwarding.test(name.toLowerCase()));
  return isHere ? 'yes' : 'no';
}

/** Whether a `Host`, whatever its port, is a name that only this machine answers to. */
export function namesThisMachine(host: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host.replace(/:\d+$/u, '').toLowerCase());
}
