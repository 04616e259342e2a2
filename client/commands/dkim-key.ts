import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MisuseError } from '../misuse-error.ts';
import type { Output } from './output.ts';

export interface DkimKeyOptions {
  readonly domain: string;
  readonly selector: string;
}

interface DkimKey {
  readonly domain: string;
  readonly selector: string;
  /** Absolute. */
  readonly keyFile: string;
  readonly made: 'now' | 'before';
  readonly record: { readonly name: string; readonly type: 'TXT'; readonly value: string };
  /** The same for a zone file, where a string has 255 characters at most. */
  readonly zoneLine: string;
}

/** 2,048 bit: what receivers ask for, and what one DNS answer holds (RFC 8301 §3.2). */
const modulusLength = 2048;

/**
 * `mail dkim-key DIR`: makes the key by which mails are signed, readable by its owner only, and says what belongs into
 * DNS. A key that is there already stays, and the same is said of it.
 *
 * @throws MisuseError
 */
export function dkimKey(output: Output, folder: string, { domain: given, selector }: DkimKeyOptions): void {
  const domain = given.toLowerCase();
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain)) throw new MisuseError(`--domain ${given}：应是域名，即 MAIL_DOMAIN`);
  if (!/^[a-z0-9-]{1,63}$/i.test(selector)) throw new MisuseError(`--selector ${selector}：只能用字母、数字和连字符`);
  const keyFile = join(resolve(folder), `${selector}.private.pem`);
  const { key, made } = keptKey(keyFile);
  const value = `v=DKIM1; k=rsa; p=${createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')}`;
  const name = `${selector}._domainkey.${domain}`;
  const strings = value.match(/.{1,255}/g) ?? [];
  const zoneLine = `${name}. IN TXT ( ${strings.map((text) => `"${text}"`).join(' ')} )`;
  const answer: DkimKey = { domain, selector, keyFile, made, record: { name, type: 'TXT', value }, zoneLine };
  output.answer(answer, () => inWords(answer));
}

function keptKey(file: string): { key: KeyObject; made: DkimKey['made'] } {
  try {
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
    // Fails where there is one: mails that were signed with it are still to be verified.
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    return { key: privateKey, made: 'now' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new MisuseError(`${file}：写不了`, { cause: error });
  }
  try {
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType === 'rsa') return { key, made: 'before' };
  } catch (error) {
    throw new MisuseError(`${file}：已有这个文件，但读不出私钥`, { cause: error });
  }
  throw new MisuseError(`${file}：已有这个文件，但不是 RSA 私钥`);
}

function inWords({ domain, selector, keyFile, made, record, zoneLine }: DkimKey): string {
  return [
    `${made === 'now' ? '私钥已存入 ' : '已有私钥，没有改动：'}${keyFile}（只有本用户可读，不要外传）`,
    '',
    `请管 ${domain} 域名的同事加一条 ${record.type} 记录：`,
    `  主机记录：${record.name}`,
    `  记录值：${record.value}`,
    '',
    '直接写区文件的，写这一行：',
    `  ${zoneLine}`,
    '',
    '记录生效以后，这样启动，邮件就有签名：',
    `  MAIL_DOMAIN=${domain} MAIL_DKIM_KEY=${keyFile}${selector === 'huitoukan' ? '' : ` MAIL_DKIM_SELECTOR=${selector}`} npm start`,
  ].join('\n');
}
