import { createHash, createHmac } from 'node:crypto';
import { base32 } from './keys.ts';

/**
 * Which mails stand together in a mailbox: those of the day of a person, and what is said about an issue when it is
 * acknowledged or decided.
 */
export type ThreadName = `person/${string}` | `issue/${string}`;

/** A thread as mail programs know it. It follows from its name, so no mail has to be looked up, and does not give it away. */
export interface MailThread {
  /** The Message-ID, without angle brackets, that all its mails refer to; no mail need have it. */
  readonly rootId: string;
  /** 128 bit, for Outlook. */
  readonly guid: Uint8Array;
}

export function mailThread(secret: string, mailDomain: string, name: ThreadName): MailThread {
  const mac = createHmac('sha256', secret).update(`thread/${name}`).digest();
  return { rootId: `${base32(mac.subarray(0, 20))}@${mailDomain}`, guid: mac.subarray(16) };
}

/** The Message-IDs that a mail refers to, the thread's root first (RFC 5322 §3.6.4), each once. */
export function referencesIn({ rootId }: MailThread, others: readonly string[]): string[] {
  return [...new Set([rootId, ...others].map(bracketed))];
}

export function bracketed(messageId: string): string {
  return messageId.startsWith('<') ? messageId : `<${messageId}>`;
}

/**
 * The value of Thread-Index, by which Outlook groups: it does not by References (MS-OXOMSG §2.2.1.2 and 2.2.1.3). The head
 * names the thread, at no moment; the block behind it, the mail's own, sets it below the head like an answer: two mails
 * with the same index are no conversation to Outlook.
 */
export function threadIndex({ guid }: MailThread, messageId: string): string {
  const head = Buffer.from('010000000000', 'hex');
  const block = createHash('sha256').update(messageId).digest().subarray(0, 5);
  return Buffer.concat([head, guid, block]).toString('base64');
}
