import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import type { AccountStanding } from '../../prisma/generated/enums.ts';
import { RefusedError } from '../refused-error.ts';
import { hashedPassword, type AskAuth, type Visitor } from './auth.ts';
import type { AttemptLimits } from './attempt-limits.ts';
import { requireFit } from './accounts.ts';

/** Who is signed in. */
export interface Viewer {
  readonly accountId: string;
  readonly sessionId: string;
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly standing: AccountStanding;
  /** Whether a code follows the password (动态口令). */
  readonly secondStep: 'on' | 'off';
}

/** What came of it, for the browser: cookies to set. */
export interface Signed {
  readonly cookies: readonly string[];
}

/** A browser that is signed in with one's account. */
export interface SessionReading {
  readonly id: string;
  readonly userAgent: string;
  readonly address: string;
  readonly since: Date;
  readonly lastSeen: Date;
  readonly isThis: 'yes' | 'no';
}

export interface Sessions {
  /** Undefined when nobody is signed in; cookies renew a session that is in use. */
  viewer(visitor: Visitor): Promise<(Signed & { readonly viewer: Viewer }) | undefined>;
  /**
   * `code` where a second step (动态口令) follows.
   *
   * @throws RefusedError `SignInRefused`, `TooManyTries`
   */
  signIn(
    visitor: Visitor,
    given: { readonly email: string; readonly password: string },
  ): Promise<Signed & { readonly next: 'in' | 'code' }>;
  signOut(visitor: Visitor): Promise<Signed>;
  list(viewer: Viewer): Promise<SessionReading[]>;
  /** Signs one browser out, or all but this one; one that is gone already is no error. */
  revoke(viewer: Viewer, which: { readonly sessionId: string } | 'others'): Promise<void>;
  /** Asks for the password once more, before what outlasts a session. @throws RefusedError `PasswordWrong`, `TooManyTries` */
  confirmPassword(visitor: Visitor, viewer: Viewer, password: string): Promise<void>;
  /** Signs all other browsers out. @throws RefusedError `PasswordWrong`, `PasswordUnfit`, `TooManyTries` */
  changePassword(
    visitor: Visitor,
    viewer: Viewer,
    given: { readonly old: string; readonly fresh: string },
  ): Promise<void>;
}

const session = z.object({
  session: z.object({ id: z.string() }),
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    personId: z.string(),
    standing: z.enum(['office', 'person']),
    closedAt: z.string().nullish(),
    twoFactorEnabled: z.boolean().nullish(),
  }),
});

const secondStep = z.object({ twoFactorRedirect: z.literal(true) });

export function createSessions({
  ledger,
  ask,
  limits,
}: {
  readonly ledger: Ledger;
  readonly ask: AskAuth;
  readonly limits: AttemptLimits;
}): Sessions {
  const requirePassword = async (visitor: Visitor, { email }: Viewer, password: string, refusal: string) => {
    await limits.require(email);
    const { status } = await ask(visitor, '/verify-password', { password });
    if (status === 200) return;
    await limits.failed(email);
    throw new RefusedError('PasswordWrong', refusal);
  };
  return {
    confirmPassword: (visitor, viewer, password) => requirePassword(visitor, viewer, password, '密码不对。'),
    async viewer(visitor) {
      if (!visitor.cookie.includes('huitoukan.session_token')) return undefined; // nothing to ask the ledger for
      const { body, cookies } = await ask(visitor, '/get-session');
      const found = session.safeParse(body);
      if (!found.success || found.data.user.closedAt) return undefined;
      const { user } = found.data;
      const viewer = {
        ...{ accountId: user.id, sessionId: found.data.session.id, personId: user.personId },
        ...{ name: user.name, email: user.email, standing: user.standing },
        secondStep: user.twoFactorEnabled === true ? ('on' as const) : ('off' as const),
      };
      return { viewer, cookies };
    },
    async signIn(visitor, { email, password }) {
      const account = email.trim().toLowerCase();
      await limits.require(account);
      const closed = await ledger.account.findFirst({
        where: { email: account, closedAt: { not: null } },
        select: { id: true },
      });
      // A closed account is asked for under a name that nobody has: it takes as long, and no session is made.
      const asked = closed === null ? account : `closed-${closed.id}@account.invalid`;
      const { status, body, cookies } = await ask(visitor, '/sign-in/email', { email: asked, password });
      if (status === 429) throw new RefusedError('TooManyTries', '尝试的次数太多，请过一分钟再试。');
      if (status !== 200) {
        await limits.failed(account);
        throw new RefusedError('SignInRefused', '邮箱或密码不对，或账户已经停用。');
      }
      await limits.succeeded(account);
      return { cookies, next: secondStep.safeParse(body).success ? 'code' : 'in' };
    },
    async signOut(visitor) {
      const { cookies } = await ask(visitor, '/sign-out', {});
      return { cookies };
    },
    async list({ accountId, sessionId }) {
      const rows = await ledger.accountSession.findMany({
        where: { userId: accountId, expiresAt: { gt: new Date() } },
        orderBy: { updatedAt: 'desc' },
      });
      return rows.map(({ id, userAgent, ipAddress, createdAt, updatedAt }) => ({
        ...{ id, userAgent: userAgent ?? '', address: ipAddress ?? '', since: createdAt, lastSeen: updatedAt },
        isThis: id === sessionId ? 'yes' : 'no',
      }));
    },
    async revoke({ accountId, sessionId }, which) {
      const id = which === 'others' ? { not: sessionId } : which.sessionId;
      await ledger.accountSession.deleteMany({ where: { userId: accountId, id } });
    },
    async changePassword(visitor, viewer, { old, fresh }) {
      requireFit(fresh, viewer);
      await requirePassword(visitor, viewer, old, '原来的密码不对。');
      const password = await hashedPassword(fresh);
      await ledger.$transaction([
        ledger.accountCredential.updateMany({ where: { userId: viewer.accountId }, data: { password } }),
        ledger.accountSession.deleteMany({ where: { userId: viewer.accountId, id: { not: viewer.sessionId } } }),
      ]);
    },
  };
}
