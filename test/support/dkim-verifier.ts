import { createHash, createVerify } from 'node:crypto';

/** What DNS would answer: the TXT record of a name, undefined where there is none. */
export type TxtOf = (name: string) => string | undefined;

/**
 * Verifies the first DKIM signature of a mail as its receiver does (RFC 6376 §6.1): rsa-sha256, relaxed/relaxed. Written
 * from the RFC alone, and tried with the mail that RFC 8463 prints, so that it shares no mistake with the signer.
 *
 * @returns `pass`, or what is wrong
 */
export function dkimVerdict(raw: Uint8Array, txtOf: TxtOf): string {
  const text = Buffer.from(raw).toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const fields = text
    .slice(0, end)
    .split(/\r\n(?![ \t])/)
    .map((field) => ({ name: field.slice(0, field.indexOf(':')).trim().toLowerCase(), field }));
  const signature = fields.find(({ name }) => name === 'dkim-signature');
  if (signature === undefined) return 'not signed';
  const tags = tagsOf(signature.field.slice(signature.field.indexOf(':') + 1));
  if (tags.get('a') !== 'rsa-sha256' || tags.get('c') !== 'relaxed/relaxed')
    return 'an algorithm that is not known here';
  const bodyHash = createHash('sha256')
    .update(relaxedBody(text.slice(end + 4)), 'latin1')
    .digest('base64');
  if (bodyHash !== tags.get('bh')) return 'the body was changed';
  const record = tagsOf(txtOf(`${tags.get('s') ?? ''}._domainkey.${tags.get('d') ?? ''}`) ?? '');
  const der = Buffer.from(record.get('p') ?? '', 'base64');
  if (der.length === 0) return 'no key in DNS';

  const left = [...fields].reverse();
  const named = (tags.get('h') ?? '').toLowerCase().split(':');
  const taken = named.map((wanted) => {
    const place = left.findIndex(({ name }) => name === wanted); // from below; one that is not there counts as empty
    return place < 0 ? '' : `${relaxedField(left.splice(place, 1)[0]!.field)}\r\n`;
  });
  const unsigned = signature.field.replace(/(;\s*b\s*=)[^;]*/, '$1');
  const verifier = createVerify('sha256').update(`${taken.join('')}${relaxedField(unsigned)}`, 'latin1');
  const key = { key: der, format: 'der', type: 'spki' } as const;
  return verifier.verify(key, tags.get('b') ?? '', 'base64') ? 'pass' : 'the headers were changed';
}

/** Which headers the signature covers, in lower case. */
export function signedHeadersOf(raw: Uint8Array): string[] {
  const [, names = ''] =
    /^DKIM-Signature:(?:[^\r]|\r\n[ \t])*?[; \t]h=([^;]*);/.exec(Buffer.from(raw).toString('latin1')) ?? [];
  return names.replace(/\s/g, '').toLowerCase().split(':');
}

function tagsOf(list: string): Map<string, string> {
  const tags = list.split(';').map((tag): [string, string] => {
    const [name = '', ...value] = tag.split('=');
    return [name.trim(), value.join('=').replace(/\s/g, '')];
  });
  return new Map(tags);
}

function relaxedField(field: string): string {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`;
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  const text = lines.join('\r\n').replace(/(\r\n)+$/, '');
  return text === '' ? '' : `${text}\r\n`;
}
