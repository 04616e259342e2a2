import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { isIP } from 'node:net';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { RefusedError } from '../refused-error.ts';
import type { OpenSession, Visitor } from './auth.ts';
import { createPasskeyChallenges, spendChallenge } from './passkey-challenge.ts';
import type { Signed, Viewer } from './sessions.ts';

/** A passkey of somebody's (通行密钥), as its owner sees it. */
export interface PasskeyReading {
  readonly id: string;
  readonly name: string;
  readonly madeAt: IsoInstant;
  readonly lastUsedAt: IsoInstant | null;
}

/** Signing in with a key that a device keeps and its owner unlocks (WebAuthn), in place of password and code. */
export interface Passkeys {
  /** Where passkeys can be used: they belong to a name, never to a number. */
  readonly origin: string;
  optionsToAdd(viewer: Viewer): Promise<PublicKeyCredentialCreationOptionsJSON>;
  /** @throws RefusedError `PasskeyRefused`, `PasskeyUnfit` */
  add(viewer: Viewer, given: { readonly name: string; readonly answer: string }): Promise<void>;
  list(accountId: string): Promise<PasskeyReading[]>;
  /** One that is gone already, or another's, is no error. */
  remove(accountId: string, passkeyId: string): Promise<void>;
  /** @param browser what tells this browser from others */
  optionsToSignIn(browser: string): Promise<PublicKeyCredentialRequestOptionsJSON>;
  /** @throws RefusedError `PasskeyRefused` */
  signIn(visitor: Visitor, given: { readonly browser: string; readonly answer: string }): Promise<Signed>;
}

const nameLength = 60;
/** What every answer of a device has; the library looks at all the rest. */
const answered = z.looseObject({
  id: z.string(),
  response: z.looseObject({ clientDataJSON: z.string() }),
});

export function createPasskeys({
  ledger,
  secret,
  publicUrl,
  openSession,
}: {
  readonly ledger: Ledger;
  readonly secret: string;
  readonly publicUrl: string;
  readonly openSession: OpenSession;
}): Passkeys {
  const origin = namedOrigin(publicUrl);
  const { hostname: rpID } = new URL(origin);
  const challenges = createPasskeyChallenges(secret);
  const expected = { expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true };
  return {
    origin,
    async optionsToAdd({ accountId, sessionId, email, name }) {
      const known = await ledger.accountPasskey.findMany({ where: { accountId }, select: { id: true } });
      return generateRegistrationOptions({
        ...{ rpName: '回头看', rpID, userName: email, userDisplayName: name, userID: bytesOf(accountId) },
        challenge: challenges.make({ adds: sessionId }, Date.now()),
        attestationType: 'none',
        excludeCredentials: known,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
    },
    async add({ accountId, sessionId }, { name, answer }) {
      if (name === '') throw new RefusedError('PasskeyUnfit', '请写明是哪台设备。');
      if (name.length > nameLength) throw new RefusedError('PasskeyUnfit', `设备名最多写${String(nameLength)}字。`);
      const now = Date.now();
      const response = answerOf(answer) as unknown as RegistrationResponseJSON;
      const { verified, registrationInfo } = await orRefused(() =>
        verifyRegistrationResponse({
          ...{ ...expected, response },
          expectedChallenge: (challenge) => challenges.isGood(challenge, { adds: sessionId }, now),
        }),
      );
      if (!verified) throw refused();
      const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
      await ledger.$transaction(async (tx) => {
        await spendChallenge(tx, challengeIn(response), now);
        const row = { id, accountId, name, publicKey, counter, transports, madeAt: new Date(now) };
        const { count } = await tx.accountPasskey.createMany({ data: [row], skipDuplicates: true });
        if (count === 0) throw refused();
      });
    },
    async list(accountId) {
      const rows = await ledger.accountPasskey.findMany({
        where: { accountId },
        select: { id: true, name: true, madeAt: true, lastUsedAt: true },
        orderBy: [{ madeAt: 'desc' }, { id: 'asc' }],
      });
      return rows.map(({ madeAt, lastUsedAt, ...one }) => ({
        ...{ ...one, madeAt: madeAt.toISOString() },
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      }));
    },
    async remove(accountId, id) {
      await ledger.accountPasskey.deleteMany({ where: { id, accountId } });
    },
    optionsToSignIn: (browser) =>
      generateAuthenticationOptions({
        rpID,
        challenge: challenges.make({ signsIn: browser }, Date.now()),
        userVerification: 'required',
      }),
    async signIn(visitor, { browser, answer }) {
      const now = Date.now();
      const response = answerOf(answer) as unknown as AuthenticationResponseJSON;
      const kept = await ledger.accountPasskey.findUnique({
        where: { id: response.id },
        include: { account: { select: { closedAt: true } } },
      });
      if (kept === null || kept.account.closedAt !== null) throw refused();
      const { id, accountId, publicKey, counter } = kept;
      const { verified, authenticationInfo } = await orRefused(() =>
        verifyAuthenticationResponse({
          ...{ ...expected, response, credential: { id, publicKey, counter: Number(counter) } },
          expectedChallenge: (challenge) => challenges.isGood(challenge, { signsIn: browser }, now),
        }),
      );
      if (!verified) throw refused();
      await ledger.$transaction(async (tx) => {
        await spendChallenge(tx, challengeIn(response), now);
        const used = { counter: authenticationInfo.newCounter, lastUsedAt: new Date(now) };
        const { count } = await tx.accountPasskey.updateMany({ where: { id, counter }, data: used });
        if (count === 0) throw refused(); // taken away, or used, in the meantime
      });
      return openSession(visitor, accountId);
    },
  };
}

/** A number is no name that a passkey could belong to (WebAuthn §5.1.3): on this machine it is `localhost`. */
function namedOrigin(publicUrl: string): string {
  const url = new URL(publicUrl);
  if (isIP(url.hostname.replace(/^\[|\]$/gu, '')) !== 0) url.hostname = 'localhost';
  return url.origin;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

/** @throws RefusedError `PasskeyRefused` */
function answerOf(text: string): z.infer<typeof answered> {
  try {
    return answered.parse(JSON.parse(text));
  } catch {
    throw refused();
  }
}

function challengeIn({ response }: { readonly response: { readonly clientDataJSON: string } }): string {
  const said: unknown = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString());
  return z.object({ challenge: z.string() }).parse(said).challenge;
}

/** What the library says of a wrong answer is for whoever wrote the browser. */
async function orRefused<Result>(verify: () => Promise<Result>): Promise<Result> {
  try {
    return await verify();
  } catch {
    throw refused();
  }
}

function refused(): RefusedError {
  return new RefusedError('PasskeyRefused', '通行密钥没有验证通过，请再来一次，或用密码登录。');
}
