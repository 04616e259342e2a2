import { type Address, addressParser } from 'postal-mime';
import { replyTokenIn } from '../reply-address.ts';

/**
 * The headers that tell to whom a mail was delivered, the surest first: what the servers on the way wrote down of the
 * envelope, then whom the sender named.
 */
export const recipientHeaders = [
  'Delivered-To',
  'X-Original-To',
  'Envelope-To',
  'X-Envelope-To',
  'X-Delivered-To',
  'Apparently-To',
  'To',
  'Cc',
] as const;

/**
 * The reply address of ours to which a mail in a mailbox was written, in lower case; undefined when there is none. Of
 * several the surest and first counts, as the door takes one.
 *
 * @param header the mail's header or these lines of it
 */
export function replyRecipientIn(header: Uint8Array, mailDomain: string): string | undefined {
  const lines = Buffer.from(header)
    .toString('latin1')
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  for (const name of recipientHeaders) {
    const start = `${name.toLowerCase()}:`;
    for (const line of lines) {
      if (!line.toLowerCase().startsWith(start)) continue;
      const found = addressesIn(line.slice(start.length)).find(
        (address) => replyTokenIn(address, mailDomain) !== undefined,
      );
      if (found !== undefined) return found.trim().toLowerCase();
    }
  }
  return undefined;
}

function addressesIn(value: string): string[] {
  const listed = (address: Address): string[] =>
    address.group === undefined ? [address.address] : address.group.map((one) => one.address);
  return addressParser(value).flatMap(listed);
}
