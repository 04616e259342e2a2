import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { LedgerTransaction } from '../../prisma/client.ts';
import { RefusedError } from '../refused-error.ts';

/** How long a device may take to ask its owner. */
const goodForMs = 5 * 60_000;
const headBytes = 24;
const keptAs = 'passkey-challenge';

/** What a challenge is for: it is good for nothing else, and for nobody else. */
export type ChallengeFor = { readonly adds: string } | { readonly signsIn: string };

/** Challenges that say themselves until when they are good and for whom, so that whoever asks for many leaves nothing behind. */
export interface PasskeyChallenges {
  make(purpose: ChallengeFor, nowMs: number): Uint8Array<ArrayBuffer>;
  isGood(challenge: string, purpose: ChallengeFor, nowMs: number): boolean;
}

/** @param secret of the signing in */
export function createPasskeyChallenges(secret: string): PasskeyChallenges {
  const key = createHmac('sha256', secret).update('passkey challenges').digest();
  const signed = (head: Buffer, purpose: ChallengeFor) =>
    createHmac('sha256', key).update(head).update(JSON.stringify(purpose)).digest();
  return {
    make(purpose, nowMs) {
      const head = Buffer.concat([Buffer.alloc(8), randomBytes(headBytes - 8)]);
      head.writeBigUInt64BE(BigInt(nowMs + goodForMs));
      return new Uint8Array([...head, ...signed(head, purpose)]);
    },
    isGood(challenge, purpose, nowMs) {
      const bytes = Buffer.from(challenge, 'base64url');
      const [head, given] = [bytes.subarray(0, headBytes), bytes.subarray(headBytes)];
      const wanted = signed(head, purpose);
      return (
        given.length === wanted.length && timingSafeEqual(given, wanted) && nowMs <= Number(head.readBigUInt64BE())
      );
    },
  };
}

/** Notes that a challenge was met, and forgets those that are over. @throws RefusedError `PasskeyRefused` when it was met before */
export async function spendChallenge(tx: LedgerTransaction, challenge: string, nowMs: number): Promise<void> {
  await tx.accountProof.deleteMany({ where: { identifier: keptAs, expiresAt: { lt: new Date(nowMs) } } });
  const id = createHash('sha256').update(Buffer.from(challenge, 'base64url')).digest('hex');
  const expiresAt = new Date(nowMs + goodForMs);
  const row = { id, identifier: keptAs, value: '', expiresAt };
  const { count } = await tx.accountProof.createMany({ data: [row], skipDuplicates: true });
  if (count === 0) throw new RefusedError('PasskeyRefused', '这次验证已经用过，请再来一次。');
}
