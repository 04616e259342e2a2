import { describe, expect, it } from 'vitest';
import { createPasskeyChallenges, spendChallenge } from '../../../client/access/passkey-challenge.ts';
import { createPasskeys } from '../../../client/access/passkeys.ts';
import type { Viewer } from '../../../client/access/sessions.ts';
import { testLedger } from '../../support/servers.ts';

const ledger = await testLedger();
const secret = 'a secret of at least thirty-two characters';
const challenges = createPasskeyChallenges(secret);
const nowMs = Date.parse('2026-11-28T02:00:00.000Z');
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const passkeysAt = (publicUrl: string) =>
  createPasskeys({ ledger, secret, publicUrl, openSession: () => Promise.reject(new Error('let in')) });

describe('a challenge', () => {
  const made = text(challenges.make({ signsIn: 'this browser' }, nowMs));

  it('is good for five minutes, for what and for whom it was made', () => {
    expect(challenges.isGood(made, { signsIn: 'this browser' }, nowMs + 300_000)).toBe(true);
    expect(challenges.isGood(made, { signsIn: 'this browser' }, nowMs + 300_001)).toBe(false);
    expect(challenges.isGood(made, { signsIn: 'another browser' }, nowMs)).toBe(false);
    expect(challenges.isGood(made, { adds: 'this browser' }, nowMs)).toBe(false);
    expect(createPasskeyChallenges('another secret').isGood(made, { signsIn: 'this browser' }, nowMs)).toBe(false);
  });

  it('cannot be made longer, changed or left out', () => {
    const bytes = Buffer.from(made, 'base64url');
    const later = Buffer.from(bytes);
    later.writeBigUInt64BE(BigInt(nowMs + 86_400_000));
    for (const other of [later, bytes.subarray(0, 30), bytes.subarray(0, 3), Buffer.alloc(0), Buffer.alloc(56)])
      expect(challenges.isGood(text(other), { signsIn: 'this browser' }, nowMs)).toBe(false);
  });

  it('is met once, however it is written, and is forgotten when it is over', async () => {
    const spend = (challenge: string, atMs: number) => ledger.$transaction((tx) => spendChallenge(tx, challenge, atMs));
    await spend(made, nowMs);
    await expect(spend(made, nowMs)).rejects.toMatchObject({ code: 'PasskeyRefused' });
    await expect(spend(`${made}=`, nowMs)).rejects.toMatchObject({ code: 'PasskeyRefused' });
    const other = text(challenges.make({ signsIn: 'this browser' }, nowMs));
    await spend(other, nowMs + 300_001);
    expect(await ledger.accountProof.count()).toBe(1);
  });
});

describe('passkeys', () => {
  it('belong to the name under which people reach the pages, on this machine to localhost', () => {
    expect(passkeysAt('https://office.example/').origin).toBe('https://office.example');
    expect(passkeysAt('http://127.0.0.1:8787').origin).toBe('http://localhost:8787');
    expect(passkeysAt('http://[::1]:8787').origin).toBe('http://localhost:8787');
  });

  it('are asked for with the owner’s unlocking, and nothing is kept until a device has answered', async () => {
    const passkeys = passkeysAt('https://office.example');
    const before = await ledger.accountProof.count();
    const viewer = { accountId: 'a', sessionId: 's', email: 'wang@office.example', name: '王主任' } as Viewer;
    expect(await passkeys.optionsToAdd(viewer)).toMatchObject({
      rp: { id: 'office.example' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    expect(await passkeys.optionsToSignIn('b')).toMatchObject({
      rpId: 'office.example',
      userVerification: 'required',
    });
    expect((await passkeys.optionsToSignIn('b')).allowCredentials ?? []).toEqual([]);
    expect(await ledger.accountProof.count()).toBe(before);
  });

  it.each(['', '{}', 'null', '{"id":"x","response":{"clientDataJSON":"eyJ9"}}', '{"id":"x","response":{}}'])(
    'the answer %s lets nobody in',
    async (answer) => {
      const passkeys = passkeysAt('https://office.example');
      const visitor = { cookie: '', userAgent: '', address: '127.0.0.1' };
      await expect(passkeys.signIn(visitor, { browser: 'b', answer })).rejects.toMatchObject({
        code: 'PasskeyRefused',
      });
      const viewer = { accountId: 'a', sessionId: 's' } as Viewer;
      await expect(passkeys.add(viewer, { name: '电脑', answer })).rejects.toMatchObject({ code: 'PasskeyRefused' });
    },
  );
});
