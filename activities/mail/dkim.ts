import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';

/** With what our mails are signed (DKIM, RFC 6376), for the domain that they come from. */
export interface SigningKey {
  readonly domain: string;
  /** The public key stands in DNS under `<selector>._domainkey.<domain>`. */
  readonly selector: string;
  /** RSA, PEM. */
  readonly privateKey: string;
}

/** What is there of these is signed: whatever a reader sees, and what says how the mail is to be answered (RFC 6376 §5.4.1). */
const signedHeaders = [
  ...['From', 'Reply-To', 'To', 'Subject', 'Date', 'Message-ID', 'In-Reply-To', 'References'],
  ...['MIME-Version', 'Content-Type', 'Content-Transfer-Encoding', 'Auto-Submitted', 'X-Auto-Response-Suppress'],
].join(':');

/**
 * The mail with a signature above it. RSA signatures of PKCS #1 v1.5 have nothing random and this one names no moment, so
 * the same mail and key give the same bytes.
 *
 * @throws Error when it cannot be signed: nodemailer would let it pass unsigned
 */
export async function signed(raw: Buffer, { domain, selector, privateKey }: SigningKey): Promise<Buffer> {
  const signer = new DKIM({
    domainName: domain,
    keySelector: selector,
    privateKey,
    headerFieldNames: signedHeaders,
  });
  const bytes = await buffer(signer.sign(raw));
  if (!bytes.toString('latin1', 0, 15).startsWith('DKIM-Signature:')) throw new Error('the mail could not be signed');
  return bytes;
}

/** Receivers may take shorter keys for none (RFC 8301 §3.2). */
const bitsAtLeast = 1024;

/** @throws Error with a sentence for people when there is no key there by which mails can be signed */
export function readSigningKey(file: string, domain: string, selector: string): SigningKey {
  const refused = (why: string, cause?: unknown) =>
    new Error(`${file}：${why}；请用 bin/huitoukan mail dkim-key 备一把，或不设 MAIL_DKIM_KEY（不签名）`, { cause });
  let privateKey: string;
  try {
    privateKey = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refused(code === 'ENOENT' ? '没有这个 DKIM 私钥文件' : '读不了这个 DKIM 私钥文件', error);
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(privateKey);
  } catch (error) {
    throw refused('不是没有密码的 PEM 私钥', error);
  }
  const bits = key.asymmetricKeyType === 'rsa' ? (key.asymmetricKeyDetails?.modulusLength ?? 0) : 0;
  if (bits < bitsAtLeast) throw refused(`DKIM 要用 RSA 私钥，不少于 ${String(bitsAtLeast)} 位`);
  return { domain, selector, privateKey };
}
