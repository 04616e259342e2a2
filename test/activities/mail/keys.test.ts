import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { base32, mailIdentity } from '../../../activities/mail/keys.ts';

describe('a mail’s identity', () => {
  const identity = mailIdentity('secret', 'huitoukan.example', 'p-chen/2024-03-29');

  it('follows from its key and the secret alone', () => {
    expect(mailIdentity('secret', 'huitoukan.example', 'p-chen/2024-03-29')).toEqual(identity);
    expect(mailIdentity('other', 'huitoukan.example', 'p-chen/2024-03-29').id).not.toBe(identity.id);
    expect(mailIdentity('secret', 'huitoukan.example', 'p-chen/2024-03-30').id).not.toBe(identity.id);
  });

  it('has a reply token of 26 lower-case characters, 128 bit, of which the ledger keeps only the sha256', () => {
    const [, token] = /^reply\+([a-z2-7]{26})@huitoukan\.example$/.exec(identity.replyAddress) ?? [];
    const bits = createHmac('sha256', 'secret').update('token/p-chen/2024-03-29').digest().subarray(0, 16);
    expect(token).toBe(base32(bits));
    expect(identity.tokenHash).toBe(createHash('sha256').update(token!).digest('hex'));
    expect(Buffer.byteLength(`reply+${token!}`)).toBeLessThanOrEqual(64);
  });

  it('names the Message-ID by the id, 160 bit', () => {
    expect(identity.id).toMatch(/^[a-z2-7]{32}$/);
    expect(identity.messageId).toBe(`${identity.id}@huitoukan.example`);
  });

  it.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('is written in the base32 of RFC 4648 §10: “%s” is “%s”', (bytes, text) => {
    expect(base32(Buffer.from(bytes))).toBe(text);
  });
});
