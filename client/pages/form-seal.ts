import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** What a form carries to prove that it stood on a page of ours: the browser's cookie says the same (double submit). */
export type FormSeal = string;

const cookieName = 'huitoukan-form';
const sealPattern = /^[A-Za-z0-9_-]{32}$/;

declare module 'hono' {
  interface ContextVariableMap {
    seal: FormSeal;
  }
}

/** Gives each browser a seal. The cookie is for our own pages only and no script reads it. */
export const sealed: MiddlewareHandler = async (c, next) => {
  const known = getCookie(c, cookieName);
  const seal = known !== undefined && sealPattern.test(known) ? known : randomBytes(24).toString('base64url');
  if (seal !== known) setCookie(c, cookieName, seal, { path: '/', httpOnly: true, sameSite: 'Strict' });
  c.set('seal', seal);
  await next();
};

/**
 * Whether a posted form came from a page of ours: its seal is the cookie's, and the browser names no other site as
 * its origin.
 */
export function isOurForm(c: Context, given: unknown): boolean {
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== 'null' && hostOf(origin) !== c.req.header('host')) return false;
  if (origin === 'null') return false;
  const known = getCookie(c, cookieName);
  if (known === undefined || typeof given !== 'string') return false;
  const [one, other] = [Buffer.from(known), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
