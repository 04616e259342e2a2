import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/**
 * What a form carries to prove that it stood on a page of ours: the browser's cookie says the same (double submit). It looks
 * different on every page, or the size of compressed pages would give it away bit by bit (BREACH).
 */
export type FormSeal = string;

const cookieName = 'huitoukan-form';
const keyPattern = /^[A-Za-z0-9_-]{32}$/;

declare module 'hono' {
  interface ContextVariableMap {
    seal: FormSeal;
    /** What the cookie holds: the same for every page in this browser. */
    browserKey: string;
  }
}

/** Gives each browser a seal. The cookie is for our own pages only and no script reads it. */
export const sealed: MiddlewareHandler = async (c, next) => {
  const known = getCookie(c, cookieName);
  const key = known !== undefined && keyPattern.test(known) ? known : randomBytes(keyBytes).toString('base64url');
  if (key !== known) setCookie(c, cookieName, key, { path: '/', httpOnly: true, sameSite: 'Strict' });
  c.set('browserKey', key);
  c.set('seal', masked(key));
  await next();
};

/**
 * Whether a posted form came from a page of ours: its seal is the cookie's, and the browser names no other site as
 * its origin.
 */
export function isOurForm(c: Context, given: unknown): boolean {
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== 'null' && hostOf(origin) !== c.req.header('host')) return false;
  if (origin === 'null' && !isPageWithoutReferrer(c.req.raw.headers, c.req.path)) return false;
  const known = getCookie(c, cookieName);
  return known !== undefined && typeof given === 'string' && isSame(known, unmasked(given));
}

const keyBytes = 24;

function masked(key: string): FormSeal {
  const mask = randomBytes(keyBytes);
  return Buffer.concat([mask, xored(Buffer.from(key, 'base64url'), mask)]).toString('base64url');
}

function unmasked(seal: FormSeal): string {
  const bytes = Buffer.from(seal, 'base64url');
  return xored(bytes.subarray(keyBytes), bytes.subarray(0, keyBytes)).toString('base64url');
}

/** As long as the first; what the mask does not cover stays as it is. */
function xored(bytes: Buffer, mask: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, index) => byte ^ (mask[index] ?? 0)));
}

/**
 * A page that names itself to nobody (`Referrer-Policy: no-referrer`) posts with the origin `null` (Fetch, “append a
 * request Origin header”). Only the pages of mail links are so. A browser that tells where a request comes from has to
 * say it is our own page; over plain HTTP browsers do not tell, and the seal alone decides.
 */
export function isPageWithoutReferrer(headers: Headers, path: string): boolean {
  return path.startsWith('/a/') && ['same-origin', null].includes(headers.get('sec-fetch-site'));
}

/** Whether a request only reads (RFC 9110 §9.2.1). */
export function isReading({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** The seal of one view of one form: it holds for this browser and for what the view was made for, and nothing else. */
export function viewSealOf(browserKey: string, madeFor: string): string {
  return createHmac('sha256', browserKey).update(madeFor).digest('base64url');
}

export function isSame(known: string, given: string): boolean {
  const [one, other] = [Buffer.from(known), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
