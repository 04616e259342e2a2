import { hash, verify } from '@node-rs/argon2';
import { betterAuth, type BetterAuthPlugin } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { twoFactor } from 'better-auth/plugins';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';

/** A browser that asks, as far as signing in is concerned. */
export interface Visitor {
  /** Its `Cookie` header; empty when it has sent none. */
  readonly cookie: string;
  readonly userAgent: string;
  /** The network address it comes from. */
  readonly address: string;
}

/** What better-auth answered. */
export interface AuthAnswer {
  readonly status: number;
  readonly body: unknown;
  /** `Set-Cookie` values for the browser. */
  readonly cookies: readonly string[];
}

/** Asks better-auth: its own checks and limits hold for what our forms ask as for anybody else. */
export type AskAuth = (visitor: Visitor, path: string, body?: Readonly<Record<string, unknown>>) => Promise<AuthAnswer>;

/** Signs a browser in with an account of which something else has been proven; asked from within alone. */
export type OpenSession = (visitor: Visitor, accountId: string) => Promise<Pick<AuthAnswer, 'cookies'>>;

/** Never served: our own forms ask it from within, so that what it can do and no page offers cannot be asked for. */
const basePath = '/sign-in-engine';
const addressHeader = 'x-huitoukan-address';

/** OWASP's least for argon2id (Password Storage Cheat Sheet, 2025): 19 MiB, two passes, one lane. */
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const passwordLength = { min: 10, max: 128 } as const;
/** A day at the office and some more; used again within it, it begins anew. */
const sessionSeconds = 12 * 3_600;
const sessionRenewedAfterSeconds = 1_800;

/** How a password is kept. */
export function hashedPassword(password: string): Promise<string> {
  return hash(password, argon2id);
}

/**
 * The engine of signing in: passwords, sessions and their limits, over the ledger's own tables.
 *
 * @param publicUrl where people reach the pages; over https the cookies are for https alone
 */
export function createAuth({ ledger, secret, publicUrl }: { ledger: Ledger; secret: string; publicUrl: string }): {
  readonly ask: AskAuth;
  readonly openSession: OpenSession;
} {
  const { origin } = new URL(publicUrl);
  const auth = betterAuth({
    appName: '回头看',
    baseURL: origin,
    basePath,
    secret,
    database: prismaAdapter(ledger, { provider: 'postgresql', transaction: true }),
    telemetry: { enabled: false },
    logger: { disabled: true }, // it would log addresses
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      password: { hash: hashedPassword, verify: ({ hash: kept, password }) => verify(kept, password) },
    },
    user: {
      modelName: 'account',
      additionalFields: {
        personId: { type: 'string', required: true, input: false },
        standing: { type: 'string', required: true, input: false },
        closedAt: { type: 'date', required: false, input: false },
      },
    },
    session: {
      modelName: 'accountSession',
      expiresIn: sessionSeconds,
      updateAge: sessionRenewedAfterSeconds,
    },
    account: { modelName: 'accountCredential' },
    verification: { modelName: 'accountProof' },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'signInAttempts',
      customRules: { '/sign-in/email': { window: 60, max: 10 }, '/get-session': false },
    },
    plugins: [twoFactor({ issuer: '回头看', schema: { twoFactor: { modelName: 'accountTotp' } } }), sessionsFromWithin],
    advanced: {
      cookiePrefix: 'huitoukan',
      ipAddress: { ipAddressHeaders: [addressHeader] },
      // A link in a mail is followed from another site: with `strict` people would seem not to be signed in.
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
    },
  });
  const ask: AskAuth = async ({ cookie, userAgent, address }, path, body) => {
    const response = await auth.handler(
      new Request(`${origin}${basePath}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...{ cookie, origin, 'user-agent': userAgent, [addressHeader]: address },
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? null : (JSON.parse(text) as unknown),
      cookies: response.headers.getSetCookie(),
    };
  };
  const openSession: OpenSession = async ({ userAgent, address }, accountId) => {
    const headers = { origin, 'user-agent': userAgent, [addressHeader]: address };
    const answer = await auth.api.openSession({ body: { accountId }, headers, asResponse: true });
    if (!answer.ok) throw new Error(`no session was made: ${String(answer.status)}`);
    return { cookies: answer.headers.getSetCookie() };
  };
  return { ask, openSession };
}

/** No path leads to it: it is called, never asked for. */
const sessionsFromWithin = {
  id: 'sessions-from-within',
  endpoints: {
    openSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ accountId: z.string() }) },
      async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.accountId);
        if (user === null) throw new Error('no such account');
        const session = await ctx.context.internalAdapter.createSession(user.id);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({});
      },
    ),
  },
} satisfies BetterAuthPlugin;
