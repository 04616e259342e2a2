import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compose } from '../../../activities/mail/compose.ts';
import { readSigningKey, type SigningKey } from '../../../activities/mail/dkim.ts';
import { dkimVerdict, signedHeadersOf } from '../../support/dkim-verifier.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { mailToCompose as mail } from './mail-to-compose.ts';

const pem = { format: 'pem', type: 'pkcs8' } as const;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ format: 'der', type: 'spki' }).toString('base64')}`;
const signing: SigningKey = {
  domain: 'huitoukan.example',
  selector: 'duban',
  privateKey: privateKey.export(pem).toString(),
};
const txtOf = (name: string) => (name === 'duban._domainkey.huitoukan.example' ? record : undefined);

describe('a signed mail', () => {
  it('is verified with the key that stands in DNS, and has the same bytes every time', async () => {
    const raw = await compose({ ...mail, signing });
    expect(dkimVerdict(raw, txtOf)).toBe('pass');
    expect(raw.equals(await compose({ ...mail, signing }))).toBe(true);
  });

  it('is the unsigned mail with one header more above it', async () => {
    const [raw, unsigned] = [await compose({ ...mail, signing }), await compose(mail)];
    expect(raw.subarray(raw.length - unsigned.length).equals(unsigned)).toBe(true);
    expect(raw.toString().match(/^DKIM-Signature:/gm)).toHaveLength(1);
  });

  it('fails the verification when body, recipient, subject or thread are changed, or the key is another', async () => {
    const raw = (
      await compose({ ...mail, signing, inReplyTo: 'a@qq.example', references: ['a@qq.example'] })
    ).toString();
    const changed = (from: string | RegExp, to: string) => {
      const after = raw.replace(from, to);
      expect(after).not.toBe(raw);
      return dkimVerdict(Buffer.from(after), txtOf);
    };
    expect(dkimVerdict(Buffer.from(raw), txtOf)).toBe('pass');
    expect(changed(/(\r\n\r\n.*)=/s, '$1A')).toBe('the body was changed');
    for (const header of [
      'From',
      'Reply-To',
      'To',
      'Subject',
      'Date',
      'Message-ID',
      'In-Reply-To',
      'References',
      'Auto-Submitted',
    ]) {
      expect([header, changed(new RegExp(`^${header}: `, 'm'), `${header}: x`)]).toEqual([
        header,
        'the headers were changed',
      ]);
    }
    expect(dkimVerdict(Buffer.from(raw), () => undefined)).toBe('no key in DNS');
  });

  it('may have lines added by who checks it on the way, for these are not signed', async () => {
    const raw = await compose({ ...mail, signing });
    expect(signedHeadersOf(raw)).not.toContain('x-huitoukan-line');
    const onTheWay = Buffer.concat([
      Buffer.from('Received: from a by b;\r\n Fri, 29 Mar 2024 01:00:00 +0000\r\n'),
      raw,
    ]);
    expect(dkimVerdict(onTheWay, txtOf)).toBe('pass');
  });

  it('is not made with a key that cannot sign: the claim fails instead', async () => {
    await expect(compose({ ...mail, signing: { ...signing, privateKey: 'no key' } })).rejects.toThrow(
      /could not be signed/,
    );
  });
});

describe('the signing key', () => {
  const fileWith = (name: string, content: string) => {
    const file = join(temporaryFolder(), name);
    writeFileSync(file, content);
    return file;
  };

  it('is read from its file', () => {
    const file = fileWith('good.pem', signing.privateKey);
    expect(readSigningKey(file, 'huitoukan.example', 'duban')).toEqual(signing);
  });

  const short = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey.export(pem).toString();
  const other = generateKeyPairSync('ed25519').privateKey.export(pem).toString();
  const locked = privateKey.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'secret' }).toString();
  it.each([
    ['is not there', () => join(temporaryFolder(), 'nowhere.pem'), '没有这个 DKIM 私钥文件'],
    ['is a folder', () => temporaryFolder(), '读不了这个 DKIM 私钥文件'],
    ['is no key', () => fileWith('text.pem', 'hello'), '不是没有密码的 PEM 私钥'],
    ['has a password', () => fileWith('locked.pem', locked), '不是没有密码的 PEM 私钥'],
    ['is too short', () => fileWith('short.pem', short), 'DKIM 要用 RSA 私钥，不少于 1024 位'],
    ['is of another kind', () => fileWith('ed25519.pem', other), 'DKIM 要用 RSA 私钥'],
  ])('is refused, with what to do, when it %s', (_, file, why) => {
    const path = file();
    const reading = () => readSigningKey(path, 'huitoukan.example', 'duban');
    expect(reading).toThrow(why);
    expect(reading).toThrow('bin/huitoukan mail dkim-key');
  });
});

describe('the verifier of these tests', () => {
  it('accepts the mail that RFC 8463 prints (appendix A.3), and not a changed one', () => {
    const football = `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
`.replaceAll('\n', '\r\n');
    const printed =
      'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB';
    const inDns = (name: string) => (name === 'test._domainkey.football.example.com' ? printed : undefined);
    expect(dkimVerdict(Buffer.from(football), inDns)).toBe('pass');
    expect(dkimVerdict(Buffer.from(football.replace('dinner', 'supper')), inDns)).toBe('the headers were changed');
  });
});
