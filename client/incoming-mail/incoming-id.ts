import { createHash } from 'node:crypto';

/** No mail has a longer header worth looking at; a Message-ID further down is treated as none. */
const headerBytesAtMost = 256 * 1024;

/** A mail's Message-ID without angle brackets; empty when it has none (RFC 5322 §3.6.4). */
export function messageIdOf(raw: Buffer): string {
  const head = raw.subarray(0, headerBytesAtMost).toString('latin1');
  const headers = (/^(?:[^\r\n]+\r?\n)*/.exec(head)?.[0] ?? '').replace(/\r?\n[ \t]+/g, ' ');
  const value = /^message-id[ \t]*:([^\r\n]*)/im.exec(headers)?.[1]?.trim() ?? '';
  // The ledger's text takes no NUL, and a mail that cannot be kept would come again for days.
  return (/<([^<>]+)>/.exec(value)?.[1] ?? value).replace(/\p{Cc}/gu, '').trim();
}

/** The id under which a mail is kept, so that its second delivery meets its own row. */
export function incomingIdOf(raw: Buffer): string {
  const messageId = messageIdOf(raw);
  return createHash('sha256')
    .update(messageId === '' ? raw : messageId)
    .digest('hex');
}
