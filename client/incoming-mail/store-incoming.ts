import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { incomingIdOf, messageIdOf } from './incoming-id.ts';
import { replyTokenOf, tokenHashOf } from './reply-address.ts';

/** A mail as it was delivered. */
export interface Delivered {
  readonly bytes: Buffer;
  /** Empty for the null sender; null when whoever delivered it has written it into the bytes. */
  readonly envelopeFrom: string | null;
  readonly envelopeTo: string;
}

/**
 * Stores a mail raw, with the envelope's sender in a Return-Path line before it (RFC 5321 §4.4), and gives its id.
 * A second delivery meets its own row and leaves it as it is.
 */
export async function storeIncoming(ledger: Ledger, { bytes, envelopeFrom, envelopeTo }: Delivered): Promise<string> {
  const id = incomingIdOf(bytes);
  const token = replyTokenOf(envelopeTo);
  const answered =
    token === undefined
      ? null
      : await ledger.mail.findUnique({ where: { tokenHash: tokenHashOf(token) }, select: { clockId: true } });
  const returnPath = envelopeFrom === null ? '' : `Return-Path: <${envelopeFrom}>\r\n`;
  const raw = Buffer.concat([Buffer.from(returnPath), bytes]);
  const receivedAt = await businessNow(ledger, answered?.clockId ?? 'real');
  await ledger.incomingMail.createMany({
    data: { id, messageId: messageIdOf(bytes), envelopeTo, clockId: answered?.clockId ?? null, receivedAt, raw },
    skipDuplicates: true,
  });
  return id;
}
