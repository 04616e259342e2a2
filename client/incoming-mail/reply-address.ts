import { createHash } from 'node:crypto';

/** 26 characters of lower-case base32 carry the token's 128 bits; the case may be lost on the way. */
const replyLocalPart = /^reply\+([a-z2-7]{26})$/;

/** The reply token in an address `reply+<token>@<mailDomain>`; undefined for any other address. */
export function replyTokenIn(address: string, mailDomain: string): string | undefined {
  const folded = address.trim().toLowerCase();
  const at = folded.lastIndexOf('@');
  if (at < 0 || folded.slice(at + 1) !== mailDomain.toLowerCase()) return undefined;
  return replyLocalPart.exec(folded.slice(0, at))?.[1];
}

/** The reply token in an address the door has let in, whatever our domain was called then. */
export function replyTokenOf(envelopeTo: string): string | undefined {
  return replyTokenIn(envelopeTo, envelopeTo.slice(envelopeTo.lastIndexOf('@') + 1));
}

/** What the ledger knows of a token: its sha256, in lower-case hexadecimal. */
export function tokenHashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
