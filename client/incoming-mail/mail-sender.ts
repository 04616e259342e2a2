import { addressParser } from 'postal-mime';

/** Whose mail it says it is. Only `one` may count as a person's; whether it is true is another question. */
export type MailSender =
  { readonly kind: 'one'; readonly address: string } | { readonly kind: 'ambiguous'; readonly because: string };

/**
 * Whose mail it is by its `From` (RFC 5322 §3.6.2). It is one address only if there is one such header with one mailbox, and
 * two readers find the same address in it: a parser of the grammar, and a plain look for what resembles an address. Else a
 * mail server may have checked another address than we would believe.
 *
 * @param values of all headers of that name, as they stand there
 */
export function senderIn(values: readonly string[]): MailSender {
  const [value = ''] = values;
  const ambiguous = (because: string): MailSender => ({ kind: 'ambiguous', because });
  if (values.length === 0 || value.trim() === '') return ambiguous('信头中没有发件人');
  if (values.length > 1) return ambiguous(`信头中有${String(values.length)}个发件人（From）`);
  if (/\p{Cc}/u.test(value.replace(/\t/g, ''))) return ambiguous('发件人中有控制字符');
  const parsed = addressParser(value);
  if (parsed.length !== 1 || parsed[0]?.address === undefined) return ambiguous('发件人不是单独一个地址');
  const address = parsed[0].address.trim().toLowerCase();
  if (!plainAddress.test(address)) return ambiguous('发件人的地址不规范');
  if (!plainlySeen(value).includes(address)) return ambiguous('发件人的地址没有明写');
  if (new Set(plainlySeen(withWordsDecoded(value))).size !== 1) return ambiguous('发件人中出现了不止一个地址');
  return { kind: 'one', address };
}

const plainAddress = /^[^\s<>()[\],;:\\"@\p{Cc}]{1,64}@[^\s<>()[\],;:\\"@]{1,253}$/u;

/** All that resembles an address, wherever it stands; a name that is the address itself says nothing else. */
function plainlySeen(value: string): string[] {
  return (value.match(/[^\s<>()[\],;:\\"“”'@＠=?]{1,64}[@＠][^\s<>()[\],;:\\"“”'@＠=?]{1,253}/g) ?? []).map((one) =>
    one.replace('＠', '@').replace(/\.$/, '').toLowerCase(),
  );
}

/** Encoded words (RFC 2047) are looked into: an address may hide there. */
function withWordsDecoded(value: string): string {
  return value.replace(/=\?[^?\s]{1,40}\?([bq])\?([^?\s]{0,200})\?=/gi, (_, encoding: string, text: string) => {
    if (/b/i.test(encoding)) return ` ${Buffer.from(text, 'base64').toString('latin1')} `;
    return ` ${text.replace(/_/g, ' ').replace(/=([0-9a-f]{2})/gi, (__, code: string) => String.fromCharCode(parseInt(code, 16)))} `;
  });
}
