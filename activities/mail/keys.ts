import { createHash, createHmac } from 'node:crypto';

/** What makes a mail recognisable. It follows from the mail's key alone, so every retry bears the same. */
export interface MailIdentity {
  readonly key: string;
  /** Lower-case base32, 160 bit. */
  readonly id: string;
  /** Without angle brackets. */
  readonly messageId: string;
  /** Where the answer goes; whoever knows the token answers as the recipient. */
  readonly replyAddress: string;
  /** Sha256 of the token, hexadecimal: all that the ledger keeps of it. */
  readonly tokenHash: string;
}

export function mailIdentity(secret: string, mailDomain: string, key: string): MailIdentity {
  const hmac = (use: string) => createHmac('sha256', secret).update(`${use}/${key}`).digest();
  const id = base32(hmac('mail').subarray(0, 20));
  const token = base32(hmac('token').subarray(0, 16)); // 26 characters: a local part may lose its case and its length
  return {
    key,
    id,
    messageId: `${id}@${mailDomain}`,
    replyAddress: `reply+${token}@${mailDomain}`,
    tokenHash: createHash('sha256').update(token).digest('hex'),
  };
}

/** What the words of a mail need of its identity. */
export interface MailMarks {
  readonly id: string;
  /** The token by which the link of a line opens its page. */
  readonly linkTokenOf: (rowKey: string) => string;
}

/**
 * The token of a line's link, 128 bit in lower-case base32: it follows from the mail's key and the line, so every retry
 * writes the same. Whoever has it sees what is owed; it is not the reply token, and neither gives the other away.
 */
export function linkToken(secret: string, mailKey: string, rowKey: string): string {
  const mac = createHmac('sha256', secret).update(`link/${mailKey}\n${rowKey}`).digest();
  return base32(mac.subarray(0, 16));
}

/** Sha256 of a link's token, hexadecimal: all that the ledger keeps of it. */
export function linkHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** RFC 4648 §6, in lower case and without padding. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let waiting = 0;
  for (const byte of bytes) {
    waiting = (waiting << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet[(waiting >> (bits - 5)) & 31];
    waiting &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(waiting << (5 - bits)) & 31] : text;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
